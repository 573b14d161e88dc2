import { describe, expect, it } from "vitest";
import { evaluateRequest } from "../../../src/core/request/evaluate-request.js";
import type { RequestInput } from "../../../src/core/request/request-input.js";
import { submitRequest } from "../../../src/core/request/submit-request.js";
import {
  accepted,
  ada,
  asking,
  byLeads,
  codesOf,
  database,
  day,
  flowWith,
  gil,
  inShort,
  lena,
  minute,
  monday,
  person,
  read,
  submitted,
  write,
} from "./support.js";

const flow = flowWith({ approval: byLeads });

function refusal(more: Partial<RequestInput>, of = flow): string[] {
  return codesOf(submitRequest(of, asking(more)));
}

describe("a submission (L1)", () => {
  it("L1: a state is as it is described, field by field, and holds no facts beyond keys", () => {
    const state = submitted(flow, {
      requestor: { ...ada, attributes: { group: ["staff"], secret: ["canary"] } },
      justification: "  the report ",
    });
    expect(Object.keys(state)).toEqual([
      ...[
        "kind",
        "format",
        "status",
        "revision",
        "request",
        "lastAt",
        "wakeAt",
        "mfa",
        "approval",
        "activateBy",
        "awaitingFacts",
        "pauses",
      ],
      ...["grant", "cause", "entitlementReports", "reasons"],
    ]);
    expect(state).toMatchObject({
      kind: "requestState",
      format: "requestState/v1",
      status: "awaitingApproval",
      revision: 1,
      request: { id: "r1", flow, grantee: null, entitlements: [read], justification: "the report", startAt: null, submittedAt: monday },
      lastAt: monday,
      wakeAt: monday + day,
      mfa: null,
      approval: { status: "pending", openedAt: monday, revision: 0 },
      grant: null,
    });
    expect(JSON.stringify(state)).not.toContain("canary");
  });

  it("L7: the submission is the first recorded event: the request, and the approval as it opened", () => {
    const { recorded, state } = accepted(submitRequest(flow, asking()));
    expect(recorded).toMatchObject({ revision: 1, at: monday, by: "ada", type: "submitted" });
    expect(recorded?.concluded).toMatchObject({ request: state.request, approvalOpened: state.approval });
  });

  const ways: [string, Parameters<typeof flowWith>, Partial<RequestInput>, string, string[]][] = [
    ["MFA first", [{ approval: byLeads }, { requireMfa: true }], {}, "awaitingMfa", ["requestMfa", "wake"]],
    ["approval", [{ approval: byLeads }], {}, "awaitingApproval", ["ask groups 0", "wake"]],
    [
      "approval that never expires",
      [{ approval: { ...byLeads, expiresAfter: "never" } as never }],
      {},
      "awaitingApproval",
      ["ask groups 0"],
    ],
    [
      "evidence and approval",
      [{ approval: byLeads }, { requireMfa: true }],
      { mfa: { id: "e", at: monday } },
      "awaitingApproval",
      ["ask groups 0", "wake"],
    ],
    ["neither", [{}], {}, "scheduled", ["readFacts"]],
    ["a later start", [{}, { startWithin: { amount: 1, unit: "day" } }], { startAt: monday + day }, "scheduled", ["wake"]],
    ["a start now", [{}], { startAt: monday }, "scheduled", ["readFacts"]],
  ];
  it.each(ways)("L2: with %s", (_, definition, more, status, effects) => {
    const answer = accepted(submitRequest(flowWith(...definition), asking(more)));
    expect([answer.state.status, inShort(answer)]).toEqual([status, effects]);
  });

  it("L1: every reason at once, not the first", () => {
    const strict = flowWith({ approval: byLeads }, { requireJustification: true, requireDuration: true });
    const codes = refusal({ requestor: person("ada", []), entitlements: [{ resource: "db-1", permission: "drop" }] }, strict);
    expect(codes).toEqual(expect.arrayContaining(["condition_fails", "not_covered", "duration_required", "justification_missing"]));
  });

  const refused: [string, Partial<RequestInput>, string][] = [
    ["R: not in the group", { requestor: person("ada", []) }, "condition_fails"],
    ["R4: a missing attribute", { requestor: { id: "ada" } }, "attribute_missing"],
    ["C9: an inactive requestor", { requestor: { ...ada, active: false } }, "requestor_inactive"],
    ["R3: another's access", { grantee: gil }, "scope_not_allowed"],
    ["L1: nothing", { entitlements: [] }, "nothing_asked"],
    ["L1: a resource nobody knows", { resources: [] }, "resource_unknown"],
    ["T8: what the flow does not give", { entitlements: [read, { resource: "db-1", permission: "drop" }] }, "not_covered"],
    ["T7: a resource that is not active", { resources: [{ ...database, status: "deleted" }] }, "resource_not_active"],
    ["D4: more than a thousand entitlements", { entitlements: Array.from({ length: 1_001 }, () => read) }, "too_much_asked"],
    ["W3: longer than the flow grants", { requestedDuration: { amount: 2, unit: "hour" } }, "duration_over_maximum"],
    ["W1: a start in the past", { startAt: monday - 1 }, "start_in_past"],
    ["W1: a start that is not offered", { startAt: monday + 1 }, "start_not_offered"],
    ["L1: a justification of 1,001 characters", { justification: "\u{1f600}".repeat(1_001) }, "justification_too_long"],
    ["S8: no instant", { at: "soon" }, "instant_invalid"],
    ["A13: nobody who can approve", { candidates: [person("eve", [])], complete: true }, "nobody_can_approve"],
    ["L12: what is held already", { held: [{ request: "r0", entitlements: [read], status: "active" }] }, "already_held"],
  ];
  it.each(refused)("L1: refused: %s", (_, more, code) => {
    expect(refusal(more)).toContain(code);
  });

  it("A13: of candidates the grantee is none where parties cannot approve", () => {
    const others = flowWith(
      { approval: byLeads, requestFor: { scopes: ["others"], grantees: { conditions: [{ attribute: "group", values: ["leads"] }] } } },
      { requestorCannotApproveSelf: true },
    );
    const asked = { requestor: person("ada", ["staff", "leads"]), grantee: lena, complete: true } as const;
    expect(refusal({ ...asked, candidates: [lena, asked.requestor] }, others)).toContain("nobody_can_approve");
    expect(refusal({ ...asked, candidates: [lena, person("lou", ["leads"])] }, others)).toEqual([]);
  });

  const fine: [string, Partial<RequestInput>][] = [
    ["a justification of 1,000 characters, trimmed", { justification: ` ${"\u{1f600}".repeat(1_000)} ` }],
    ["a blank justification where none is needed", { justification: " \u200b " }],
    ["candidates that are not complete", { candidates: [], complete: false }],
    ["complete candidates, one of whom can approve", { candidates: [lena], complete: true }],
    ["what was held once", { held: [{ request: "r0", entitlements: [read], status: "ended" }] }],
    ["something else that is held", { held: [{ request: "r0", entitlements: [write], status: "active" }] }],
    ["the requestor as grantee", { grantee: ada }],
  ];
  it.each(fine)("L1: accepted: %s", (_, more) => {
    expect(refusal(more)).toEqual([]);
  });

  it("L12: the request in the way is named, once, in every status that is no end", () => {
    for (const status of ["awaitingMfa", "awaitingApproval", "scheduled", "activating", "active", "deactivating"] as const) {
      const held = [{ request: "r0", entitlements: [write, read], status }];
      expect(submitRequest(flow, asking({ held, entitlements: [read, write] }))).toMatchObject({
        error: { reasons: [{ code: "already_held", rule: "L12", request: "r0" }] },
      });
    }
  });

  it("L1: a blank justification is none", () => {
    const strict = flowWith({}, { requireJustification: true });
    expect(["  ", "\u200b", "\u0000"].map((justification) => refusal({ justification }, strict))).toEqual(
      Array(3).fill(["justification_missing"]),
    );
  });

  it("L1: an entitlement asked for twice is asked for once, as it was first written", () => {
    const composed = { ...database, id: "caf\u00e9" };
    const twice = [
      { resource: "cafe\u0301", permission: "read" },
      { resource: "caf\u00e9", permission: "read" },
    ];
    expect(submitted(flow, { resources: [composed], entitlements: twice }).request.entitlements).toEqual([twice[0]]);
  });

  it("TH7: what a host leaves out of the input never lowers what is needed", () => {
    const full = asking({ candidates: [lena], complete: true, justification: "x", held: [] });
    for (const key of ["candidates", "complete", "justification", "held", "catalog", "mfa"] as const) {
      const { [key]: _, ...rest } = full;
      expect(accepted(submitRequest(flow, rest)).state.status).toBe("awaitingApproval");
    }
  });

  it("D4: a request that would not fit into a store is refused, its approval after MFA counted in", () => {
    const values = Array.from({ length: 1_500 }, (_, index) => `${index}`.padEnd(200, "x"));
    const large = { ...byLeads, approverGroups: [{ conditions: [{ attribute: "group", values }] }] } as never;
    expect(refusal({}, flowWith({ approval: large }))).toEqual(["too_much_asked"]);
    expect(refusal({}, flowWith({ approval: large }, { requireMfa: true }))).toEqual(["too_much_asked"]);
  });

  const ids: [string, unknown][] = [
    ["nothing", undefined],
    ["an empty text", ""],
    ["a blank", " "],
    ["129 characters", "x".repeat(129)],
    ["a control character", "a\u0000b"],
    ["half a character", "\ud800"],
  ];
  it.each(ids)("C: an id that is %s is refused", (_, id) => {
    expect(refusal({ id: id as string })).toEqual(["facts_invalid"]);
  });

  it("C: facts under a misspelt key are refused, all faults at once", () => {
    expect(codesOf(submitRequest(flow, { ...asking(), grante: gil, complete: "yes", at: -1 } as never))).toEqual([
      ...["facts_invalid", "instant_invalid", "facts_invalid"],
    ]);
  });
});

describe("the dry run (L1)", () => {
  it("L1: what people have to do, the window as if it began now, and the plan of the approval", () => {
    const strict = flowWith({ approval: byLeads }, { requireMfa: true });
    const { id: _, ...input } = asking({ candidates: [lena] });
    expect(evaluateRequest(strict, input)).toMatchObject({
      outcome: "acceptable",
      next: "awaitingMfa",
      needs: ["mfa", "approval"],
      window: { start: monday, end: monday + 60 * minute },
      approval: { kind: "approvalPlan", decidable: true },
      notices: [{ code: "mfa_needed" }],
    });
  });

  it("L1: an id is no part of it", () => {
    expect(evaluateRequest(flow, asking())).toMatchObject({ outcome: "refused", reasons: [{ code: "facts_invalid" }] });
  });

  it("E1: every check of a request stands in the trace, once", () => {
    const { id: _, ...input } = asking({ held: [], candidates: [lena], complete: true });
    const checks = evaluateRequest(flow, input).trace.steps.flatMap((step) => (step.kind === "check" ? [step.check] : []));
    expect(checks).toEqual(expect.arrayContaining(["entitlementsCovered", "windowGranted", "justified", "approvable"]));
    expect(new Set(checks).size).toBe(checks.length);
  });
});
