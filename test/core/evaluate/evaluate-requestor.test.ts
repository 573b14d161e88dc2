import { describe, expect, it } from "vitest";
import { defineAccessFlow } from "../../../src/core/define/check-access-flow.js";
import { evaluateRequestor } from "../../../src/core/evaluate/evaluate-requestor.js";
import type { RequestorInput } from "../../../src/core/evaluate/requestor-input.js";
import type { Identity } from "../../../src/core/facts/identity.js";
import type { AccessFlow } from "../../../src/core/flow/access-flow.js";
import type { AccessFlowDefinition } from "../../../src/core/flow/definition.js";
import { deepFreeze } from "../../../src/core/kernel/deep-freeze.js";

/** Monday, 09:00 UTC. */
const at = Date.UTC(2026, 2, 2, 9);
const ann: Identity = { id: "ann", emails: ["ann@corp.com"], attributes: { group: ["platform"] } };
const bob: Identity = { id: "bob", emails: ["bob@corp.com"], manager: "ann", attributes: { group: ["interns"] } };

function flowOf(definition: Partial<AccessFlowDefinition> = {}): AccessFlow {
  return defineAccessFlow({
    name: "S3 read",
    requestors: { conditions: [{ attribute: "group", values: ["platform"] }] },
    targets: [{ kind: "bundle", bundle: "all" }],
    ...definition,
  });
}

function evaluate(definition: Partial<AccessFlowDefinition>, input: Partial<RequestorInput> = {}) {
  return evaluateRequestor(flowOf(definition), deepFreeze({ requestor: ann, at, ...input }));
}

const forOthers = {
  scopes: ["others" as const],
  grantees: { conditions: [{ attribute: "group", values: ["interns"] }] },
};
const forReports = { scopes: ["directReports" as const] };
const interns = { conditions: [{ attribute: "group", values: ["nobody"] }] };

function codes(decision: { readonly reasons: readonly { readonly code: string }[] }): readonly string[] {
  return decision.reasons.map(({ code }) => code);
}

