import { describe, expect, it } from "vitest";
import type { RequestState } from "../../../src/core/request/request-state.js";
import { requestStatuses } from "../../../src/core/request/request-status.js";
import { requestTable } from "../../fixtures/request-table.js";
import {
  activated,
  activationFailed,
  ada,
  byLeads,
  codesOf,
  completeMfa,
  day,
  deactivated,
  deactivationFailed,
  type EventOf,
  extend,
  factsRead,
  flowWith,
  hour,
  inShort,
  lena,
  minute,
  monday,
  person,
  played,
  read,
  revoke,
  root,
  second,
  submitted,
  take,
  timeReached,
  vote,
  withdraw,
  write,
} from "./support.js";

const leads = { conditions: [{ attribute: "group", values: ["leads"] }] };
const approval = {
  ...byLeads,
  kind: "approvalOf",
  groups: "anyOf",
  approverGroups: [leads],
  escalation: { every: { amount: 1, unit: "hour" }, tiers: [{ conditions: [{ attribute: "group", values: ["bosses"] }] }] },
} as const;
const settings = {
  requireMfa: true,
  requestorCannotApproveSelf: true,
  maxExtensions: 1,
  startWithin: { amount: 2, unit: "day" },
  activateWithin: { amount: 2, unit: "day" },
} as const;
const flow = flowWith({ approval }, settings);
const automatic = flowWith({}, settings);
const ofTwo = flowWith({ approval: { ...approval, approverGroups: [{ ...leads, required: 2 }] } }, settings);
const indefinite = flowWith({ approval, grantFor: { kind: "indefinite" } }, { ...settings, maxExtensions: 0 });
const toTheLimit = flowWith({ approval, grantFor: { kind: "fixed", amount: 3_650, unit: "day" } }, settings);
const schedule = {
  kind: "onlyOn",
  days: ["monday", "tuesday", "wednesday", "thursday", "friday"],
  from: "08:00",
  to: "18:00",
  timeZone: "UTC",
} as const;
const byDay = flowWith({ approval, schedule }, settings);
const forAnHour = flowWith({ approval, schedule }, { ...settings, activateWithin: { amount: 12, unit: "hour" } });

const mfa = { id: "e0", at: monday };
const approve = vote(lena);
const both = { entitlements: [read, write] };

const waiting = submitted(flow, { mfa, ...both });
const scheduled = played(waiting, approve);
const activating = played(scheduled, factsRead());
const active = played(activating, activated);
const endless = played(submitted(indefinite, { mfa }), approve);
const ending = played(active, timeReached);

const states: { readonly [name: string]: RequestState } = {
  awaitingMfa: submitted(flow),
  "awaitingMfa automatic": submitted(automatic),
  "awaitingMfa automatic, early": submitted(automatic, { startAt: monday + day }),
  awaitingApproval: waiting,
  "awaitingApproval early": submitted(flow, { mfa, startAt: monday + day }),
  "awaitingApproval of two": submitted(ofTwo, { mfa }),
  "awaitingApproval of two, one voted": played(submitted(ofTwo, { mfa }), approve),
  "awaitingApproval tier asked": played(waiting, timeReached),
  scheduled,
  "scheduled waiting": played(scheduled, factsRead({ flow: "unknown" })),
  "scheduled indefinite": endless,
  "scheduled by day": played(submitted(byDay, { mfa }), approve),
  "scheduled by day, for an hour": played(submitted(forAnHour, { mfa }), approve),
  activating,
  "activating indefinite": played(endless, factsRead()),
  "activating after five failures": played(activating, ...Array.from({ length: 5 }, () => activationFailed(true))),
  active,
  "active indefinite": played(endless, factsRead(), activated),
  "active extended": played(active, extend()),
  "active to the limit": played(submitted(toTheLimit, { mfa }), approve, factsRead(), activated),
  "deactivating ended": ending,
  "deactivating revoked": played(active, revoke({ id: "ada" })),
  "deactivating grantee inactive": played(active, factsRead({ requestor: "gone" })),
  "deactivating activation failed": played(activating, activationFailed(false)),
  "deactivating failed once": played(ending, deactivationFailed),
  "deactivating failed twice": played(ending, deactivationFailed, deactivationFailed),
  ended: played(ending, deactivated),
  revoked: played(active, revoke({ id: "ada" }), deactivated),
  rejected: played(waiting, vote(lena, "reject")),
  withdrawn: played(waiting, withdraw({ id: "ada" })),
  expired: played(waiting, timeReached, timeReached),
  activationFailed: played(activating, activationFailed(false), deactivated),
};

