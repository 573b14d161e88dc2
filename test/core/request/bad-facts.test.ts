import { describe, expect, it } from "vitest";
import { defineAccessFlow } from "../../../src/core/define/check-access-flow.js";
import type { AccessFlowError } from "../../../src/core/kernel/access-flow-error.js";
import { evaluateRequest } from "../../../src/core/request/evaluate-request.js";
import { grantRequest } from "../../../src/core/request/grant-request.js";
import { reconcileGrants } from "../../../src/core/request/reconcile-grants.js";
import { submitRequest } from "../../../src/core/request/submit-request.js";
import { timelineOf } from "../../../src/core/request/timeline-of.js";
import { toActivityRow } from "../../../src/core/request/to-activity-row.js";
import { viewFor } from "../../../src/core/request/view-for.js";
import { wakeAt } from "../../../src/core/request/wake-at.js";
import { invalid, noInstant } from "../reasons.js";
import { ada, asking, byLeads, database, flowWith, monday, read, submitted } from "./support.js";

/*
 * Arguments that are not of the stated shape: what is said of each, in full.
 */

const flow = flowWith({ approval: byLeads });
const automatic = defineAccessFlow({
  name: "Everybody reads",
  trigger: "automatic",
  requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
  targets: [{ kind: "integration", integration: "pg", resourceType: "database", permissions: ["read", "write"] }],
});
const refused = (...reasons: object[]) => ({ ok: false, error: { reasons } });
const { id: _, ...decidable } = asking();
const held = { request: "r0", entitlements: [read], status: "active" };

/** What something throws: its code, and its message line by line. */
function thrown(act: () => unknown): unknown[] {
  try {
    act();
  } catch (error) {
    const { code, message } = error as AccessFlowError;
    return [code, ...message.split("\n")];
  }
  throw new Error("nothing was thrown");
}

describe("a submission that is none (C4)", () => {
  const inputs: [string, object, object[]][] = [
    ["a justification that is no text", { justification: 1 }, [invalid("justification")]],
    ["a justification with half a character", { justification: "\ud800" }, [invalid("justification")]],
    ["completeness that is no flag", { complete: "yes" }, [invalid("complete")]],
    ["candidates that are no list", { candidates: {} }, [invalid("candidates")]],
    ["a candidate that is none", { candidates: [ada, { id: 1 }] }, [invalid("candidates", 1, "id")]],
    ["held requests that are no list", { held: null }, [invalid("held")]],
    ["a held request that is none", { held: [held, null] }, [invalid("held", 1)]],
    ["a held request with more", { held: [{ ...held, by: "ada" }] }, [invalid("held", 0)]],
    ["a held request without an id", { held: [{ ...held, request: "" }] }, [invalid("held", 0, "request")]],
    ["a held request whose id is no text", { held: [{ ...held, request: 7 }] }, [invalid("held", 0, "request")]],
    [
      "a held request of nothing that is known",
      { held: [{ request: "\udc00", entitlements: [{}], status: "open" }] },
      [invalid("held", 0, "request"), invalid("held", 0, "entitlements"), invalid("held", 0, "status")],
    ],
    ["resources that are no list", { resources: "db-1" }, [invalid("resources")]],
    ["a resource that is none", { resources: [database, { ...database, id: 1 }] }, [invalid("resources", 1, "id")]],
    ["entitlements that are no list", { entitlements: {} }, [invalid("entitlements")]],
    [
      "entitlements that are none",
      { entitlements: [null, { resource: "", permission: "\ud800" }, { ...read, more: 1 }] },
      [
        ...[invalid("entitlements", 0), invalid("entitlements", 1, "resource"), invalid("entitlements", 1, "permission")],
        invalid("entitlements", 2),
      ],
    ],
    ["more than is known", { reason: "x" }, [invalid("input", "reason")]],
  ];
  it.each(inputs)("C4: %s", (_, more, reasons) => {
    expect(submitRequest(flow, { ...asking(), ...more } as never)).toEqual(refused(...reasons));
  });

  it("C4: a whole input that is none says only that, beside what is wrong with the flow", () => {
    for (const input of [null, 7, [], "ada"]) {
      expect(evaluateRequest(flow, input as never)).toMatchObject({ reasons: [invalid("input")] });
      expect(evaluateRequest(null as never, input as never)).toMatchObject({ reasons: [invalid("flow"), invalid("input")] });
    }
  });
});