describe("a decision", () => {
  it("R2: is eligible when everything holds", () => {
    expect(evaluate({})).toEqual({
      kind: "requestorDecision",
      outcome: "eligible",
      reasons: [],
      notices: [],
      trace: {
        format: "trace/v1",
        flow: "s3-read",
        at,
        steps: [
          { kind: "check", rule: "R2", check: "flowActive", outcome: "holds", path: ["active"] },
          { kind: "check", rule: "R2", check: "selfServe", outcome: "holds", path: ["trigger"] },
          { kind: "check", rule: "R2", check: "scheduleOpen", outcome: "holds", path: ["schedule"] },
          { kind: "check", rule: "C9", check: "requestorActive", outcome: "holds", path: [] },
          {
            kind: "condition",
            rule: "C2",
            subject: "requestor",
            path: ["requestors", "conditions", 0],
            outcome: "holds",
            seen: ["platform"],
            seenCount: 1,
            matched: ["platform", "platform"],
            cause: null,
          },
          { kind: "combine", rule: "C1", path: ["requestors"], combinator: "and", outcome: "holds" },
          { kind: "check", rule: "R3", check: "scopeAllowed", outcome: "holds", path: ["requestFor", "scopes"] },
        ],
      },
    });
  });

  it("R1: names every failing check in the order of the flow, not only the first", () => {
    const closed = { kind: "onlyOn" as const, days: ["friday" as const], from: "09:00", to: "10:00", timeZone: "UTC" };
    const decision = evaluate(
      { active: false, schedule: closed, requestFor: { ...forOthers, scopes: ["others", "directReports"] } },
      { requestor: { id: "eve", active: false }, grantee: { ...ann, active: false, manager: null } },
    );
    expect(codes(decision)).toEqual([
      "flow_inactive",
      "schedule_closed",
      "requestor_inactive",
      "attribute_missing",
      "grantee_inactive",
      "condition_fails",
      "not_the_manager",
    ]);
  });

  it("R1: is decided at the given instant", () => {
    const schedule = { kind: "onlyOn" as const, days: ["monday" as const], from: "09:00", to: "10:00", timeZone: "UTC" };
    expect(evaluate({ schedule }, { at: "2026-03-02T10:59:59+01:00" }).outcome).toBe("eligible");
    expect(evaluate({ schedule }, { at: new Date(at + 3_600_000) }).outcome).toBe("ineligible");
  });

  it("R2: an inactive flow cannot be asked for", () => {
    expect(evaluate({ active: false }).reasons).toEqual([{ code: "flow_inactive", rule: "R2", path: ["active"] }]);
  });

  it("R2: an automatic flow cannot be asked for", () => {
    expect(evaluate({ trigger: "automatic" }).reasons).toEqual([{ code: "flow_not_self_serve", rule: "R2", path: ["trigger"] }]);
  });

  it("R2: a closed schedule says when it opens", () => {
    const schedule = { kind: "onlyOn" as const, days: ["tuesday" as const], from: "09:00", to: "10:00", timeZone: "UTC" };
    expect(evaluate({ schedule }).reasons).toEqual([
      { code: "schedule_closed", rule: "R2", path: ["schedule"], opensAt: at + 24 * 3_600_000 },
    ]);
  });

  it("R2: a requestor who does not meet the conditions is not eligible", () => {
    expect(evaluate({}, { requestor: bob }).reasons).toEqual([
      { code: "condition_fails", rule: "C2", path: ["requestors", "conditions", 0], subject: "requestor", attribute: "group" },
    ]);
  });

  it("C9: an inactive requestor is permitted nothing", () => {
    expect(evaluate({}, { requestor: { ...ann, active: false } }).reasons).toEqual([{ code: "requestor_inactive", rule: "C9", path: [] }]);
  });

  it("C9: absent `active` counts as active", () => {
    expect(evaluate({}, { requestor: { ...ann, active: undefined } }).outcome).toBe("eligible");
  });

  it("R4: a missing fact makes nobody eligible, and the reason names it", () => {
    expect(evaluate({}, { requestor: { id: "ann", attributes: { groups: ["platform"] } } }).reasons).toEqual([
      {
        code: "attribute_missing",
        rule: "C4",
        path: ["requestors", "conditions", 0],
        subject: "requestor",
        attribute: "group",
        nearest: "groups",
      },
    ]);
  });

  it("TH3: an outage of the directory does not satisfy a negative condition", () => {
    const requestors = { conditions: [{ attribute: "group", operator: "isNot" as const, values: ["contractors"] }] };
    expect(evaluate({ requestors }, { requestor: { id: "ann" } }).outcome).toBe("ineligible");
    expect(evaluate({ requestors }, { requestor: { id: "ann", attributes: { group: ["platform", null] } } }).outcome).toBe("ineligible");
  });

  it("TH4: a group of the same name from another directory does not make eligible", () => {
    const requestors = { conditions: [{ attribute: "group", values: ["admins"], source: "okta" }] };
    const group = [{ id: "admins", source: "github" }];
    expect(evaluate({ requestors }, { requestor: { id: "ann", sources: ["okta", "github"], attributes: { group } } }).outcome).toBe(
      "ineligible",
    );
  });

  it("C8: derived names under `attributes` are ignored and noticed", () => {
    const attributes = { group: "platform", user: "root", manager: ["ann"], owner: null };
    const decision = evaluate(
      { requestFor: forReports },
      { requestor: { ...ann, attributes }, grantee: { ...bob, attributes: { owner: "x" } } },
    );
    expect(decision.outcome).toBe("eligible");
    expect(decision.notices).toEqual([
      { code: "attribute_reserved", rule: "C8", path: [], subject: "requestor", attribute: "user" },
      { code: "attribute_reserved", rule: "C8", path: [], subject: "requestor", attribute: "manager" },
      { code: "attribute_reserved", rule: "C8", path: [], subject: "grantee", attribute: "owner" },
    ]);
  });

  it("C8: as many of either are noticed on both", () => {
    const noticed = (of: string) => ({ code: "attribute_reserved", rule: "C8", path: [], subject: of, attribute: "owner" });
    const owned = (person: Identity) => ({ ...person, attributes: { ...person.attributes, owner: "x" } });
    expect(evaluate({ requestFor: forReports }, { requestor: owned(ann), grantee: owned(bob) }).notices).toEqual([
      noticed("requestor"),
      noticed("grantee"),
    ]);
  });

  it("E1: decision, reasons and trace are frozen all the way down", () => {
    const decision = evaluate({ requestFor: forOthers }, { requestor: { id: "eve" }, grantee: { id: "x" } });
    const reach = (value: unknown): readonly object[] =>
      typeof value === "object" && value !== null ? [value, ...Object.values(value).flatMap(reach)] : [];
    expect(reach(decision).every((value) => Object.isFrozen(value))).toBe(true);
  });

  it("R1: a flow that comes back from a store decides the same", () => {
    const flow = flowOf({ requestFor: forOthers });
    const stored = JSON.parse(JSON.stringify(flow)) as AccessFlow;
    const input = { requestor: ann, grantee: bob, at };
    expect(evaluateRequestor(stored, input)).toEqual(evaluateRequestor(flow, input));
  });
});

