import { type Catalog, defineAccessFlow, evaluateRequest, type RequestDecision, type Resource } from "accessflow";
import { describe, expect, it } from "vitest";

const staff = { conditions: [{ attribute: "group", values: ["staff"] }] };
const byTag = defineAccessFlow({
  name: "By tag",
  requestors: staff,
  targets: [
    {
      ...{ kind: "integration", integration: "pg", resourceType: "database", permissions: ["read", "write"] },
      resources: { include: [{ by: "tag", key: "env", values: ["test"] }] },
    },
    { kind: "bundle", bundle: "extras" },
  ],
});
const extras: Catalog = { bundles: [{ name: "extras", targets: [{ kind: "accessScope", accessScope: "none" }] }] };

function database(id: string, more: Partial<Resource> = {}): Resource {
  return { id, name: id, type: "database", integration: "pg", tags: { env: "test" }, permissions: ["read"], ...more };
}

function decide(resources: readonly Resource[], permission: string, catalog?: Catalog): RequestDecision {
  const requestor = { id: "ada", attributes: { group: ["staff"] } };
  const entitlements = resources.slice(0, 1).map(({ id }) => ({ resource: id, permission }));
  return evaluateRequest(byTag, { requestor, entitlements, resources, catalog, at: 0 });
}

const codes = (decision: RequestDecision): string[] => (decision.outcome === "refused" ? decision.reasons.map(({ code }) => code) : []);
const notices = (decision: RequestDecision): string[] => decision.notices.map(({ code }) => code);

describe("what a request asks for", () => {
  it("T8: is refused with what is said about the very resource, and with the references that give nothing", () => {
    expect(codes(decide([database("a")], "write"))).toEqual(["not_covered", "permission_not_offered", "bundle_unknown"]);
    expect(codes(decide([database("a", { status: "deleted" })], "read"))).toEqual(["not_covered", "resource_not_active", "bundle_unknown"]);
    expect(codes(decide([database("a"), database("a", { name: "other" })], "read", extras))).toEqual([
      "not_covered",
      "resource_clash",
      "access_scope_unknown",
    ]);
  });

  it("T4: of what a resource does not offer only what was asked for is a cause", () => {
    const [reason, ...others] = (() => {
      const decision = decide([database("a")], "drop", extras);
      return decision.outcome === "refused" ? [...decision.reasons, ...decision.notices] : [];
    })();
    expect(reason).toEqual({ code: "not_covered", rule: "T8", path: ["targets"], resource: "a", permission: "drop" });
    expect(others.map(({ code }) => code)).toEqual(["access_scope_unknown"]);
  });

  it("L12: a request that holds more than what is asked for is in the way, too", () => {
    const entitlement = { resource: "a", permission: "read" };
    const held = [{ request: "r0", entitlements: [{ resource: "b", permission: "read" }, entitlement], status: "active" as const }];
    const requestor = { id: "ada", attributes: { group: ["staff"] } };
    const decision = evaluateRequest(byTag, { requestor, entitlements: [entitlement], resources: [database("a")], held, at: 0 });
    expect(decision.outcome === "refused" && decision.reasons).toEqual([{ code: "already_held", rule: "L12", path: [], request: "r0" }]);
  });

  it("T3: is refused where the tags are unknown, and says so as its cause", () => {
    const { tags: _, ...untagged } = database("a");
    expect(codes(decide([untagged], "read"))).toEqual(["not_covered", "tags_unknown", "bundle_unknown"]);
  });

  it("T5: is given though another reference gives nothing, which is worth knowing", () => {
    const decision = decide([database("a")], "read");
    expect([decision.outcome, notices(decision)]).toEqual(["acceptable", ["bundle_unknown"]]);
  });

  it("T4: is given where it is not known what the resource offers, which is worth knowing, too", () => {
    const { permissions: _, ...silent } = database("a");
    expect(notices(decide([silent], "write"))).toContain("permissions_unknown");
  });

  it("L1: says nothing about resources that are not asked for", () => {
    const { tags: _, ...untagged } = database("b");
    expect(notices(decide([database("a"), untagged], "read"))).toEqual(["bundle_unknown"]);
  });

  it("T8: only what is said about the very permission is its cause, and integrations nobody knows are not meant", () => {
    const requestor = { id: "ada", attributes: { group: ["staff"] } };
    const flow = defineAccessFlow({
      name: "Two",
      requestors: staff,
      targets: ["pg", "mysql"].map((integration) => ({
        ...{ kind: "integration", resourceType: "database", integration, permissions: ["read", "write"] },
      })) as never,
    });
    const ask = (entitlements: { resource: string; permission: string }[]) =>
      evaluateRequest(flow, { requestor, entitlements, resources: [database("a"), database("b")], at: 0 });
    const [aRead, bWrite, aDrop] = [
      { resource: "a", permission: "read" },
      { resource: "b", permission: "write" },
      { resource: "a", permission: "drop" },
    ];
    const lacking = (entitlement: object) => ({ code: "not_covered", rule: "T8", path: ["targets"], ...entitlement });
    expect(ask([aRead])).toMatchObject({ outcome: "acceptable", notices: [] });
    expect(ask([aDrop])).toMatchObject({ outcome: "refused", reasons: [lacking(aDrop)], notices: [] });
    expect(ask([aRead, bWrite, aDrop])).toMatchObject({
      outcome: "refused",
      reasons: [lacking(bWrite), lacking(aDrop), { code: "permission_not_offered", ...bWrite }],
      notices: [],
    });
  });

  it("L1: faulty candidates are named by their place", () => {
    const input = { requestor: { id: "ada" }, entitlements: [{ resource: "a", permission: "read" }], resources: [], at: 0 };
    const decision = evaluateRequest(byTag, { ...input, candidates: [{ id: "eve" }, { id: 7 } as never] });
    expect(decision.outcome === "refused" && decision.reasons).toEqual([
      { code: "facts_invalid", rule: "C4", path: [], argument: "candidates", at: [1, "id"] },
    ]);
  });
});
