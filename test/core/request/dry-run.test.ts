import { describe, expect, it } from "vitest";
import { planApproval } from "../../../src/core/approval/plan-approval.js";
import { evaluateRequestor } from "../../../src/core/evaluate/evaluate-requestor.js";
import type { AccessFlow } from "../../../src/core/flow/access-flow.js";
import { evaluateRequest } from "../../../src/core/request/evaluate-request.js";
import type { RequestInput } from "../../../src/core/request/request-input.js";
import {
  ada,
  asking,
  boss,
  byLeads,
  database,
  flowWith,
  forOthers,
  gil,
  hour,
  lena,
  minute,
  monday,
  person,
  read,
  write,
} from "./support.js";

const open = flowWith();
const strict = flowWith({ approval: byLeads }, { requireMfa: true, requireJustification: true });

function decide(flow: AccessFlow, more: Partial<RequestInput> = {}) {
  const { id: _, ...input } = asking(more);
  return evaluateRequest(flow, input);
}

/** The steps of the requestor's own trace, and a step for each of these checks with its outcome. */
function traceOf(flow: AccessFlow, outcome: "holds" | "fails", ...names: (keyof typeof checks)[]) {
  const { trace } = evaluateRequestor(flow, { requestor: ada, at: monday });
  return { ...trace, steps: [...trace.steps, ...names.map((check) => ({ kind: "check", check, outcome, ...checks[check] }))] };
}

const checks = {
  entitlementsCovered: { rule: "T8", path: ["targets"] },
  windowGranted: { rule: "W1", path: ["grantFor"] },
  justified: { rule: "L1", path: ["settings", "requireJustification"] },
  mfaFresh: { rule: "L2", path: ["settings", "requireMfa"] },
  approvable: { rule: "A13", path: ["approval"] },
  notHeld: { rule: "L12", path: [] },
};
const allChecks = Object.keys(checks) as (keyof typeof checks)[];