describe("for oneself", () => {
  it("R3: without a grantee, scope `self` is needed", () => {
    expect(evaluate({ requestFor: forReports }).reasons).toEqual([
      { code: "scope_not_allowed", rule: "R3", path: ["requestFor", "scopes"], scope: "self" },
    ]);
  });

  it("R3: a grantee of the same id is the requestor", () => {
    expect(evaluate({}, { grantee: { id: "ann" } }).outcome).toBe("eligible");
    expect(evaluate({ requestFor: forOthers }, { grantee: { ...bob, id: "ann" } }).reasons).toMatchObject([
      { code: "scope_not_allowed", scope: "self" },
    ]);
  });

  it("R3: ids are the same on NFC text", () => {
    const requestor = { ...ann, id: "zo\u00eb" };
    expect(evaluate({}, { requestor, grantee: { id: "zoe\u0308" } }).outcome).toBe("eligible");
  });

  it("R3: an id in another case is somebody else", () => {
    expect(evaluate({}, { requestor: { ...ann, id: "ann@corp.com" }, grantee: { id: "Ann@corp.com" } }).reasons).toMatchObject([
      { code: "scope_not_allowed", scope: "others" },
    ]);
  });

  it("C9: a second record of the requestor that says inactive is believed", () => {
    expect(evaluate({}, { grantee: { id: "ann", active: false } }).reasons).toEqual([{ code: "grantee_inactive", rule: "C9", path: [] }]);
  });
});

