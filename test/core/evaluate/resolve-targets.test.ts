import { describe, expect, it } from "vitest";
import { defineAccessFlow } from "../../../src/core/define/check-access-flow.js";
import { resolveTargets, type TargetInput } from "../../../src/core/evaluate/resolve-targets.js";
import type { Catalog } from "../../../src/core/facts/catalog.js";
import type { Resource } from "../../../src/core/facts/resource.js";
import type { AccessFlow } from "../../../src/core/flow/access-flow.js";
import type { FilterDefinition, TargetDefinition } from "../../../src/core/flow/definition.js";
import { deepFreeze } from "../../../src/core/kernel/deep-freeze.js";

type IntegrationDefinition = Extract<TargetDefinition, { kind: "integration" }>;

function flowOf(...targets: TargetDefinition[]): AccessFlow {
  return defineAccessFlow({ name: "flow", requestors: { conditions: [{ attribute: "group", values: ["dev"] }] }, targets });
}

function target(changes: Partial<IntegrationDefinition> = {}): IntegrationDefinition {
  return { kind: "integration", integration: "pg", resourceType: "db", permissions: ["read"], ...changes };
}

const including = (...include: FilterDefinition[]) => target({ resources: { include } });
const excluding = (...exclude: FilterDefinition[]) => target({ resources: { exclude } });

function resource(id: string, changes: Partial<Resource> = {}): Resource {
  return { id, name: `name of ${id}`, type: "db", integration: "pg", tags: {}, permissions: ["read", "write"], ...changes };
}

function resolve(targets: readonly TargetDefinition[], resources: readonly Resource[], catalog?: Catalog) {
  return resolveTargets(flowOf(...targets), deepFreeze({ resources, catalog }));
}

/** Every entitlement as `resource permission`. */
function given(targets: readonly TargetDefinition[], resources: readonly Resource[], catalog?: Catalog): string[] {
  return resolve(targets, resources, catalog).grants.flatMap((row) => row.resources.map((id) => `${id} ${row.permission}`));
}

function reasons(targets: readonly TargetDefinition[], resources: readonly Resource[], catalog?: Catalog) {
  return resolve(targets, resources, catalog).reasons;
}

const tag = (key: string, ...values: string[]): FilterDefinition => ({ by: "tag", key, values });
const bundle = (name: string): TargetDefinition => ({ kind: "bundle", bundle: name });
const scope = (name: string): TargetDefinition => ({ kind: "accessScope", accessScope: name });