/** The instant at which a state's time runs out, whatever wakes it first. */
function lastMoment(state: RequestState): number {
  if (state.status === "awaitingApproval") return state.request.submittedAt + day;
  return state.activateBy !== null && state.status === "scheduled" ? state.activateBy : (state.grant?.window.end ?? state.wakeAt ?? 0);
}
const atLast =
  (event: EventOf): EventOf =>
  (state) =>
    event(state, lastMoment(state));
/** With the facts as they were that long before the event. */
const aged =
  (event: EventOf, age: number): EventOf =>
  (state) => {
    const made = event(state, state.lastAt + 2 * minute);
    return "facts" in made ? { ...made, facts: { ...made.facts, readAt: state.lastAt + 2 * minute - age } } : made;
  };
const evidence =
  (age: number): EventOf =>
  (state) =>
    ({ ...completeMfa(state), evidence: { id: "e1", at: state.lastAt + second - age } }) as ReturnType<EventOf>;
const byOf =
  (by: { id: string; administrator?: boolean }): EventOf =>
  (state) =>
    ({ ...completeMfa(state), by }) as ReturnType<EventOf>;
const otherOrder =
  (event: EventOf): EventOf =>
  (state) =>
    ({ ...event(state), generation: (state.grant?.generation ?? 0) + 1 }) as ReturnType<EventOf>;
const reporting =
  (...access: ("held" | "heldBefore" | "notHeld" | "unknown")[]): EventOf =>
  (state) =>
    ({
      ...activated(state),
      reports: access.map((each, entitlement) => ({ entitlement, access: each, sessionsMayPersist: false })),
    }) as ReturnType<EventOf>;
const stranger = person("eve", ["staff"]);
const outOfStaff = person("ada", []);

const events: { readonly [name: string]: EventOf } = {
  completeMfa,
  "completeMfa of 15 minutes ago": evidence(15 * minute),
  "completeMfa by the approver": byOf({ id: "lena" }),
  "completeMfa by an administrator": byOf(root),
  "completeMfa too old": evidence(15 * minute + 1),
  "completeMfa of the future": evidence(-1),
  "completeMfa at the deadline": atLast(completeMfa),
  vote: approve,
  "vote to reject": vote(lena, "reject", "not now"),
  "vote by the requestor": vote(ada),
  "vote by a stranger": vote(stranger),
  "vote at the deadline": atLast(approve),
  timeReached,
  "timeReached a millisecond early": (state) => timeReached(state, (state.wakeAt ?? 0) - 1),
  "timeReached at the deadline": atLast(timeReached),
  "timeReached at the last moment": atLast(timeReached),
  withdraw: withdraw({ id: "ada" }),
  "withdraw by an administrator": withdraw(root),
  "withdraw by the approver": withdraw({ id: "lena" }),
  "withdraw at the deadline": atLast(withdraw({ id: "ada" })),
  revoke: revoke({ id: "ada" }),
  "revoke by the approver": revoke({ id: "lena" }),
  "revoke by an administrator": revoke(root),
  "revoke by a stranger": revoke({ id: "eve" }),
  extend: extend(),
  "extend by the approver": extend({}, { id: "lena" }),
  "extend at the end": atLast(extend()),
  "extend too old": aged(extend(), minute + 1),
  "extend person fails": extend({ requestor: outOfStaff }),
  "extend person unknown": extend({ requestor: "unknown" }),
  factsRead: factsRead(),
  "factsRead a minute ago": aged(factsRead(), minute),
  "factsRead too old": aged(factsRead(), minute + 1),
  "factsRead of the future": aged(factsRead(), -1),
  "factsRead at the last moment": atLast(factsRead()),
  "factsRead at night": (state) => factsRead()(state, monday + 10 * hour),
  "factsRead flow inactive": factsRead({ flow: "inactive" }),
  "factsRead flow gone": factsRead({ flow: "gone" }),
  "factsRead flow unknown": factsRead({ flow: "unknown" }),
  "factsRead person fails": factsRead({ requestor: outOfStaff }),
  "factsRead person inactive": factsRead({ requestor: { ...ada, active: false } }),
  "factsRead person gone": factsRead({ requestor: "gone" }),
  "factsRead person unknown": factsRead({ requestor: "unknown" }),
  "factsRead attribute missing": factsRead({ requestor: { id: "ada" } }),
  "factsRead not covered": factsRead({ notCovered: [0] }),
  "factsRead coverage unknown": factsRead({ notCovered: "unknown" }),
  activated,
  "activated at the end": atLast(activated),
  "activated in part": reporting("held", "notHeld"),
  "activated perhaps": reporting("unknown", "heldBefore"),
  "activated by another order": otherOrder(activated),
  activationFailed: activationFailed(true),
  "activationFailed for good": activationFailed(false),
  "activationFailed at the end": atLast(activationFailed(true)),
  "activationFailed by another order": otherOrder(activationFailed(true)),
  deactivated,
  "deactivated by another order": otherOrder(deactivated),
  deactivationFailed,
};