describe("for somebody else", () => {
  it("R3: scope `self` does not allow it", () => {
    expect(evaluate({}, { grantee: bob }).reasons).toEqual([
      { code: "scope_not_allowed", rule: "R3", path: ["requestFor", "scopes"], scope: "others" },
    ]);
  });

  it("R3: under `others` the grantee has to meet `grantees`", () => {
    expect(evaluate({ requestFor: forOthers }, { grantee: bob }).outcome).toBe("eligible");
    expect(evaluate({ requestFor: forOthers }, { grantee: { ...bob, attributes: { group: "staff" } } }).reasons).toEqual([
      { code: "condition_fails", rule: "C2", path: ["requestFor", "grantees", "conditions", 0], subject: "grantee", attribute: "group" },
    ]);
  });

  it("R4: unknown facts of the grantee make nobody eligible", () => {
    expect(evaluate({ requestFor: forOthers }, { grantee: { id: "bob" } }).reasons).toMatchObject([
      { code: "attribute_missing", subject: "grantee" },
    ]);
  });

  it("R3: the grantee need not meet `requestors`, and the requestor not `grantees`", () => {
    expect(evaluate({ requestFor: forOthers }, { requestor: ann, grantee: bob }).outcome).toBe("eligible");
  });

  it.each(["ann", "ann@corp.com", "ANN@CORP.COM"])("R3: under `directReports` the grantee's manager is the requestor (`%s`)", (manager) => {
    expect(evaluate({ requestFor: forReports }, { grantee: { ...bob, manager } }).outcome).toBe("eligible");
  });

  it.each([null, "eve", "Ann"])("R3: under `directReports` another manager is a reason (%s)", (manager) => {
    expect(evaluate({ requestFor: forReports }, { grantee: { ...bob, manager } }).reasons).toEqual([
      { code: "not_the_manager", rule: "R3", path: ["requestFor", "scopes", 0] },
    ]);
  });

  it("C10: an account of the requestor does not make them the manager", () => {
    const requestor = { ...ann, accounts: ["gh-ann"] };
    expect(codes(evaluate({ requestFor: forReports }, { requestor, grantee: { ...bob, manager: "gh-ann" } }))).toEqual(["not_the_manager"]);
  });

  it("R3: an unknown manager is a reason", () => {
    expect(evaluate({ requestFor: forReports }, { grantee: { ...bob, manager: undefined } }).reasons).toEqual([
      { code: "manager_unknown", rule: "R3", path: ["requestFor", "scopes", 0] },
    ]);
  });

  it("R4: where the requestor's addresses are what is missing, the reasons say so", () => {
    const decision = evaluate(
      { requestFor: forReports },
      { requestor: { ...ann, emails: undefined }, grantee: { ...bob, manager: "ann@corp.com" } },
    );
    expect(decision.reasons).toEqual([
      { code: "manager_unknown", rule: "R3", path: ["requestFor", "scopes", 0] },
      { code: "aliases_unknown", rule: "C8", path: ["requestFor", "scopes", 0], subject: "requestor" },
    ]);
  });

  it("R4: a manager that is an empty text is unknown, though the requestor has an empty address", () => {
    const decision = evaluate({ requestFor: forReports }, { requestor: { ...ann, emails: [""] }, grantee: { ...bob, manager: "" } });
    expect(codes(decision)).toEqual(["manager_unknown"]);
  });

  it("R3: of `others` and `directReports` either suffices", () => {
    const both = { scopes: ["others" as const, "directReports" as const] };
    expect(evaluate({ requestFor: { ...both, grantees: forOthers.grantees } }, { grantee: { ...bob, manager: null } }).outcome).toBe(
      "eligible",
    );
    expect(evaluate({ requestFor: { ...both, grantees: interns } }, { grantee: bob }).outcome).toBe("eligible");
  });

  it("R3: where neither suffices, the reasons of both are given", () => {
    const requestFor = { scopes: ["self" as const, "others" as const, "directReports" as const], grantees: interns };
    expect(evaluate({ requestFor }, { grantee: { ...bob, manager: undefined } }).reasons.map(({ code, path }) => [code, path])).toEqual([
      ["condition_fails", ["requestFor", "grantees", "conditions", 0]],
      ["manager_unknown", ["requestFor", "scopes", 2]],
    ]);
  });

  it("E1: the trace shows both ways and how they are joined", () => {
    const requestFor = { scopes: ["others" as const, "directReports" as const], grantees: interns };
    const { steps } = evaluate({ requestFor }, { grantee: bob }).trace;
    expect(steps.slice(6).map((step) => [step.kind, step.kind === "check" ? step.check : step.path, step.outcome])).toEqual([
      ["check", "granteeActive", "holds"],
      ["condition", ["requestFor", "grantees", "conditions", 0], "fails"],
      ["combine", ["requestFor", "grantees"], "fails"],
      ["check", "isManager", "holds"],
      ["combine", ["requestFor"], "holds"],
      ["check", "scopeAllowed", "holds"],
    ]);
  });

  it("R3: a grantee who shares an account with the requestor under another id is somebody else", () => {
    const requestor = { ...ann, accounts: ["shared"] };
    expect(codes(evaluate({}, { requestor, grantee: { ...bob, accounts: ["shared"] } }))).toEqual(["scope_not_allowed"]);
    expect(evaluate({ requestFor: forOthers }, { requestor, grantee: { ...bob, accounts: ["shared"] } }).outcome).toBe("eligible");
  });

  it("C9: an inactive grantee receives nothing", () => {
    expect(evaluate({ requestFor: forOthers }, { grantee: { ...bob, active: false } }).reasons).toEqual([
      { code: "grantee_inactive", rule: "C9", path: [] },
    ]);
  });
});