describe("resolveTargets: integrations", () => {
  it("T1: gives each listed permission on each resource of that integration and type", () => {
    const others = [resource("b", { type: "queue" }), resource("c", { integration: "mysql" })];
    expect(given([target({ permissions: ["read", "write"] })], [resource("a"), ...others, resource("d")])).toEqual([
      "a read",
      "d read",
      "a write",
      "d write",
    ]);
  });

  const integrations = [
    { id: "i-1", name: "PostgreSQL" },
    { id: "i-2", name: "i-1" },
  ];

  it("T1: the catalogue turns a name into an id", () => {
    expect(given([target({ integration: "PostgreSQL" })], [resource("a", { integration: "i-1" })], { integrations })).toEqual(["a read"]);
  });

  it("T1: an id wins over a name", () => {
    const both = [resource("a", { integration: "i-1" }), resource("b", { integration: "i-2" })];
    expect(given([target({ integration: "i-1" })], both, { integrations })).toEqual(["a read"]);
  });

  it("T1: without an entry the text is compared as it is", () => {
    expect(given([target({ integration: "i-3" })], [resource("a", { integration: "i-3" })], { integrations })).toEqual(["a read"]);
  });

  it("T1: a resource names its integration by id: bearing a name of the catalogue does not make it one of that integration", () => {
    expect(given([target({ integration: "PostgreSQL" })], [resource("a", { integration: "PostgreSQL" })], { integrations })).toEqual([]);
  });

  it("T1: a row bears the id after the catalogue", () => {
    const { grants } = resolve([target({ integration: "PostgreSQL" })], [resource("a", { integration: "i-1" })], { integrations });
    expect(grants).toEqual([{ integration: "i-1", resourceType: "db", permission: "read", resources: ["a"], targets: [0] }]);
  });

  const three = [
    resource("a", { tags: { env: "prod" } }),
    resource("b", { tags: { env: "test" } }),
    resource("c", { name: "special", tags: { team: "x" } }),
  ];

  it("T2: any picks every resource", () => {
    expect(given([target({ resources: "any" })], three)).toEqual(["a read", "b read", "c read"]);
  });

  it("T2: one include filter is enough", () => {
    expect(given([including(tag("env", "prod"), { by: "name", values: ["special"] })], three)).toEqual(["a read", "c read"]);
  });

  it("T2: one exclude filter is enough", () => {
    expect(given([excluding(tag("env", "prod"), { by: "id", values: ["c"] })], three)).toEqual(["b read"]);
  });

  it("T2: what include and exclude both match is not picked", () => {
    const selection = { include: [tag("env", "prod", "test")], exclude: [{ by: "id" as const, values: ["a"] }] };
    expect(given([target({ resources: selection })], three)).toEqual(["b read"]);
  });

  it("T3: names, ids, keys and values are compared with their case", () => {
    const filters: FilterDefinition[] = [
      { by: "name", values: ["Special"] },
      { by: "id", values: ["A"] },
      tag("env", "PROD"),
      tag("Env", "prod"),
    ];
    expect(given([including(...filters)], three)).toEqual([]);
  });

  it("T3: names, ids, keys, values, types and permissions are compared on NFC text", () => {
    const composed = "caf\u00e9";
    const decomposed = "cafe\u0301";
    const wanted = target({
      integration: composed,
      resourceType: composed,
      permissions: [composed],
      resources: { include: [tag(composed, composed)], exclude: [{ by: "name", values: [composed] }] },
    });
    const facts = { integration: decomposed, type: decomposed, permissions: [decomposed], tags: { [decomposed]: decomposed } };
    expect(given([wanted], [resource("a", facts), resource("b", { ...facts, name: decomposed })])).toEqual([`a ${decomposed}`]);
  });

  it("T3: unknown tags match no include filter by tag, and that is noticed", () => {
    const { grants, reasons: said } = resolve([including(tag("env", "prod"))], [resource("a", { tags: undefined })]);
    expect([grants, said]).toEqual([[], [{ code: "tags_unknown", rule: "T3", path: ["targets", 0], resource: "a" }]]);
  });

  it("T3: unknown tags do match an exclude filter by tag, and that is noticed", () => {
    const { grants, reasons: said } = resolve([excluding(tag("env", "prod"))], [resource("a", { tags: undefined })]);
    expect([grants, said]).toEqual([[], [{ code: "tags_unknown", rule: "T3", path: ["targets", 0], resource: "a" }]]);
  });

  it("T3: unknown tags do not matter, and are not noticed, where another filter decides", () => {
    const untagged = [resource("a", { tags: undefined })];
    const byId = { by: "id" as const, values: ["a"] };
    expect(reasons([including(tag("env", "prod"), byId)], untagged)).toEqual([]);
    expect(reasons([excluding(tag("env", "prod"), byId)], untagged)).toEqual([]);
  });

  it("T3: tags that are known to be empty match no exclude filter", () => {
    expect(given([excluding(tag("env", "prod"))], [resource("a")])).toEqual(["a read"]);
  });

  it.each(["constructor", "__proto__"])("D8: no tag is inherited: %s", (key) => {
    expect(given([excluding(tag(key, "x"))], [resource("a")])).toEqual(["a read"]);
  });

  it("T4: a permission that the resource does not offer is not given, and reported", () => {
    const { grants, reasons: said } = resolve([target({ permissions: ["read", "admin"] })], [resource("a")]);
    expect(grants.map((row) => row.permission)).toEqual(["read"]);
    expect(said).toEqual([{ code: "permission_not_offered", rule: "T4", path: ["targets", 0], resource: "a", permission: "admin" }]);
  });

  it("T4: an empty list offers nothing", () => {
    expect(given([target()], [resource("a", { permissions: [] })])).toEqual([]);
  });

  it("T4: where the list is unknown, the flow's permissions stand, and that is noticed", () => {
    const unlisted = [resource("a", { permissions: undefined })];
    expect(given([target({ permissions: ["admin"] })], unlisted)).toEqual(["a admin"]);
    expect(reasons([target()], unlisted)).toEqual([{ code: "permissions_unknown", rule: "T4", path: ["targets", 0], resource: "a" }]);
  });

  it("T5: an integration that neither the catalogue nor any resource knows is reported", () => {
    expect(reasons([target({ integration: "nowhere" })], [resource("a")])).toEqual([
      { code: "integration_unknown", rule: "T5", path: ["targets", 0], name: "nowhere" },
    ]);
  });

  it.each([
    ["the catalogue", [], { integrations: [{ id: "i-1", name: "pg" }] }],
    ["a resource, even a deleted one", [resource("a", { status: "deleted", type: "queue" })], undefined],
  ])("T5: an integration that only %s knows is not reported", (_, resources, catalog) => {
    expect(reasons([target()], resources, catalog)).toEqual([]);
  });

  it("T5: a name that two integrations bear gives nothing and is reported", () => {
    const twice = ["i-1", "i-2"].map((id) => ({ id, name: "PostgreSQL" }));
    const { grants, reasons: said } = resolve([target({ integration: "PostgreSQL" })], [resource("a", { integration: "i-1" })], {
      integrations: twice,
    });
    expect([grants, said]).toEqual([[], [{ code: "integration_ambiguous", rule: "T5", path: ["targets", 0], name: "PostgreSQL" }]]);
  });
});

