import { describe, expect, it } from "vitest";
import type { RequestState } from "../../../src/core/request/request-state.js";
import { submitRequest } from "../../../src/core/request/submit-request.js";
import {
  accepted,
  activated,
  activationFailed,
  asking,
  byLeads,
  completeMfa,
  day,
  deactivated,
  deactivationFailed,
  type EventOf,
  extend,
  factsRead,
  flowWith,
  forOthers,
  gil,
  hour,
  lena,
  minute,
  monday,
  person,
  played,
  reports,
  revoke,
  root,
  second,
  submitted,
  take,
  timeReached,
  vote,
  withdraw,
} from "./support.js";

const grantFor = { kind: "fixed", amount: 10, unit: "hour" } as const;
const flow = flowWith({ approval: byLeads, requestFor: forOthers, grantFor }, { requireMfa: true, maxExtensions: 2 });
const automatic = flowWith({ requestFor: forOthers, grantFor }, { requireMfa: true, maxExtensions: 2 });

const tell = (about: string) => [
  { type: "notify", to: "requestor", about },
  { type: "notify", to: "grantee", about },
];
const wake = (at: number) => ({ type: "wake", at });

/** What an event comes to, in full: who is recorded as having done it, what it changed, and the effects without their keys. */
function outcomeOf(state: RequestState, event: EventOf, at?: number) {
  const { recorded, effects } = accepted(take(state, event, at));
  const revision = state.revision + 1;
  expect(effects.map(({ key }) => key)).toEqual(effects.map((_, position) => `r1:${revision}:${position}`));
  expect(recorded).toMatchObject({ revision, at: at ?? recorded?.at });
  return {
    by: recorded?.by,
    type: recorded?.type,
    concluded: recorded?.concluded,
    effects: effects.map(({ key: _, ...effect }) => effect),
  };
}