describe("the dry run, in full (L1)", () => {
  it("L1: with nothing to do but to ask", () => {
    expect(decide(open)).toEqual({
      kind: "requestDecision",
      outcome: "acceptable",
      next: "scheduled",
      needs: [],
      window: { start: monday, end: monday + hour },
      approval: null,
      notices: [],
      trace: traceOf(open, "holds", "entitlementsCovered", "windowGranted", "justified"),
    });
  });

  it("L1: with MFA and an approval to come", () => {
    const more = { justification: "x", candidates: [lena] };
    expect(decide(strict, more)).toEqual({
      kind: "requestDecision",
      outcome: "acceptable",
      next: "awaitingMfa",
      needs: ["mfa", "approval"],
      window: { start: monday, end: monday + hour },
      approval: planApproval(strict, { requestor: ada, resources: [database], candidates: [lena], complete: false, at: monday }),
      notices: [{ code: "mfa_needed", rule: "L2", path: ["settings", "requireMfa"] }],
      trace: traceOf(strict, "holds", "entitlementsCovered", "windowGranted", "justified"),
    });
  });

  it("L1: with every check, and with evidence", () => {
    const held = [
      { request: "r0", entitlements: [read, write], status: "ended" },
      { request: "r1", entitlements: [write], status: "active" },
    ] as const;
    const more = { justification: "x", candidates: [lena], complete: true, mfa: { id: "e", at: monday }, held };
    expect(decide(strict, more)).toEqual({
      kind: "requestDecision",
      outcome: "acceptable",
      next: "awaitingApproval",
      needs: ["approval"],
      window: { start: monday, end: monday + hour },
      approval: planApproval(strict, { requestor: ada, resources: [database], candidates: [lena], complete: true, at: monday }),
      notices: [],
      trace: traceOf(strict, "holds", ...allChecks),
    });
  });

  it("L1: refused by every check", () => {
    const more = {
      ...{ entitlements: [read, { resource: "db-1", permission: "drop" }], startAt: monday - minute },
      ...{ candidates: [boss], complete: true, mfa: { id: "e", at: monday - hour } },
      held: [
        { request: "r0", entitlements: [write, read], status: "active" },
        { request: "r0", entitlements: [read, write], status: "scheduled" },
        { request: "r1", entitlements: [read], status: "awaitingMfa" },
      ],
    } as const;
    const plan = planApproval(strict, { requestor: ada, resources: [database], candidates: [boss], complete: true, at: monday });
    expect(plan.reasons.length).toBeGreaterThan(0);
    expect(decide(strict, more)).toEqual({
      kind: "requestDecision",
      outcome: "refused",
      reasons: [
        { code: "not_covered", rule: "T8", path: ["targets"], resource: "db-1", permission: "drop" },
        { code: "start_in_past", rule: "W1", path: [] },
        { code: "justification_missing", rule: "L1", path: ["settings", "requireJustification"] },
        { code: "mfa_too_old", rule: "L2", path: [], at: monday - hour },
        ...plan.reasons,
        { code: "already_held", rule: "L12", path: [], request: "r0" },
        { code: "already_held", rule: "L12", path: [], request: "r1" },
      ],
      notices: plan.notices,
      trace: traceOf(strict, "fails", ...allChecks),
    });
  });

  const reasons: [string, Partial<RequestInput>, object[]][] = [
    ["L1: nothing asked for", { entitlements: [] }, [{ code: "nothing_asked", rule: "L1", path: [] }]],
    ["L1: what nobody knows", { resources: [] }, [{ code: "resource_unknown", rule: "L1", path: [], resource: "db-1" }]],
    ["L2: evidence of the future", { mfa: { id: "e", at: monday + 1 } }, [{ code: "mfa_in_future", rule: "L2", path: [], at: monday + 1 }]],
  ];
  it.each(reasons)("%s", (_, more, refused) => {
    const decision = decide(flowWith({}, { requireMfa: true }), more);
    expect(decision.outcome === "refused" && [decision.reasons, decision.notices.length]).toEqual([
      refused,
      more.mfa === undefined ? 1 : 0,
    ]);
  });

  it("L1: nothing asked for, and everything known about who could approve", () => {
    const decision = decide(flowWith({ approval: byLeads }), { entitlements: [], candidates: [lena], complete: true });
    expect(decision.outcome === "refused" && decision.reasons).toEqual([{ code: "nothing_asked", rule: "L1", path: [] }]);
  });

  const tooLong = [{ code: "justification_too_long", rule: "L1", path: [], limit: 1_000 }];
  const wide = "\u{1f600}";
  const lengths: [string, string, object[]][] = [
    ["1,000 letters", "x".repeat(1_000), []],
    ["1,001 letters", "x".repeat(1_001), tooLong],
    ["1,000 characters of two units", wide.repeat(1_000), []],
    ["1,000 characters of two units, and a letter", `${wide.repeat(1_000)}x`, tooLong],
    ["more than two units for every character", `${wide.repeat(1_000)}xx`, tooLong],
    ["letters beyond count", "x".repeat(2_001), tooLong],
  ];
  it.each(lengths)("L1: a justification of %s", (_, justification, refused) => {
    const decision = decide(open, { justification });
    expect(decision.outcome === "refused" ? decision.reasons : []).toEqual(refused);
  });

  it("A6: the grantee counts in the plan of the approval, too", () => {
    const flow = flowWith({ approval: byLeads, requestFor: forOthers }, { requestorCannotApproveSelf: true });
    const grantee = person("gil", ["staff", "leads"]);
    const decision = decide(flow, { grantee, candidates: [grantee], complete: true });
    const plan = planApproval(flow, {
      ...{ requestor: ada, grantee, resources: [database], candidates: [grantee], complete: true, at: monday },
    });
    expect([plan.decidable, decision.outcome === "refused" && decision.reasons]).toEqual([false, plan.reasons]);
    expect(decide(flow, { grantee: gil, candidates: [lena], complete: true })).toMatchObject({
      outcome: "acceptable",
      needs: ["approval"],
    });
  });
});