describe("resolveTargets: bundles and access scopes", () => {
  const query = 'resource_type = "db" and resource_tag["env"] = "prod" and permission != "write"';
  const catalog: Catalog = {
    bundles: [
      { id: "b-1", name: "essentials", targets: [target({ permissions: ["read"] }), target({ permissions: ["write"] })] },
      { name: "databases", targets: [scope("prod"), bundle("essentials"), target({ permissions: ["write"] })] },
      { name: "b-1", targets: [target({ permissions: ["admin"] })] },
      { name: "twice", targets: [target()] },
      { name: "twice", targets: [target()] },
    ],
    accessScopes: [
      { id: "s-1", name: "prod", query },
      { name: "broken", query: 'resource_type = "db" and\n resource_nam = "x"' },
      { name: "twice", query },
      { name: "twice", query },
    ],
  };
  const prod = resource("a", { tags: { env: "prod" } });
  const test = resource("b", { tags: { env: "test" } });

  it("T5: a bundle gives the union of its targets", () => {
    expect(given([bundle("essentials")], [prod], catalog)).toEqual(["a read", "a write"]);
  });

  it("T5: an access scope gives every pair that its query selects", () => {
    expect(given([scope("prod")], [prod, test], catalog)).toEqual(["a read"]);
  });

  it("T5: a bundle inside a bundle gives nothing and is reported; the bundle's other targets are resolved", () => {
    const { reasons: said } = resolve([bundle("databases")], [prod], catalog);
    expect(given([bundle("databases")], [prod], catalog)).toEqual(["a read", "a write"]);
    expect(said).toEqual([{ code: "bundle_nested", rule: "T5", path: ["targets", 0], name: "essentials" }]);
  });

  it("T5: an id wins over a name", () => {
    expect(given([bundle("b-1")], [resource("a", { permissions: undefined })], catalog)).toEqual(["a read", "a write"]);
  });

  it.each([
    [bundle("none"), { code: "bundle_unknown", name: "none" }],
    [bundle("twice"), { code: "bundle_ambiguous", name: "twice" }],
    [scope("none"), { code: "access_scope_unknown", name: "none" }],
    [scope("twice"), { code: "access_scope_ambiguous", name: "twice" }],
    [scope("broken"), { code: "query_invalid", name: "broken", line: 2, column: 2 }],
  ])("T5: a reference that cannot be followed gives nothing and is reported; the other targets are resolved: %j", (reference, expected) => {
    const { grants, reasons: said } = resolve([reference, target()], [prod], catalog);
    expect(grants.map((row) => row.targets)).toEqual([[1]]);
    expect(said).toEqual([{ rule: "T5", path: ["targets", 0], ...expected }]);
  });

  it("T5: without a catalogue every reference is unknown", () => {
    expect(reasons([bundle("essentials"), scope("prod")], []).map((reason) => reason.code)).toEqual([
      "bundle_unknown",
      "access_scope_unknown",
    ]);
  });

  it("T4: an access scope selects nothing where the list of permissions is unknown, and says so", () => {
    const { grants, reasons: said } = resolve([scope("prod")], [{ ...prod, permissions: undefined }], catalog);
    expect([grants, said]).toEqual([[], [{ code: "permissions_unknown", rule: "T4", path: ["targets", 0], resource: "a" }]]);
  });

  it("T4: an unknown list is not noticed on a resource that the query cannot select", () => {
    expect(reasons([scope("prod")], [{ ...test, permissions: undefined }], catalog)).toEqual([]);
  });

  it("T3: unknown tags that a query asks for are noticed", () => {
    expect(reasons([scope("prod")], [{ ...prod, tags: undefined }], catalog)).toEqual([
      { code: "tags_unknown", rule: "T3", path: ["targets", 0], resource: "a" },
    ]);
  });

  it("T3, T4: says that a scope asked for unknown tags where they could decide, whatever else it asks, and nowhere else", () => {
    const byTag = 'resource_tag["env"] = "prod"';
    const queries: readonly (readonly [query: string, lists: string, listsNot: string])[] = [
      [byTag, "tags_unknown", "permissions_unknown tags_unknown"],
      [`not ${byTag}`, "tags_unknown", "permissions_unknown tags_unknown"],
      [`${byTag} or resource_type = "queue"`, "tags_unknown", "permissions_unknown tags_unknown"],
      [`${byTag} and resource_type = "db"`, "tags_unknown", "permissions_unknown tags_unknown"],
      [`${byTag} or resource_type = "db"`, "", "permissions_unknown"],
      [`${byTag} and resource_type = "queue"`, "", ""],
      ['resource_path = "/"', "", "permissions_unknown"],
      ['not resource_context["env"] = "prod"', "", "permissions_unknown"],
      ['permission_tag["env"] = "prod"', "", "permissions_unknown"],
      [`${byTag} or permission = "read"`, "tags_unknown", "permissions_unknown tags_unknown"],
      [`${byTag} or permission in ("read", "write")`, "", "permissions_unknown tags_unknown"],
    ];
    const said = (query: string, changes: Partial<Resource>): string => {
      const found = reasons([scope("asked")], [resource("a", changes)], { accessScopes: [{ name: "asked", query }] });
      return found.map(({ code }) => code).join(" ");
    };
    const untagged = { tags: undefined };
    expect(queries.map(([query]) => [query, said(query, untagged), said(query, { ...untagged, permissions: undefined })])).toEqual(queries);
    expect(queries.map(([query]) => said(query, {}))).toEqual(queries.map(() => ""));
  });

  it("T6: what an access scope and an integration both give stands in one row, ids and targets in order", () => {
    const all = { accessScopes: [{ name: "all", query: 'permission = "read"' }] };
    const targets = [scope("all"), target(), scope("all")];
    expect(resolve(targets, [resource("c"), resource("a"), resource("b")], all).grants).toEqual([
      { integration: "pg", resourceType: "db", permission: "read", resources: ["a", "b", "c"], targets: [0, 1, 2] },
    ]);
  });

  it.each(["permission", "permission_name", "permission_risk_level", 'permission_tag["k"]', 'permission_context["k"]'])(
    "T4: where the list of permissions is unknown, a query on `%s` selects nothing, and says so",
    (field) => {
      const catalog = {
        accessScopes: [
          { name: "some", query: `${field} = "read"` },
          { name: "others", query: `${field} != "read"` },
        ],
      };
      const unlisted: Resource = { id: "a", name: "a", type: "db", integration: "pg", tags: {} };
      const { grants, reasons: said } = resolve([scope("some"), scope("others")], [unlisted], catalog);
      expect([grants, said.map(({ code, path }) => [code, path])]).toEqual([
        [],
        [0, 1].map((target) => ["permissions_unknown", ["targets", target]]),
      ]);
    },
  );

  it("Q6: a query that names no permission field selects every permission of the resource", () => {
    const all = { accessScopes: [{ name: "all", query: 'resource_type = "db"' }] };
    expect(given([scope("all")], [prod], all)).toEqual(["a read", "a write"]);
  });

  it("T3, T4: an access scope among the targets changes nothing of what the others give and report", () => {
    const nothing = {
      accessScopes: [
        { name: "none", query: 'resource = "nowhere"' },
        { name: "tagged", query: 'resource_tag["env"] = "prod"' },
      ],
    };
    const targets = [including(tag("env", "prod")), excluding(tag("env", "prod")), target({ permissions: ["read", "admin"] })];
    const resources: readonly Resource[] = [
      resource("a", { tags: { env: "prod" } }),
      resource("b"),
      resource("c", { tags: undefined }),
      resource("d", { permissions: undefined }),
      resource("e", { permissions: undefined, tags: { env: "prod" } }),
      resource("f", { permissions: [] }),
    ];
    const plain = resolve(targets, resources, nothing);
    const scoped = resolve([...targets, scope("none")], resources, nothing);
    const sorted = (said: readonly unknown[]): readonly string[] => said.map((reason) => JSON.stringify(reason)).sort();
    expect(plain.reasons.length).toBeGreaterThan(5);
    expect([scoped.grants, sorted(scoped.reasons)]).toEqual([plain.grants, sorted(plain.reasons)]);
    // A key that is not there is unknown to a query (Q5), though the tags are known.
    expect(reasons([scope("tagged")], resources, nothing)).toEqual([
      { code: "permissions_unknown", rule: "T4", path: ["targets", 0], resource: "d" },
      { code: "permissions_unknown", rule: "T4", path: ["targets", 0], resource: "e" },
      { code: "tags_unknown", rule: "T3", path: ["targets", 0], resource: "c" },
    ]);
  });
});