const eventTypes = [
  ...["completeMfa", "vote", "withdraw", "revoke", "extend", "factsRead", "activated", "activationFailed", "deactivated"],
  ...["deactivationFailed", "timeReached"],
];
const firstWord = (name: string) => name.split(" ")[0] ?? "";

describe("the table of the request machine", () => {
  it.each(requestTable)("L7: %s, %s: %s", (stateName, eventName, outcome) => {
    const [state, event] = [states[stateName], events[eventName]];
    if (state === undefined || event === undefined) throw new Error(`not made: ${stateName}, ${eventName}`);
    expect([state.status, event(state).type]).toEqual([firstWord(stateName), firstWord(eventName)]);
    const text = JSON.stringify(state);
    const answer = take(state, event);
    expect(JSON.stringify(state)).toBe(text);
    if (outcome.startsWith("! ")) expect(codesOf(answer).join(", ")).toBe(outcome.slice(2));
    else if (!answer.ok) expect(answer.error.reasons).toBe(outcome);
    else if (outcome === "same") {
      expect(answer.value.state).toBe(state);
      expect([answer.value.effects, answer.value.recorded]).toEqual([[], null]);
    } else {
      expect(`→ ${answer.value.state.status}: ${inShort(answer.value).join(", ")}`).toBe(outcome);
      expect(answer.value.state.revision).toBe(state.revision + 1);
      expect(answer.value.recorded?.revision).toBe(state.revision + 1);
      expect(answer.value.effects.map(({ key }) => key)).toEqual(answer.value.effects.map((_, n) => `r1:${state.revision + 1}:${n}`));
    }
  });

  it("L7: every one of the 12 × 11 cells is in the table", () => {
    const cells = new Set(requestTable.map(([state, event]) => `${firstWord(state)} × ${firstWord(event)}`));
    const all = requestStatuses.flatMap((status) => eventTypes.map((event) => `${status} × ${event}`));
    expect([...cells].sort()).toEqual(all.sort());
    expect(all.length).toBe(132);
  });

  it("L7: every state and event that is made is used", () => {
    const used = new Set(requestTable.flatMap(([state, event]) => [`state ${state}`, `event ${event}`]));
    const made = [...Object.keys(states).map((name) => `state ${name}`), ...Object.keys(events).map((name) => `event ${name}`)];
    expect(made.filter((name) => !used.has(name))).toEqual([]);
  });

  it.each(Object.keys(states))("L7: an earlier event is refused before anything else: %s", (name) => {
    const state = states[name];
    if (state === undefined) throw new Error("not made");
    for (const event of Object.values(events)) {
      const early: EventOf = (made) => ({ ...event(made), at: made.lastAt - 1 });
      expect(codesOf(take(state, early))).toEqual(["clock_went_back"]);
    }
  });
});