describe("a submission that is refused (L1)", () => {
  const tooMuch = { code: "too_much_asked", rule: "D4", path: [], limit: 1_000 };
  const nothing = { code: "nothing_asked", rule: "L1", path: [] };

  it("D4: for too much, and for nothing, in full", () => {
    const many = Array.from({ length: 1_001 }, () => read);
    expect(submitRequest(flow, { ...asking(), entitlements: many } as never)).toEqual(refused(tooMuch));
    expect(submitRequest(flow, { ...asking(), entitlements: [] } as never)).toEqual(refused(nothing));
    expect(evaluateRequest(flow, { ...decidable, entitlements: [] } as never)).toMatchObject({ outcome: "refused", reasons: [nothing] });
  });

  it("L1: nothing is given by references where nothing is asked for, and nothing has an owner", () => {
    const ofOwners = flowWith({
      approval: { kind: "approvalOf", groups: "anyOf", approverGroups: [{ conditions: [{ relation: "owner" }] }] },
      targets: [{ kind: "bundle", bundle: "lost" }],
    });
    const decision = evaluateRequest(ofOwners, { ...decidable, entitlements: [], candidates: [ada], complete: true } as never);
    expect({ ...decision, trace: null }).toEqual({
      ...{ kind: "requestDecision", outcome: "refused", trace: null },
      reasons: [
        nothing,
        { code: "nobody_can_approve", rule: "A13", path: ["approval"] },
        { code: "no_resource_named", rule: "A8", path: ["approval"] },
      ],
      notices: [],
    });
  });

  it("L1: what a decision may be asked with is what a submission may have, but for its id", () => {
    expect(evaluateRequest(flow, decidable)).toMatchObject({ outcome: "acceptable" });
    expect(evaluateRequest(flow, { ...decidable, id: "r1" } as never)).toMatchObject({ reasons: [invalid("input", "id")] });
  });

  it("E2: the trace of what could not be read is of its instant, if there is one", () => {
    const trace = (input: unknown) => evaluateRequest(flow, input as never).trace;
    const empty = (at: number) => ({ format: "trace/v1", flow: "", at, steps: [] });
    expect([{ ...decidable, more: 1 }, { ...decidable, at: "soon" }, null, Object.assign(new Map(), decidable)].map(trace)).toEqual([
      ...[empty(monday), empty(0), empty(0), empty(0)],
    ]);
  });
});

describe("a planned grant that is none (C4)", () => {
  const input = { id: "g1", grantee: ada, entitlements: [read], at: monday };
  const inputs: [string, unknown, object[]][] = [
    ["a list", [], [invalid("input"), invalid("id"), invalid("grantee"), invalid("entitlements"), noInstant("at")]],
    ["nothing", null, [invalid("input"), invalid("id"), invalid("grantee"), invalid("entitlements"), noInstant("at")]],
    [
      "no plain record",
      Object.assign(new Map(), input),
      [invalid("input"), invalid("id"), invalid("grantee"), invalid("entitlements"), noInstant("at")],
    ],
    ["without an id", { ...input, id: "" }, [invalid("id")]],
    ["for nobody", { ...input, grantee: undefined }, [invalid("grantee")]],
    ["of what is no list", { ...input, entitlements: read }, [invalid("entitlements")]],
    ["at no instant", { ...input, at: "soon" }, [noInstant("at")]],
    ["with more", { ...input, requestor: ada }, [invalid("input", "requestor")]],
  ];
  it.each(inputs)("M4: %s", (_, given, reasons) => {
    expect(grantRequest(automatic, given as never)).toEqual(refused(...reasons));
  });

  it("M4: of a flow that is none, that people ask for, that is switched off; to who is inactive; of nothing", () => {
    expect(grantRequest(null as never, input as never)).toEqual(refused(invalid("flow")));
    expect(grantRequest({ ...flow, active: false }, { ...input, grantee: { ...ada, active: false }, entitlements: [] } as never)).toEqual(
      refused(
        { code: "facts_invalid", rule: "M4", path: ["trigger"], argument: "flow", at: ["trigger"] },
        { code: "flow_inactive", rule: "R2", path: ["active"] },
        { code: "grantee_inactive", rule: "C9", path: [] },
        { code: "nothing_asked", rule: "L1", path: [] },
      ),
    );
  });
});