describe("what an event concludes, in full (L7)", () => {
  const waiting = () => submitted(flow, { grantee: gil });
  const scheduled = () => played(submitted(automatic, { grantee: gil }), completeMfa);
  const activating = () => played(scheduled(), factsRead());
  const active = () => played(activating(), activated);
  const ending = () => played(active(), revoke(root));
  const grantAt = (at: number) => ({
    ...{ window: { start: at, end: at + 10 * hour }, generation: 1, attempts: 0, extensions: 0, activatedAt: null as number | null },
  });
  const heldBoth = reports(submitted(flow), "held");

  it("L2: MFA by the grantee opens the approval, or schedules what nobody approves", () => {
    const at = monday + minute;
    const state = played(waiting(), (made) => completeMfa(made, at));
    expect(outcomeOf(waiting(), completeMfa, at)).toStrictEqual({
      by: "gil",
      type: "completeMfa",
      concluded: { status: "awaitingApproval", wakeAt: at + day, approvalOpened: state.approval, mfa: { id: "e1", at } },
      effects: [{ type: "askApprovers", groups: [0], tier: null }, wake(at + day)],
    });
    expect(outcomeOf(submitted(automatic, { grantee: gil }), completeMfa, at)).toStrictEqual({
      by: "gil",
      type: "completeMfa",
      concluded: { status: "scheduled", wakeAt: at + 7 * day, activateBy: at + 7 * day, awaitingFacts: true, mfa: { id: "e1", at } },
      effects: [{ type: "readFacts" }, ...tell("decided")],
    });
  });

  it("L2: without MFA in time it expires", () => {
    expect(outcomeOf(waiting(), timeReached)).toStrictEqual({
      by: null,
      type: "timeReached",
      concluded: {
        status: "expired",
        wakeAt: null,
        reasons: [{ code: "request_expired", rule: "L2", path: ["settings", "mfaWithin"], expiredAt: monday + hour }],
      },
      effects: tell("over"),
    });
  });

  it("L5: taken back by a party or an administrator before it activates", () => {
    for (const [state, by] of [
      [waiting(), "ada"],
      [scheduled(), "gil"],
      [scheduled(), "root"],
    ] as const) {
      expect(outcomeOf(state, withdraw({ id: by, administrator: by === "root" }))).toStrictEqual({
        by,
        type: "withdraw",
        concluded: { status: "withdrawn", wakeAt: null, awaitingFacts: false },
        effects: tell("over"),
      });
    }
  });

  it("A11: an approval that expires takes its request with it", () => {
    const state = played(waiting(), completeMfa);
    const at = state.wakeAt ?? 0;
    expect(outcomeOf(state, timeReached)).toMatchObject({
      by: null,
      concluded: {
        status: "expired",
        wakeAt: null,
        reasons: [{ code: "request_expired", rule: "A11", path: ["approval", "expiresAfter"], expiredAt: at }],
      },
    });
  });

  it("L3: facts begin the activation, end the request, or are asked for again", () => {
    const state = scheduled();
    const at = state.lastAt + second;
    expect(outcomeOf(state, factsRead(), at)).toStrictEqual({
      by: null,
      type: "factsRead",
      concluded: { status: "activating", wakeAt: at + 10 * hour, awaitingFacts: false, pauses: 0, grant: grantAt(at) },
      effects: [{ type: "activate", generation: 1, notBefore: null }, wake(at + 10 * hour)],
    });
    expect(outcomeOf(state, factsRead({ flow: "inactive", notCovered: [0] }), at)).toStrictEqual({
      by: null,
      type: "factsRead",
      concluded: {
        ...{ status: "rejected", wakeAt: null, awaitingFacts: false, pauses: 0 },
        reasons: [
          { code: "flow_inactive", rule: "L3", path: ["active"] },
          { code: "no_longer_covered", rule: "L3", path: [] },
          { code: "not_covered", rule: "T8", path: ["targets"], resource: "db-1", permission: "read" },
        ],
      },
      effects: tell("over"),
    });
    expect(outcomeOf(state, factsRead({ flow: "unknown" }), at)).toStrictEqual({
      by: null,
      type: "factsRead",
      concluded: { wakeAt: at + 30 * second, awaitingFacts: false, pauses: 1 },
      effects: [wake(at + 30 * second)],
    });
    const paused = played(state, factsRead({ flow: "unknown" }));
    expect(outcomeOf(paused, timeReached)).toStrictEqual({
      by: null,
      type: "timeReached",
      concluded: { awaitingFacts: true, wakeAt: state.wakeAt },
      effects: [{ type: "readFacts" }],
    });
    expect(outcomeOf(state, timeReached)).toStrictEqual({
      by: null,
      type: "timeReached",
      concluded: {
        ...{ status: "expired", wakeAt: null, awaitingFacts: false, pauses: 0 },
        reasons: [{ code: "activation_overdue", rule: "L3", path: ["settings", "activateWithin"] }],
      },
      effects: tell("over"),
    });
  });

  it("L6: activated, failed for now, and failed for good", () => {
    const state = activating();
    const grant = grantAt(state.lastAt);
    const at = state.lastAt + minute;
    expect(outcomeOf(state, activated, at)).toStrictEqual({
      by: null,
      type: "activated",
      concluded: { status: "active", wakeAt: grant.window.end, grant: { ...grant, activatedAt: at }, entitlementReports: heldBoth },
      effects: [...tell("active"), wake(grant.window.end)],
    });
    expect(outcomeOf(state, activationFailed(true), at)).toStrictEqual({
      by: null,
      type: "activationFailed",
      concluded: { grant: { ...grant, generation: 2, attempts: 1 }, entitlementReports: [] },
      effects: [{ type: "activate", generation: 2, notBefore: at + 30 * second }],
    });
    const failed = (attempts: number) => [{ code: "activation_failed", rule: "L6", path: [], attempts }];
    const end = { status: "deactivating", wakeAt: null };
    const order = { type: "deactivate", generation: 1, notBefore: null };
    expect(outcomeOf(state, activationFailed(false), at)).toStrictEqual({
      by: null,
      type: "activationFailed",
      concluded: { ...end, cause: "activationFailed", grant, reasons: failed(1), entitlementReports: [] },
      effects: [order, ...tell("ending")],
    });
    expect(outcomeOf(state, timeReached)).toStrictEqual({
      by: null,
      type: "timeReached",
      concluded: { ...end, cause: "activationFailed", grant, reasons: failed(0) },
      effects: [order],
    });
    expect(outcomeOf(state, activated, grant.window.end)).toStrictEqual({
      by: null,
      type: "activated",
      concluded: { ...end, cause: "ended", grant, reasons: [], entitlementReports: heldBoth },
      effects: [order],
    });
    expect(outcomeOf(state, revoke({ id: "gil" }), at)).toStrictEqual({
      by: "gil",
      type: "revoke",
      concluded: { ...end, cause: "revoked", grant, reasons: [] },
      effects: [order],
    });
  });

  it("L5, L10, W6: an active grant ends, is revoked, and is extended", () => {
    const state = active();
    const grant = { ...grantAt(state.lastAt - second), activatedAt: state.lastAt };
    const at = state.lastAt + minute;
    const end = { status: "deactivating", wakeAt: null, grant };
    const order = { type: "deactivate", generation: 1, notBefore: null };
    expect(outcomeOf(state, timeReached)).toStrictEqual({
      by: null,
      type: "timeReached",
      concluded: { ...end, cause: "ended", reasons: [] },
      effects: [order],
    });
    expect(outcomeOf(state, revoke(root), at)).toStrictEqual({
      by: "root",
      type: "revoke",
      concluded: { ...end, cause: "revoked", reasons: [] },
      effects: [order, ...tell("ending")],
    });
    for (const grantee of ["gone", person("gil", ["staff"], { active: false })] as const) {
      expect(outcomeOf(state, factsRead({ grantee }), at)).toStrictEqual({
        by: null,
        type: "factsRead",
        concluded: { ...end, cause: "granteeInactive", reasons: [{ code: "grantee_inactive", rule: "L10", path: [] }] },
        effects: [order, ...tell("ending")],
      });
    }
    const later = grant.window.end + 30 * minute;
    expect(outcomeOf(state, extend({}, { id: "gil" }), at)).toStrictEqual({
      by: "gil",
      type: "extend",
      concluded: { wakeAt: later, grant: { ...grant, window: { ...grant.window, end: later }, extensions: 1 } },
      effects: [{ type: "changeEnd", generation: 1, notBefore: null }, wake(later), ...tell("active")],
    });
  });

  it("L6: access is over when that is confirmed; what sticks is tried again and told", () => {
    const state = ending();
    expect(outcomeOf(state, deactivated)).toStrictEqual({
      by: null,
      type: "deactivated",
      concluded: { status: "revoked", wakeAt: null, entitlementReports: reports(state, "notHeld"), reasons: [] },
      effects: tell("over"),
    });
    const due = state.lastAt + minute + 30 * second;
    expect(outcomeOf(state, deactivationFailed, state.lastAt + minute)).toStrictEqual({
      by: null,
      type: "deactivationFailed",
      concluded: { wakeAt: due, grant: { ...state.grant, attempts: 1 }, entitlementReports: [], reasons: [] },
      effects: [wake(due)],
    });
    const again = played(state, deactivationFailed);
    expect(outcomeOf(again, timeReached)).toStrictEqual({
      by: null,
      type: "timeReached",
      concluded: { wakeAt: null, grant: { ...state.grant, attempts: 1, generation: 2 } },
      effects: [{ type: "deactivate", generation: 2, notBefore: null }],
    });
    const stuck = (attempts: number) => [{ code: "deactivation_stuck", rule: "L6", path: [], attempts }];
    const third = outcomeOf(played(again, deactivationFailed), deactivationFailed, again.lastAt + hour);
    expect(third).toMatchObject({ concluded: { reasons: stuck(3) } });
    expect(third.effects).toStrictEqual([
      wake(again.lastAt + hour + 120 * second),
      { type: "notify", to: "administrators", about: "stuck" },
    ]);
  });

  it("L6: only the last word on what sticks is kept, beside why it is taken back, and none once it is gone", () => {
    const given = { code: "activation_failed", rule: "L6", path: [], attempts: 1 };
    const stuck = (attempts: number) => ({ code: "deactivation_stuck", rule: "L6", path: [], attempts });
    const state = played(activating(), activationFailed(false), deactivationFailed, deactivationFailed, deactivationFailed);
    expect(state.reasons).toEqual([given, stuck(3)]);
    expect(played(state, deactivationFailed).reasons).toEqual([given, stuck(4)]);
    expect(played(state, deactivated)).toMatchObject({ status: "activationFailed", reasons: [given] });
  });

  it("L7: a vote is recorded as its voter's, and as the approval's own event", () => {
    const state = played(waiting(), completeMfa);
    const { concluded, ...outcome } = outcomeOf(state, vote(lena, "reject", "no"));
    expect(outcome).toEqual({
      by: "lena",
      type: "vote",
      effects: [
        { type: "notify", to: "requestor", about: "decided" },
        { type: "notify", to: "grantee", about: "decided" },
      ],
    });
    expect(concluded).toMatchObject({ status: "rejected", wakeAt: null, approvalEvent: { type: "vote", by: "lena" } });
  });

  it("L2: a submission asks the grantee for MFA, by a time", () => {
    const { recorded, state, effects } = accepted(submitRequest(flow, asking({ grantee: gil })));
    expect(recorded).toStrictEqual({
      ...{ revision: 1, at: monday, by: "ada", type: "submitted" },
      concluded: { status: "awaitingMfa", wakeAt: monday + hour, request: state.request },
    });
    expect(effects).toStrictEqual([
      { key: "r1:1:0", type: "requestMfa", grantee: "gil" },
      { key: "r1:1:1", type: "wake", at: monday + hour },
    ]);
  });
});
