import { describe, expect, it } from "vitest";
import { grantRequest } from "../../../src/core/request/grant-request.js";
import type { RequestEvent } from "../../../src/core/request/request-event.js";
import type { RequestState } from "../../../src/core/request/request-state.js";
import { transitionRequest } from "../../../src/core/request/transition-request.js";
import { invalid, noInstant } from "../reasons.js";
import {
  accepted,
  activated,
  activationFailed,
  ada,
  byLeads,
  completeMfa,
  copyOf,
  database,
  day,
  type EventOf,
  extend,
  facts,
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
  read,
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

const flow = flowWith({ approval: byLeads, requestFor: forOthers }, { maxExtensions: 1 });
const byMfa = flowWith({ approval: byLeads }, { requireMfa: true });
const bare = flowWith({}, { maxExtensions: 1 });

const why = (code: string, rule: string, path: readonly string[] = [], details = {}) => ({ code, rule, path, ...details });

/** The reasons of a refusal; none where it was accepted. */
function reasonsOf(state: RequestState, event: EventOf, at?: number): unknown {
  const answer = take(state, event, at);
  return answer.ok ? [] : answer.error.reasons;
}

describe("events that cannot be read, in full (E1)", () => {
  const at = monday + minute;
  const by = { id: "ada" };
  const known = { requestor: ada, grantee: null, flow: "active", notCovered: [], readAt: at };
  const [report] = reports(submitted(bare), "held");
  const good = { type: "activated", generation: 1, reports: [], at };
  const withFacts = (more: object) => ({ type: "factsRead", facts: { ...known, ...more }, at });
  const cases: [string, unknown, unknown[]][] = [
    ["a list", Object.assign([], { type: "revoke", by, at }), [why("event_unknown", "L7")]],
    [
      "MFA, everything wrong",
      { type: "completeMfa", at: null, more: 1 },
      [invalid("event", "more"), invalid("by"), invalid("evidence"), noInstant("at")],
    ],
    ["MFA with evidence of no time", { type: "completeMfa", by, evidence: { id: "e" }, at }, [noInstant("evidence.at")]],
    ["a revocation, everything wrong", { type: "revoke", at: "now", more: 1 }, [invalid("event", "more"), invalid("by"), noInstant("at")]],
    [
      "an extension, everything wrong",
      { type: "extend", more: 1, zones: 1 },
      [invalid("event", "more"), invalid("by"), invalid("facts"), noInstant("at"), { ...invalid("zones"), rule: "X11" }],
    ],
    [
      "facts, everything wrong",
      { type: "factsRead", more: 1, zones: 1, facts: [] },
      [invalid("event", "more"), invalid("facts"), noInstant("at"), { ...invalid("zones"), rule: "X11" }],
    ],
    [
      "facts without a word",
      { type: "factsRead", facts: { more: 1 }, at },
      [
        ...[invalid("facts", "more"), invalid("requestor"), invalid("grantee"), invalid("facts", "flow")],
        ...[invalid("facts", "notCovered"), noInstant("facts.readAt")],
      ],
    ],
    ["facts of nobody", withFacts({ requestor: null, grantee: { id: 1 } }), [invalid("requestor"), invalid("grantee", "id")]],
    ["positions that are no list", withFacts({ notCovered: { length: 0 } }), [invalid("facts", "notCovered")]],
    ["a position before the first", withFacts({ notCovered: [0, -1] }), [invalid("facts", "notCovered")]],
    ["half a position", withFacts({ notCovered: [0.5] }), [invalid("facts", "notCovered")]],
    ["a position as a text", withFacts({ notCovered: ["0"] }), [invalid("facts", "notCovered")]],
    ["1,001 positions", withFacts({ notCovered: Array(1_001).fill(0) }), [invalid("facts", "notCovered")]],
    [
      "a report, everything wrong",
      { type: "activated", retryable: true },
      [invalid("event", "retryable"), invalid("event", "generation"), invalid("event", "reports"), noInstant("at")],
    ],
    ["a failure without a word on trying again", { ...good, type: "activationFailed" }, [invalid("event", "retryable")]],
    ["reports that are no list", { ...good, reports: { length: 0 } }, [invalid("event", "reports")]],
    [
      "reports that are none",
      { ...good, reports: [report, null, { ...report, sessionsMayPersist: "no" }, { ...report, entitlement: -1 }, "held"] },
      [1, 2, 3, 4].map((position) => invalid("event", "reports", position)),
    ],
  ];
  it.each(cases)("E1: %s", (_, event, reasons) => {
    expect(transitionRequest(submitted(bare), event as RequestEvent)).toEqual({ ok: false, error: { reasons } });
  });

  it("D4: a thousand positions are read, each once, in their order", () => {
    const entitlements = Array.from({ length: 12 }, (_, index) => ({ ...read, permission: `p${index}` }));
    const permissions = entitlements.map(({ permission }) => permission);
    const targets = [{ kind: "integration", integration: "pg", resourceType: "database", permissions }] as const;
    const state = submitted(flowWith({ targets }), { entitlements, resources: [{ ...database, permissions }] });
    const notCovered = Array.from({ length: 1_000 }, (_, index) => [10, 2, 0, 11, 2, 9][index % 6] ?? 0);
    expect(played(state, factsRead({ notCovered })).reasons).toEqual([
      why("no_longer_covered", "L3"),
      ...[0, 2, 9, 10, 11].map((position) => why("not_covered", "T8", ["targets"], entitlements[position])),
    ]);
  });
});

describe("events that are refused, in full (L7)", () => {
  const scheduled = () => played(submitted(flow, { grantee: gil }), vote(lena));
  const activating = () => played(scheduled(), factsRead());
  const active = () => played(activating(), activated);

  it("L7: what is over, decided, or not the time for it", () => {
    const rejected = played(submitted(flow), vote(lena, "reject"));
    expect(reasonsOf(rejected, vote(lena))).toEqual([why("request_over", "L7", [], { status: "rejected" })]);
    expect(reasonsOf(rejected, timeReached, monday)).toEqual([why("clock_went_back", "L7", [], { lastAt: rejected.lastAt })]);
    expect(reasonsOf(scheduled(), vote(lena))).toEqual([why("request_decided", "A4", [], { status: "approved" })]);
    expect(reasonsOf(submitted(bare), vote(lena))).toEqual([why("request_decided", "A4", [], { status: "approved" })]);
    expect(reasonsOf(submitted(byMfa), vote(lena))).toEqual([why("status_forbids", "L7", [], { status: "awaitingMfa" })]);
    expect(reasonsOf(scheduled(), revoke(root))).toEqual([why("status_forbids", "L7", [], { status: "scheduled" })]);
  });

  it("L5: who may not, and what is ending already", () => {
    const eve = { id: "eve" };
    expect(reasonsOf(scheduled(), withdraw(eve))).toEqual([why("not_allowed_to_withdraw", "L5")]);
    for (const state of [activating(), active()]) expect(reasonsOf(state, revoke(eve))).toEqual([why("not_allowed_to_revoke", "L5")]);
    expect(reasonsOf(played(active(), revoke(root)), revoke(root))).toEqual([why("already_ending", "L5", [], { status: "deactivating" })]);
  });

  it("L2: MFA by another, in vain, too late", () => {
    const evidence = { id: "e", at: monday };
    expect(reasonsOf(submitted(byMfa), () => ({ type: "completeMfa", by: { id: "eve" }, evidence, at: monday + hour }))).toEqual([
      why("not_the_grantee", "L2"),
      why("mfa_too_old", "L2", [], { at: monday }),
      why("request_expired", "L2", ["settings", "mfaWithin"], { expiredAt: monday + hour }),
    ]);
    expect(reasonsOf(submitted(byMfa), completeMfa)).toEqual([]);
  });

  it("L6: reports of another order, of other entitlements, and facts that nobody asked for", () => {
    const state = activating();
    expect(reasonsOf(played(state, activationFailed(true)), (made) => ({ ...activated(made), generation: 1 }) as RequestEvent)).toEqual([
      why("effect_stale", "L6"),
    ]);
    const other = { entitlement: 1, access: "held", sessionsMayPersist: false } as const;
    expect(reasonsOf(state, (made) => ({ ...activated(made), reports: [other] }) as RequestEvent)).toEqual([invalid("event", "reports")]);
    const paused = played(scheduled(), factsRead({ flow: "unknown" }));
    expect(reasonsOf(paused, factsRead())).toEqual([why("effect_stale", "L6")]);
  });

  it("L3: facts that are too old, or about others", () => {
    const state = scheduled();
    const at = state.lastAt + 2 * minute;
    const about = (more: object) => reasonsOf(state, (made) => ({ type: "factsRead", facts: facts(made, at, more), at }));
    expect(about({ readAt: at + 1 })).toEqual([invalid("facts", "readAt")]);
    expect(about({ readAt: at - minute - 1 })).toEqual([why("facts_too_old", "L3", [], { readAt: at - minute - 1 })]);
    expect(about({ requestor: gil, grantee: ada, notCovered: [1] })).toEqual([
      ...[invalid("facts", "requestor", "id"), invalid("facts", "grantee", "id"), invalid("facts", "notCovered")],
    ]);
    expect(about({ grantee: null })).toEqual([invalid("facts", "grantee")]);
    expect(about({ grantee: "gone", notCovered: "unknown" })).toEqual([]);
  });

  it("L3: why a request is rejected before it activates", () => {
    const rejected = (state: RequestState, more: object) => played(state, factsRead(more)).reasons;
    const noLonger = why("no_longer_eligible", "L3");
    expect(rejected(scheduled(), { requestor: "gone", grantee: "gone" })).toEqual([
      ...[noLonger, why("requestor_inactive", "C9"), why("grantee_inactive", "C9")],
    ]);
    expect(rejected(scheduled(), { requestor: person("ada") })).toEqual([
      ...[noLonger, why("condition_fails", "C2", ["requestors", "conditions", 0] as never, { subject: "requestor", attribute: "group" })],
    ]);
    expect(rejected(scheduled(), { requestor: "unknown", grantee: { ...gil, active: false } })).toEqual([
      ...[noLonger, why("grantee_inactive", "C9")],
    ]);
    // Of a requestor nobody knows about, it is not known either whether they may ask for the grantee.
    const others = flowWith({ requestFor: { ...forOthers, scopes: ["others"] } });
    expect(played(submitted(others, { grantee: gil }), factsRead({ requestor: "unknown" }))).toMatchObject({
      ...{ status: "scheduled", pauses: 1, reasons: [] },
    });
  });

  it("L3: a stored request that waits for facts before the start that was asked for waits for that start", () => {
    const later = flowWith({}, { startWithin: { amount: 1, unit: "day" } });
    const state = submitted(later, { startAt: monday + hour });
    const asked = { ...state, awaitingFacts: true, wakeAt: state.activateBy };
    expect(played(asked, factsRead())).toMatchObject({ status: "scheduled", awaitingFacts: false, wakeAt: monday + hour });
  });

  it("R3: whether one may ask for oneself is judged again, of a stored request, too", () => {
    const state = submitted(flow);
    const stored = {
      ...state,
      request: { ...state.request, flow: flowWith({ approval: byLeads, requestFor: { ...forOthers, scopes: ["others"] } }) },
    };
    expect(played(played(stored, vote(lena)), factsRead()).reasons).toEqual([
      ...[why("no_longer_eligible", "L3"), why("scope_not_allowed", "R3", ["requestFor", "scopes"], { scope: "self" })],
    ]);
  });

  it("L3: facts that come when its time is up expire it, whatever they say", () => {
    const state = scheduled();
    const late = played(state, (made) => factsRead({ flow: "gone" })(made, state.activateBy ?? 0));
    expect(late).toMatchObject({ status: "expired", reasons: [why("activation_overdue", "L3", ["settings", "activateWithin"])] });
  });

  it("W6: an extension by another, of what is over, used up, or not eligible any more", () => {
    const spent = played(active(), extend({}, { id: "gil" }));
    const end = spent.grant?.window.end ?? 0;
    const unknown = { flow: "unknown", requestor: "unknown", grantee: "unknown" } as const;
    expect(reasonsOf(spent, extend(unknown), end)).toEqual([
      why("not_the_grantee", "W6"),
      why("grant_over", "W5"),
      why("extensions_used_up", "W6", ["settings", "maxExtensions"]),
      why("facts_unknown", "W6"),
    ]);
    expect(reasonsOf(active(), extend({ requestor: "gone" }, { id: "gil" }))).toEqual([
      why("no_longer_eligible", "W6"),
      why("requestor_inactive", "C9"),
    ]);
    expect(reasonsOf(active(), extend({ requestor: { id: "ada" } }, { id: "gil" }))).toEqual([
      why("facts_unknown", "W6"),
      why("attribute_missing", "C4", ["requestors", "conditions", 0] as never, { subject: "requestor", attribute: "group", nearest: null }),
    ]);
  });

  it("W6: a grant without end has none to move", () => {
    const endless = flowWith({ grantFor: { kind: "indefinite" } });
    expect(reasonsOf(played(submitted(endless), factsRead(), activated), extend())).toEqual([why("grant_indefinite", "W6", ["grantFor"])]);
  });

  const schedule = { kind: "onlyOn", days: ["monday"], from: "08:00", to: "10:15", timeZone: "UTC" } as const;
  const extending = (minutes: number, grantFor: object) => {
    const settings = { maxExtensions: 1, extension: { amount: minutes, unit: "minute" } } as const;
    return played(
      submitted(flowWith({ schedule, grantFor: { amount: 1, unit: "hour", kind: "fixed", ...grantFor } as never }, settings)),
      (made) => factsRead()(made, monday),
      activated,
    );
  };

  it("W6: under `endWith` up to the closing, otherwise beyond it", () => {
    const withSchedule = { endWith: "schedule" };
    expect(reasonsOf(extending(15, withSchedule), extend())).toEqual([]);
    expect(reasonsOf(extending(16, withSchedule), extend())).toEqual([
      why("duration_out_of_range", "W6", ["settings", "extension"], { maximumMs: 75 * minute }),
    ]);
    expect(reasonsOf(extending(16, {}), extend())).toEqual([]);
  });

  it("R2: an extension while the schedule is closed is refused with the next opening", () => {
    const state = extending(16, { amount: 2 });
    expect(reasonsOf(state, extend(), monday + 90 * minute)).toEqual([
      why("schedule_closed", "R2", ["schedule"], { opensAt: monday + 7 * day - hour }),
    ]);
  });

  it("A11: an approval expires when its time was up, however late that is noticed", () => {
    const state = submitted(flow);
    const due = state.wakeAt ?? 0;
    expect(played(state, (made) => timeReached(made, due + hour)).reasons).toEqual([
      why("request_expired", "A11", ["approval", "expiresAfter"], { expiredAt: due }),
    ]);
  });

  it("A12: each tier sets the timer for the next", () => {
    const leads = { conditions: [{ attribute: "group", values: ["leads"] }] };
    const escalation = { every: { amount: 1, unit: "hour" }, tiers: [leads, leads] } as const;
    const state = submitted(flowWith({ approval: { ...byLeads, escalation } as never }));
    expect([state.wakeAt, played(state, timeReached).wakeAt]).toEqual([monday + hour, monday + 2 * hour]);
  });
});

describe("planned grants that are refused, in full (M4)", () => {
  const input = { id: "g1", grantee: ada, entitlements: [read], at: monday } as const;
  const automatic = flowWith({ trigger: "automatic" });
  const refused = (of: unknown, given: unknown) => {
    const answer = grantRequest(of as never, given as never);
    return answer.ok ? [] : answer.error.reasons;
  };

  it("M4: what is of no known shape is named, all of it", () => {
    for (const none of [null, Object.assign([], input), "g1"]) {
      expect(refused(null, none)).toEqual([
        ...[invalid("flow"), invalid("input"), invalid("id"), invalid("grantee"), invalid("entitlements"), noInstant("at")],
      ]);
    }
    expect(refused(automatic, { ...input, more: 1 })).toEqual([invalid("input", "more")]);
  });

  it("M4: everything that stands against it", () => {
    const flow = { ...flowWith(), active: false };
    expect(refused(flow, { ...input, grantee: { ...ada, active: false }, entitlements: [] })).toEqual([
      { ...invalid("flow", "trigger"), rule: "M4", path: ["trigger"] },
      why("flow_inactive", "R2", ["active"]),
      why("grantee_inactive", "C9"),
      why("nothing_asked", "L1"),
    ]);
  });

  it("M4: it is its grantee's own, and scheduled at once", () => {
    const { state, recorded, effects } = accepted(grantRequest(automatic, input));
    expect(copyOf(state)).toEqual({
      ...{ kind: "requestState", format: "requestState/v1", status: "scheduled", revision: 1, lastAt: monday },
      request: {
        ...{ id: "g1", flow: copyOf(automatic), grantee: null, owners: [], entitlements: [read], requestedDuration: null },
        ...{ requestor: copyOf(submitted(bare).request.requestor), startAt: null, justification: null, submittedAt: monday },
      },
      ...{ wakeAt: monday + 7 * day, mfa: null, approval: null, activateBy: monday + 7 * day, awaitingFacts: true, pauses: 0 },
      ...{ grant: null, cause: null, entitlementReports: [], reasons: [] },
    });
    expect([recorded?.by, recorded?.type, effects]).toEqual([null, "submitted", [{ key: "g1:1:0", type: "readFacts" }]]);
  });
});

describe("where instants end (S8)", () => {
  const last = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

  const granted = (at: number) =>
    accepted(grantRequest(flowWith({ trigger: "automatic" }), { id: "g1", grantee: ada, entitlements: [read], at })).state;

  it("L3: what could be due only afterwards has no timer, and nothing is done without one", () => {
    const state = granted(last - minute);
    expect([state.wakeAt, state.awaitingFacts]).toEqual([null, true]);
    expect(take(state, timeReached, last)).toEqual({ ok: true, value: { state, effects: [], recorded: null } });
    const paused = played(state, factsRead({ flow: "unknown" }));
    expect([paused.wakeAt, paused.awaitingFacts]).toEqual([last - minute + 31 * second, false]);
    const late = played(granted(last - 10 * second), factsRead({ flow: "unknown" }));
    expect([late.wakeAt, late.awaitingFacts]).toEqual([null, false]);
    expect(take(late, timeReached, last)).toEqual({ ok: true, value: { state: late, effects: [], recorded: null } });
  });

  it("S6: a schedule that does not open again lets nothing activate", () => {
    const schedule = { kind: "onlyOn", days: ["friday"], from: "08:00", to: "10:15", timeZone: "UTC" } as const;
    const at = Date.UTC(9999, 11, 31, 10, 14, 59);
    const state = submitted(flowWith({ schedule }), { at });
    expect(played(state, factsRead())).toMatchObject({ status: "expired", grant: null });
    expect(played(submitted(flowWith({ schedule }), { at: at - minute }), factsRead()).status).toBe("activating");
  });
});