describe("a reconciliation that is none (M1)", () => {
  const input = { identities: [ada], current: [], resources: [database], at: monday };
  const grant = { grantee: "ada", entitlement: read, request: "g1" };
  const nothing = { kind: "grantPlan", grants: [], ends: [], keeps: [], undetermined: [], halted: false, notices: [] };
  const lists = [invalid("identities"), invalid("current"), invalid("resources")];
  const inputs: [string, unknown, object[]][] = [
    ["a list", [], [invalid("input"), ...lists, noInstant("at")]],
    ["nothing", null, [invalid("input"), ...lists, noInstant("at")]],
    ["no plain record", Object.assign(new Map(), input), [invalid("input"), ...lists, noInstant("at")]],
    ["empty", {}, [...lists, noInstant("at")]],
    ["with more", { ...input, more: 1 }, [invalid("input", "more")]],
    ["with an identity that is none", { ...input, identities: [ada, { id: 1 }] }, [invalid("identities", 1, "id")]],
    ["with a resource that is none", { ...input, resources: [database, { ...database, id: 1 }] }, [invalid("resources", 1, "id")]],
    ["with a catalogue that is none", { ...input, catalog: 1 }, [invalid("catalog")]],
    ["with a grant that is none", { ...input, current: [grant, null] }, [invalid("current", 1)]],
    ["with a grant with more", { ...input, current: [{ ...grant, by: "x" }] }, [invalid("current", 0)]],
    [
      "with a grant of nothing that is known",
      { ...input, current: [grant, { grantee: 1, entitlement: {}, request: 2 }] },
      [...[invalid("current", 1, "grantee"), invalid("current", 1, "entitlement"), invalid("current", 1, "request")]],
    ],
    [
      "with a grant of empty texts",
      { ...input, current: [{ ...grant, grantee: "", request: "" }] },
      [...[invalid("current", 0, "grantee"), invalid("current", 0, "request")]],
    ],
    ...[-1, 0.5, "all", Number.POSITIVE_INFINITY].map((maxEnds): [string, unknown, object[]] => [
      `with a limit of ${maxEnds}`,
      { ...input, maxEnds },
      [{ code: "facts_invalid", rule: "M3", path: [], argument: "maxEnds", at: [] }],
    ]),
  ];
  it.each(inputs)("M1: %s", (_, given, reasons) => {
    expect(reconcileGrants(automatic, given as never)).toEqual({ ...nothing, reasons });
  });

  it("M1: of a flow that is none, or that people ask for", () => {
    expect(reconcileGrants(null as never, input)).toEqual({ ...nothing, reasons: [invalid("flow")] });
    expect(reconcileGrants(flow, input)).toEqual({
      ...nothing,
      reasons: [{ code: "facts_invalid", rule: "M1", path: ["trigger"], argument: "flow", at: ["trigger"] }],
    });
  });
});

describe("facts of a report, and viewers, that are none (C4)", () => {
  const state = () => submitted(flow);
  const facts = { identities: [ada], resources: [database] };
  const wrong = (place: string): string => `${place} is not of the stated shape`;

  const inputs: [string, unknown, string[]][] = [
    ["a list", [], ["facts", "identities", "resources"]],
    ["nothing", null, ["facts", "identities", "resources"]],
    ["with more", { ...facts, more: 1 }, ["facts.more"]],
    ["without resources", { identities: [] }, ["resources"]],
    ["without identities", { resources: [] }, ["identities"]],
    ["with an identity that is none", { ...facts, identities: [ada, { id: 1 }] }, ["identities[1].id"]],
    ["with a resource that is none", { ...facts, resources: [database, { ...database, id: 1 }] }, ["resources[1].id"]],
    ["with a catalogue that is none", { ...facts, catalog: 1 }, ["catalog"]],
  ];
  it.each(inputs)("E1: facts of a report: %s", (_, given, places) => {
    expect(thrown(() => toActivityRow(state(), given as never))).toEqual(["facts_invalid", ...places.map(wrong)]);
  });

  const instant = "at is no instant of the years 1970 to 9999";
  const viewers: [string, unknown, string[]][] = [
    ["a list", [], ["facts_invalid", wrong("viewer"), wrong("identity"), instant]],
    ["nothing", null, ["facts_invalid", wrong("viewer"), wrong("identity"), instant]],
    ["with more", { identity: ada, at: monday, more: 1 }, ["facts_invalid", wrong("viewer.more")]],
    ["of no identity", { identity: { id: 1 }, at: monday }, ["facts_invalid", wrong("identity.id")]],
    ["an administrator by text", { identity: ada, at: monday, administrator: "yes" }, ["facts_invalid", wrong("viewer.administrator")]],
    ["at no instant", { identity: ada, at: "now" }, ["instant_invalid", instant]],
  ];
  it("L8: an audience that is none of the three", () => {
    expect(thrown(() => timelineOf([], "everybody" as never))).toEqual(["facts_invalid", wrong("audience")]);
  });

  const foreign = (kind: string): string[] => ["state_foreign", `state is no ${kind} state of this library`];
  const states: [string, unknown, string[]][] = [
    ["nothing", null, foreign("approval")],
    ["an empty record", {}, foreign("approval")],
    ["a list", [], foreign("approval")],
    ["no plain record", Object.assign(new Map(), { kind: "requestState" }), foreign("approval")],
    ["only the kind of an approval", { kind: "approvalState" }, foreign("approval")],
    ["only the kind of a request", { kind: "requestState" }, foreign("request")],
  ];
  it.each(states)("L13: a state to wake at: %s", (_, given, lines) => {
    expect(thrown(() => wakeAt(given as never))).toEqual(lines);
  });

  it.each(viewers)("E1: a viewer: %s", (_, given, lines) => {
    expect(thrown(() => viewFor(state(), given as never))).toEqual(lines);
  });
});