describe("bad arguments", () => {
  // What hosts without types may pass.
  const ask = evaluateRequestor as (flow: unknown, input: unknown) => ReturnType<typeof evaluateRequestor>;

  it("S8: a bad instant is refused, with a trace of what is known", () => {
    expect(ask(flowOf(), { requestor: ann, at: "2026-03-02T09:00:00" })).toEqual({
      kind: "requestorDecision",
      outcome: "ineligible",
      reasons: [{ code: "instant_invalid", rule: "S8", path: [], argument: "at" }],
      notices: [],
      trace: { format: "trace/v1", flow: "s3-read", at: 0, steps: [] },
    });
  });

  it("R1: all faults of all arguments are named at once", () => {
    const decision = ask({}, { requestor: { id: 7 }, grantee: null, at: Number.NaN, now: 1 });
    const named = decision.reasons.map((reason) =>
      reason.code === "facts_invalid" ? `${reason.argument}:${reason.at.join(".")}` : reason.code,
    );
    expect(named).toEqual(expect.arrayContaining(["input:now", "requestor:id", "grantee:", "instant_invalid"]));
    expect(named.some((name) => name.startsWith("flow:"))).toBe(true);
  });

  it("R4: a misspelt key of an identity is refused, so that it cannot mean active", () => {
    expect(ask(flowOf(), { requestor: { ...ann, actve: false }, at }).reasons).toMatchObject([
      { code: "facts_invalid", argument: "requestor", at: ["actve"] },
    ]);
  });

  it("R4: a misspelt key of the input is refused, so that it cannot mean oneself", () => {
    expect(ask(flowOf(), { requestor: ann, grante: bob, at }).reasons).toMatchObject([
      { code: "facts_invalid", argument: "input", at: ["grante"] },
    ]);
  });

  it.each([undefined, null, 7, "x", [], () => 1])("R1: an input that is no record is refused (%#)", (input) => {
    expect(ask(flowOf(), input).reasons).toMatchObject([{ code: "facts_invalid", argument: "input", at: [] }]);
  });

  it("R1: an input that cannot be read is refused", () => {
    const input = {
      get requestor(): never {
        throw new Error("out of order");
      },
      at,
    };
    expect(codes(ask(flowOf(), input))).toEqual(["facts_invalid"]);
  });

  it("R1: a record that a class made is no input", () => {
    expect(codes(ask(flowOf(), new Date()))).toEqual(["facts_invalid"]);
  });

  it("R1: what is no flow is refused, without a flow in the trace", () => {
    const decision = ask(undefined, { requestor: ann, at });
    expect(decision.reasons).toMatchObject([{ code: "facts_invalid", argument: "flow", at: [] }]);
    expect(decision.trace).toEqual({ format: "trace/v1", flow: "", at, steps: [] });
  });

  it("R1: a flow that has faults is refused, and every one of them is named, once", () => {
    const faulty = { ...flowOf(), active: "yes", nme: "x" };
    expect(ask(faulty, { requestor: ann, at }).reasons).toMatchObject([
      { code: "facts_invalid", argument: "flow", at: ["active"] },
      { code: "facts_invalid", argument: "flow", at: ["nme"] },
    ]);
  });

  it("D4: an identity with more than 5,000 values is refused", () => {
    const group = Array.from({ length: 5001 }, (_, index) => `g${index}`);
    expect(codes(ask(flowOf(), { requestor: { id: "ann", attributes: { group } }, at }))).toEqual(["facts_invalid"]);
  });
});