describe("resolveTargets: the set", () => {
  it("T6: an entitlement reached through several targets appears once, with the targets that give it", () => {
    const resources = [resource("a"), resource("b")];
    expect(resolve([target({ permissions: ["read", "write"] }), including({ by: "id", values: ["a"] })], resources)).toMatchObject({
      size: 4,
      grants: [
        { permission: "read", resources: ["b"], targets: [0] },
        { permission: "read", resources: ["a"], targets: [0, 1] },
        { permission: "write", resources: ["a", "b"], targets: [0] },
      ],
    });
  });

  it("T6: of many targets, a row names each that gives it", () => {
    const targets = Array.from({ length: 13 }, (_, number) => (number === 1 ? including({ by: "id", values: ["b"] }) : target()));
    expect(resolve(targets, [resource("a"), resource("b")]).grants.map((row) => [row.resources, row.targets])).toEqual([
      [["b"], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
      [["a"], [0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
    ]);
  });

  it("T6: what a bundle gives twice counts for the bundle once", () => {
    const bundles = [{ name: "both", targets: [target(), target()] }];
    expect(resolve([bundle("both")], [resource("a")], { bundles }).grants).toMatchObject([{ targets: [0] }]);
  });

  it("T6: rows are sorted by integration, type, permission and targets, ids within them", () => {
    const resources = [resource("b"), resource("a"), resource("c", { integration: "mysql" }), resource("d", { type: "cache" })];
    const targets = [target({ permissions: ["write", "read"] }), target({ integration: "mysql" }), target({ resourceType: "cache" })];
    const rows = resolve(targets, resources).grants.map((row) => [row.integration, row.resourceType, row.permission, ...row.resources]);
    expect(rows).toEqual([
      ["mysql", "db", "read", "c"],
      ["pg", "cache", "read", "d"],
      ["pg", "db", "read", "a", "b"],
      ["pg", "db", "write", "a", "b"],
    ]);
  });

  it("T6: of two permissions with one name the first counts, and the second is reported", () => {
    const twice = resource("a", {
      permissions: [
        { name: "read", riskLevel: "1" },
        { name: "read", riskLevel: "3" },
      ],
    });
    const catalog = { accessScopes: [{ name: "risky", query: 'permission_risk_level = "3"' }] };
    const { grants, reasons: said } = resolve([scope("risky")], [twice], catalog);
    expect([grants, said]).toEqual([[], [{ code: "permission_clash", rule: "T6", path: [], resource: "a", permission: "read" }]]);
  });

  it("T7: two records of one id that are not equal are both left out, and reported once", () => {
    const { grants, reasons: said } = resolve([target()], [resource("a"), resource("a", { name: "other" }), resource("a")]);
    expect([grants, said]).toEqual([[], [{ code: "resource_clash", rule: "T7", path: [], resource: "a" }]]);
  });

  it("T7: equal records count once, whatever the order of their keys", () => {
    const { tags, ...rest } = resource("a");
    expect(resolve([target()], [resource("a"), { tags, ...rest }])).toMatchObject({ size: 1, reasons: [] });
  });

  it.each([
    ["the order of permissions", { permissions: ["write", "read"] }],
    ["a status that is said and one that is not", { status: "active" as const }],
    ["tags that are empty and tags that are unknown", { tags: undefined }],
  ])("T7: records that differ in %s are not equal", (_, changes) => {
    expect(resolve([target()], [resource("a"), resource("a", changes)]).size).toBe(0);
  });

  it.each(["deleted", "error"] as const)("T7: a resource with status %s is not resolved, and reported", (status) => {
    const { grants, reasons: said } = resolve([target()], [resource("a", { status })]);
    expect([grants, said]).toEqual([[], [{ code: "resource_not_active", rule: "T7", path: [], resource: "a" }]]);
  });

  it("T7: an inactive resource that no target would give anything on is not reported", () => {
    expect(reasons([including({ by: "id", values: ["b"] })], [resource("a", { status: "deleted" })])).toEqual([]);
  });

  it("T7: an active resource is resolved, whether it says so or not", () => {
    expect(given([target()], [resource("a", { status: "active" }), resource("b")])).toEqual(["a read", "b read"]);
  });

  it("T6: reasons are sorted by target, and none stands there twice", () => {
    const missing = [bundle("none"), target({ permissions: ["admin"] })];
    const twice = { bundles: [{ name: "both", targets: [target({ permissions: ["admin"] }), target({ permissions: ["admin"] })] }] };
    const said = reasons([...missing, bundle("both")], [resource("b"), resource("a")], twice);
    expect(said.map((reason) => [...reason.path, reason.code, "resource" in reason ? reason.resource : ""])).toEqual([
      ["targets", 0, "bundle_unknown", ""],
      ["targets", 1, "permission_not_offered", "a"],
      ["targets", 1, "permission_not_offered", "b"],
      ["targets", 2, "permission_not_offered", "a"],
      ["targets", 2, "permission_not_offered", "b"],
    ]);
  });

  it("is plain JSON, frozen all the way down", () => {
    const resolved = resolve([target({ permissions: ["read", "admin"] })], [resource("a")]);
    expect(JSON.parse(JSON.stringify(resolved))).toEqual(resolved);
    expect([resolved, resolved.grants[0]?.targets, resolved.grants[0]?.resources, resolved.reasons[0]?.path].every(Object.isFrozen)).toBe(
      true,
    );
  });
});

describe("resolveTargets: bad input", () => {
  const flow = flowOf(target());
  const nothing = { kind: "resolvedTargets", size: 0, grants: [] };
  const invalid = (argument: string, ...at: (string | number)[]) => ({ code: "facts_invalid", path: [], argument, at });
  // The types forbid all of this; hosts without types pass it all the same.
  const answer = (input: unknown, of: unknown = flow) => resolveTargets(of as AccessFlow, input as TargetInput);

  it.each([
    ["nothing", undefined],
    ["a number", 5],
    ["a text, whose letters are no records", "abc"],
    ["a record", {}],
    ["an iterable that is none", { [Symbol.iterator]: 5 }],
    ["an iterable without iterator", { [Symbol.iterator]: (): null => null }],
  ])("resources that are %s give nothing", (_, resources) => {
    expect(answer({ resources })).toMatchObject({ ...nothing, reasons: [invalid("resources")] });
  });

  const throwing = (): never => {
    throw new Error("touched");
  };
  const revoked = (): object => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  };

  it.each<[string, unknown, string[]]>([
    [
      "an input that computes its resources",
      {
        get resources() {
          return throwing();
        },
      },
      ["resources"],
    ],
    [
      "an input that computes its catalogue",
      {
        resources: [],
        get catalog() {
          return throwing();
        },
      },
      ["catalog"],
    ],
    [
      "an input that only inherits its resources",
      Object.create(Object.assign(Object.create(null) as object, { resources: [] })),
      ["input", "resources"],
    ],
    ["a revoked input", revoked(), ["input", "resources"]],
    ["revoked resources", { resources: revoked() }, ["resources"]],
    ["a revoked resource", { resources: [revoked()] }, ["resources"]],
    [
      "resources whose iterator cannot be read",
      {
        resources: {
          get [Symbol.iterator]() {
            return throwing();
          },
        },
      },
      ["resources"],
    ],
  ])("T7: answers, and never throws, for %s", (_, input, faults) => {
    const { reasons, size } = answer(input);
    expect([size, reasons.flatMap((each) => (each.code === "facts_invalid" ? [each.argument] : []))]).toEqual([0, faults]);
  });

  it("an iterable that fails half-way gives nothing at all", () => {
    function* failing(): Generator<Resource> {
      yield resource("a");
      throw new Error("connection lost");
    }
    expect(answer({ resources: failing() })).toMatchObject({ ...nothing, reasons: [invalid("resources")] });
  });

  it("takes any iterable, and reads it once", () => {
    const resources = new Map([["a", resource("a")]]);
    expect(answer({ resources: resources.values() }).size).toBe(1);
  });

  it("reports every fault at once", () => {
    const input = { resources: [{ id: 5 }], catalog: { bundles: {} }, catalogue: {} };
    const faults = answer(input, { name: "x" }).reasons.map((reason) => (reason.code === "facts_invalid" ? reason.argument : reason.code));
    expect(new Set(faults)).toEqual(new Set(["flow", "input", "catalog", "resources"]));
  });

  it.each([[null], [5], ["input"], [[]]])("an input that is no record gives nothing: %j", (input) => {
    expect(answer(input)).toMatchObject({ ...nothing, reasons: expect.arrayContaining([expect.objectContaining({ argument: "input" })]) });
  });

  it("a catalogue of the wrong shape gives nothing", () => {
    expect(answer({ resources: [resource("a")], catalog: null })).toMatchObject({ ...nothing, reasons: [invalid("catalog")] });
  });

  it("a resource of the wrong shape gives nothing and is reported with its place; the others are resolved", () => {
    const resolved = answer({ resources: [resource("a"), { ...resource("b"), stauts: "deleted" }] });
    expect(resolved).toMatchObject({ size: 1, reasons: [invalid("resources", 1, "stauts")] });
  });

  it("T7: a record of the wrong shape contradicts any other of its id", () => {
    const resolved = answer({ resources: [resource("a"), { ...resource("a"), status: "gone" }] });
    expect(resolved.grants).toEqual([]);
    expect(resolved.reasons.map((reason) => reason.code)).toEqual(["facts_invalid", "resource_clash"]);
  });

  it("a hole in a list is a fault, not an end", () => {
    const resources = [resource("a")];
    resources[2] = resource("b");
    expect(answer({ resources })).toMatchObject({ size: 2, reasons: [invalid("resources", 1)] });
  });
});
