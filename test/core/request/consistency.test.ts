import { describe, expect, it } from "vitest";
import { openedApproval } from "../../../src/core/request/event/open-request.js";
import type { RequestState } from "../../../src/core/request/request-state.js";
import { requestInconsistencies } from "../../../src/core/request/state/request-consistency.js";
import {
  activated,
  activationFailed,
  byLeads,
  completeMfa,
  copyOf,
  day,
  deactivated,
  deactivationFailed,
  type EventOf,
  extend,
  factsRead,
  flowWith,
  gil,
  hour,
  lena,
  minute,
  monday,
  played,
  read,
  revoke,
  root,
  second,
  submitted,
  timeReached,
  vote,
  withdraw,
} from "./support.js";

/*
 * A request as it was stored, with one place changed, or with a few that go together: everything that betrays it is
 * compared, and nothing is said of what could have been. Of each limit both sides are tried.
 */

/** A Monday, 09:00:00 submitted, :01 MFA, :02 approved, :03 begun, :04 activated; for half an hour. */
const at = (seconds: number): number => monday + seconds * second;
const start = at(3);
const end = start + 30 * minute;
const lastInstant = 253_402_300_799_999;

const flow = () => flowWith({ approval: byLeads }, { requireMfa: true, maxExtensions: 1, startWithin: { amount: 1, unit: "day" } });
const half = { requestedDuration: { amount: 30, unit: "minute" } } as const;
const schedule = { kind: "onlyOn", days: ["monday"], from: "08:00", to: "18:00", timeZone: "UTC" } as const;
const withAge =
  (age: number): EventOf =>
  (state) => ({
    type: "completeMfa",
    by: { id: "ada" },
    evidence: { id: "e1", at: state.lastAt + second - age },
    at: state.lastAt + second,
  });

const asked = () => submitted(flow(), { justification: "the report", ...half });
const waiting = () => played(asked(), completeMfa);
const scheduled = () => played(waiting(), vote(lena));
const activating = () => played(scheduled(), factsRead());
const active = () => played(activating(), activated);
const ending = () => played(active(), timeReached);
/** Without MFA, and nobody needs to approve. */
const open = () => submitted(flowWith());
/** Nobody needs to approve, but MFA is needed. */
const confirmed = (evidence = completeMfa) => played(submitted(flowWith({}, { requireMfa: true })), evidence);
const endless = () => played(submitted(flowWith({ grantFor: { kind: "indefinite" } })), factsRead(), activated);
const byDay = (grantFor: { kind: "indefinite" } | { kind: "fixed"; amount: number; unit: "hour" }) =>
  played(submitted(flowWith({ schedule, grantFor: { ...grantFor, endWith: "schedule" } })), factsRead(), activated);

const states = {
  asked,
  waiting,
  scheduled,
  activating,
  active,
  ending,
  open,
  confirmed,
  endless,
  paused: () => played(scheduled(), factsRead({ flow: "unknown" })),
  retried: () => played(activating(), activationFailed(true), activationFailed(true)),
  tried: () => played(activating(), ...Array.from({ length: 5 }, () => activationFailed(true))),
  lucky: () => played(activating(), ...Array.from({ length: 5 }, () => activationFailed(true)), activated),
  extended: () => played(active(), extend()),
  failing: () => played(ending(), deactivationFailed),
  stuck: () => played(ending(), deactivationFailed, deactivationFailed, deactivationFailed),
  revoking: () => played(active(), revoke(root)),
  ended: () => played(ending(), deactivated),
  revoked: () => played(active(), revoke(root), deactivated),
  losing: () => played(active(), factsRead({ requestor: "gone" })),
  inactive: () => played(active(), factsRead({ requestor: "gone" }), deactivated),
  failed: () => played(activating(), activationFailed(false), deactivated),
  rejected: () => played(waiting(), vote(lena, "reject")),
  stopped: () => played(scheduled(), factsRead({ flow: "gone" })),
  withdrawn: () => played(waiting(), withdraw({ id: "ada" })),
  withdrawnEarly: () => played(asked(), withdraw({ id: "ada" })),
  withdrawnLate: () => played(scheduled(), factsRead({ flow: "unknown" }), withdraw({ id: "ada" })),
  withdrawnAutomatic: () => played(confirmed(), withdraw({ id: "ada" })),
  expired: () => played(waiting(), timeReached),
  expiredEarly: () => played(asked(), timeReached),
  expiredLate: () => played(scheduled(), timeReached),
  opened: () => submitted(flowWith({ approval: byLeads })),
  openedAtOnce: () => submitted(flow(), { mfa: { id: "e", at: monday } }),
  openedLate: () => played(asked(), withAge(15 * minute)),
  startsLater: () => played(submitted(flow(), { mfa: { id: "e", at: monday }, startAt: monday + day }), vote(lena)),
  startsLaterActive: () =>
    played(submitted(flow(), { mfa: { id: "e", at: monday }, startAt: monday + day }), vote(lena), timeReached, factsRead(), activated),
  startsNow: () => submitted(flowWith(), { startAt: monday }),
  confirmedOld: () => confirmed(withAge(15 * minute)),
  strict: () => submitted(flowWith({}, { requireJustification: true, requireDuration: true }), { justification: "x", ...half }),
  endlessAsked: () => submitted(flowWith({ grantFor: { kind: "indefinite" } }), half),
  endlessRevoked: () => played(endless(), revoke(root), deactivated),
  endsWithDay: () => byDay({ kind: "indefinite" }),
  endsWithDayOrSooner: () => byDay({ kind: "fixed", amount: 12, unit: "hour" }),
  forAnother: () =>
    submitted(
      flowWith({
        approval: byLeads,
        requestFor: { scopes: ["others"], grantees: { conditions: [{ attribute: "group", values: ["staff"] }] } },
      }),
      { grantee: gil },
    ),
} satisfies { readonly [name: string]: () => RequestState };

type Changes = { readonly [path: string]: unknown };
type Row = [name: keyof typeof states, changes: Changes, ...says: string[]];

/** What is said of a state in which these places were changed; a function makes a value only where it is used. */
function wordsOf(name: keyof typeof states, changes: Changes): string[] {
  const draft = copyOf(states[name]());
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    let place = draft as unknown as { [key: string]: unknown };
    for (const key of keys) place = place[key] as { [key: string]: unknown };
    place[last] = typeof value === "function" ? value() : value;
  }
  return requestInconsistencies(draft).map(({ path, says }) => `${path.join(".")} ${says}`);
}

const atOnce = { id: "e", at: monday };
const week = 7 * day;
const held = { entitlement: 0, access: "held", sessionsMayPersist: false };
const stranger = { id: "eve", keys: ["eve"], emailsKnown: false, accountsKnown: false, managerKnown: false, manager: null };
const unowned = [{ owner: null, unknown: true, resources: 1 }];
const why = { code: "flow_inactive", rule: "L3", path: ["active"] };
const stuck = { code: "deactivation_stuck", rule: "L6", path: [], attempts: 3 };

/** A window that begins then, and lasts half an hour. */
const halfAnHourFrom = (from: number): Changes => ({
  "grant.window.start": from,
  "grant.window.end": from + 30 * minute,
  wakeAt: from + 30 * minute,
});
const activateBy = (instant: number): Changes => ({ activateBy: instant, wakeAt: instant });
/** MFA was completed, and the approval opened, at that instant. */
const openedAt = (instant: number): Changes => ({
  "mfa.at": instant,
  "approval.openedAt": instant,
  "approval.lastAt": instant,
  lastAt: instant,
  wakeAt: instant + day,
});

const rows: { readonly [about: string]: Row[] } = {
  "what was asked (L1, W1, W3)": [
    ["asked", { "request.startAt": monday + day }],
    ["asked", { "request.startAt": monday + day + 1 }, "request.startAt is later than the flow offers"],
    ["asked", { "request.startAt": monday }],
    ["asked", { "request.startAt": monday - 1 }, "request.startAt is before the submission"],
    ["startsNow", {}],
    ["startsNow", { "request.startAt": monday + 1, ...activateBy(monday + week + 1) }, "request.startAt is later than the flow offers"],
    ["asked", { "request.justification": null, "request.requestedDuration": null }],
    ["asked", { "request.justification": "x".repeat(1_000) }],
    ["asked", { "request.justification": "x".repeat(1_001) }, "request.justification is too long"],
    ["asked", { "request.justification": "\u{1f600}".repeat(1_000) }],
    ["asked", { "request.justification": "\u{1f600}".repeat(1_001) }, "request.justification is too long"],
    ["strict", {}],
    ["strict", { "request.justification": null }, "request.justification is missing"],
    ["strict", { "request.requestedDuration": null }, "request.requestedDuration is missing"],
    ["open", { "request.requestedDuration": { amount: 1, unit: "hour" } }],
    ["open", { "request.requestedDuration": { amount: 61, unit: "minute" } }, "request.requestedDuration is longer than the flow grants"],
    ["endlessAsked", {}],
    ["endlessAsked", { "request.requestedDuration": { amount: 3_650, unit: "day" } }],
    ["open", { "request.entitlements": [read, read] }, "request.entitlements are not each once, with a resource and a permission"],
    ["open", { "request.flow.active": false }, "request.flow.active is false, and nobody could ask"],
    ["open", { "request.requestor.keys": ["eve"] }, "request.requestor.keys lack the id"],
    ["withdrawnEarly", { "request.submittedAt": at(1) }],
    ["withdrawnEarly", { "request.submittedAt": at(1) + 1 }, "request.submittedAt is later than `lastAt`"],
    ["revoked", { lastAt: lastInstant }],
    ["revoked", { lastAt: lastInstant + 1 }, "lastAt is later than the year 9999"],
  ],
  "MFA (L2)": [
    ["open", { mfa: atOnce }, "mfa is there though it is not needed"],
    ["open", { status: "awaitingMfa", wakeAt: monday + hour, awaitingFacts: false }, "status is `awaitingMfa` though it is not needed"],
    ["asked", { mfa: atOnce }, "status is `awaitingMfa` after something has happened"],
    ["asked", { revision: 2 }, "status is `awaitingMfa` after something has happened"],
    ["asked", { lastAt: monday + 1 }, "status is `awaitingMfa` after something has happened"],
    ["withdrawnEarly", {}],
    ["withdrawnEarly", { revision: 3 }, "revision is not the number of events"],
    ["withdrawnEarly", { revision: 1 }, "revision is not the number of events", "revision is less than the number of events"],
    ["withdrawnEarly", { revision: 3, mfa: atOnce }, "approval is missing"],
    [
      "withdrawn",
      { mfa: null },
      "mfa is missing",
      "approval.openedAt is no time at which it could have opened",
      "revision is not the number of events",
    ],
    ["withdrawnAutomatic", {}],
    ["withdrawnAutomatic", { mfa: null }, "mfa is missing", "activateBy is there before approval"],
    ["expiredEarly", {}],
    ["expiredEarly", { lastAt: monday + hour - 1 }, "status is `expired` before the deadline"],
    ["confirmed", { mfa: null }, "mfa is missing", "activateBy is there before approval"],
    ["openedAtOnce", { "mfa.at": monday - 15 * minute }],
    [
      "openedAtOnce",
      { "mfa.at": monday - 15 * minute - 1 },
      "mfa.at is no time of evidence for this request",
      "approval.openedAt is no time at which it could have opened",
    ],
    ["withdrawnAutomatic", { "mfa.at": at(2), ...{ activateBy: at(2) + week } }],
    [
      "withdrawnAutomatic",
      { "mfa.at": at(2) + 1 },
      "mfa.at is no time of evidence for this request",
      "activateBy does not follow from the approval",
    ],
  ],
  "approval (A)": [
    ["scheduled", { approval: null }, "approval is missing", "activateBy is there before approval"],
    ["rejected", { approval: null }, "approval is missing", "reasons are missing"],
    ["withdrawn", { approval: null }, "approval is missing"],
    ["opened", { status: "withdrawn", approval: null, wakeAt: null, revision: 2 }, "approval is missing"],
    [
      "open",
      { status: "awaitingApproval", wakeAt: null, awaitingFacts: false },
      "status is `awaitingApproval` though nobody needs to approve",
    ],
    ["open", { approval: () => openedApproval(open().request, monday) }, "approval is there though nobody needs to approve"],
    ["scheduled", { "approval.status": "pending" }, "approval.status does not go with `scheduled`", "activateBy is there before approval"],
    ["active", { "approval.rules.requireApproverReason": true }, "approval.rules are not those of the request's flow"],
    ["active", { "approval.flow.id": "other" }, "approval.rules are not those of the request's flow"],
    ["active", { "approval.flow.name": "Other" }, "approval.rules are not those of the request's flow"],
    ["active", { "approval.owners": unowned }, "approval.owners are not those of the request"],
    ["active", { "approval.requestor.keys": ["ada", "ada@corp.com", "ada@home.com"] }],
    ["active", { "approval.requestor.keys": ["ada"] }, "approval.requestor or the grantee is somebody else"],
    ["active", { "approval.requestor.id": "ADA" }, "approval.requestor or the grantee is somebody else"],
    ["active", { "approval.requestor.id": "eve" }, "approval.requestor or the grantee is somebody else"],
    ["active", { "approval.grantee": stranger }, "approval.requestor or the grantee is somebody else"],
    ["forAnother", {}],
    ["forAnother", { "approval.grantee": null }, "approval.requestor or the grantee is somebody else"],
    ["forAnother", { "approval.grantee.id": "eve" }, "approval.requestor or the grantee is somebody else"],
    ["forAnother", { "approval.grantee.keys": ["gil"] }, "approval.requestor or the grantee is somebody else"],
    ["opened", {}],
    [
      "opened",
      { "approval.openedAt": at(1), "approval.lastAt": at(1), lastAt: at(1), wakeAt: at(1) + day },
      "approval.openedAt is no time at which it could have opened",
    ],
    ["opened", { "approval.openedAt": monday - 1, wakeAt: monday - 1 + day }, "approval.openedAt is no time at which it could have opened"],
    [
      "openedAtOnce",
      { "mfa.at": monday - 1, "approval.openedAt": monday - 1, wakeAt: monday - 1 + day },
      "approval.openedAt is no time at which it could have opened",
    ],
    ["openedLate", {}],
    ["openedLate", { "mfa.at": at(1) - 15 * minute - 1 }, "approval.openedAt is no time at which it could have opened"],
    ["scheduled", { "mfa.at": at(1) + 1 }, "approval.openedAt is no time at which it could have opened"],
    ["waiting", openedAt(monday + hour - 1)],
    ["waiting", openedAt(monday + hour), "approval.openedAt is no time at which it could have opened"],
    ["active", { "approval.lastAt": at(4) }],
    ["active", { "approval.lastAt": at(4) + 1 }, "approval.lastAt is later than `lastAt`"],
    ["waiting", { lastAt: at(2) }, "lastAt is not the last event's time"],
    ["rejected", { lastAt: at(3) }, "lastAt is not the last event's time"],
    ["withdrawn", { lastAt: at(3) }, "lastAt is not the last event's time"],
    ["expired", { lastAt: monday + 2 * day }, "lastAt is not the last event's time"],
    ["stopped", { lastAt: at(9) }],
  ],
  "when it has to begin (L3)": [
    ["waiting", { activateBy: monday + week }, "activateBy is there before approval"],
    ["scheduled", { activateBy: null, awaitingFacts: false }, "activateBy is missing"],
    ["active", { activateBy: null }, "activateBy is missing"],
    ["scheduled", { "approval.decidedAt": null }, "activateBy is there before approval"],
    [
      "opened",
      { status: "scheduled", approval: null, awaitingFacts: true, ...activateBy(monday + week) },
      "approval is missing",
      "activateBy is there before approval",
    ],
    ["scheduled", activateBy(at(2) + week - 1), "activateBy does not follow from the approval"],
    ["scheduled", activateBy(at(2) + week + 1), "activateBy does not follow from the approval"],
    ["startsLater", {}],
    ["startsLater", { activateBy: monday + day + week - 1 }, "activateBy does not follow from the approval"],
    ["open", activateBy(monday + week - 1), "activateBy does not follow from the approval"],
    ["open", activateBy(monday + week + 1), "activateBy does not follow from the approval"],
    // Old evidence may have come with the submission, or later.
    ["confirmedOld", activateBy(monday + week)],
    ["confirmedOld", activateBy(monday + week - 1), "activateBy does not follow from the approval"],
    ["confirmedOld", activateBy(at(1) + week)],
    ["confirmedOld", activateBy(at(1) + week + 1), "activateBy does not follow from the approval"],
    ["withdrawnAutomatic", { lastAt: monday + 2 * hour, activateBy: at(1) + 15 * minute + week }],
    [
      "withdrawnAutomatic",
      { lastAt: monday + 2 * hour, activateBy: at(1) + 15 * minute + week + 1 },
      "activateBy does not follow from the approval",
    ],
    ["withdrawnAutomatic", { "mfa.at": monday + 50 * minute, lastAt: monday + 2 * hour, activateBy: monday + hour - 1 + week }],
    [
      "withdrawnAutomatic",
      { "mfa.at": monday + 50 * minute, lastAt: monday + 2 * hour, activateBy: monday + hour + week },
      "activateBy does not follow from the approval",
    ],
    ["scheduled", { lastAt: at(2) + week - 1 }],
    ["scheduled", { lastAt: at(2) + week }, "lastAt is not before `activateBy`"],
    ["paused", { pauses: 3 }],
    ["paused", { pauses: 4 }, "pauses are more than there were"],
    ["withdrawnLate", {}],
    ["active", { pauses: 1 }, "pauses are more than there were"],
  ],
  "the window of a grant (W)": [
    ["active", { cause: "ended", revision: 6 }, "cause does not go with `active`"],
    ["active", { grant: null, wakeAt: null, entitlementReports: [] }, "grant does not go with `active`"],
    ["scheduled", { grant: () => active().grant, revision: 9 }, "grant does not go with `scheduled`"],
    ["active", halfAnHourFrom(at(2))],
    ["active", halfAnHourFrom(at(2) - 1), "grant.window begins when it could not"],
    ["active", { ...halfAnHourFrom(at(2) + week - 1), "grant.activatedAt": at(2) + week, lastAt: at(2) + week }],
    [
      "active",
      { ...halfAnHourFrom(at(2) + week), "grant.activatedAt": at(2) + week, lastAt: at(2) + week },
      "grant.window begins when it could not",
    ],
    ["startsLaterActive", { "grant.window": { start: monday + day, end: monday + day + hour }, wakeAt: monday + day + hour }],
    [
      "startsLaterActive",
      { "grant.window": { start: monday + day - 1, end: monday + day + hour - 1 }, wakeAt: monday + day + hour - 1 },
      "grant.window begins when it could not",
    ],
    ["activating", { lastAt: start }],
    ["activating", { lastAt: start - 1 }, "grant.window begins when it could not"],
    ["active", { "grant.window.end": null, wakeAt: null }, "grant.window has no end"],
    ["active", { "grant.window.end": end - 1, wakeAt: end - 1 }, "grant.window is not as long as was granted"],
    ["active", { "grant.window.end": end + 1, wakeAt: end + 1 }, "grant.window is not as long as was granted"],
    ["extended", {}],
    ["extended", { "grant.extensions": 0 }, "grant.window is not as long as was granted"],
    [
      "extended",
      { "grant.extensions": 2, "grant.window.end": end + hour, wakeAt: end + hour, revision: 7 },
      "grant.extensions are more than the flow allows",
    ],
    [
      "activating",
      { "grant.extensions": 1, "grant.window.end": end + 30 * minute, wakeAt: end + 30 * minute, revision: 5 },
      "grant.extensions are there without access to extend",
    ],
    ["endless", {}],
    [
      "endless",
      { "grant.extensions": 1, revision: 4 },
      "grant.extensions are more than the flow allows",
      "grant.extensions are there without access to extend",
    ],
    ["endlessRevoked", {}],
    ["endlessRevoked", { "grant.window.end": at(1) + 1, "grant.activatedAt": null }, "grant.window is not as long as was granted"],
    ["endlessRevoked", { "grant.window.end": at(1), "grant.activatedAt": null }, "grant.window ends before it begins"],
    ["endlessRevoked", { "grant.window.end": at(1) - 1, "grant.activatedAt": null }, "grant.window ends before it begins"],
    ["endlessRevoked", { status: "ended", cause: "ended" }, "grant.window is not over"],
    ["endsWithDay", {}],
    ["endsWithDay", { "grant.window.end": monday + 5_000 * day, wakeAt: monday + 5_000 * day }],
    ["endsWithDayOrSooner", {}],
    ["endsWithDayOrSooner", { "grant.window.end": at(1) + 12 * hour, wakeAt: at(1) + 12 * hour }],
    [
      "endsWithDayOrSooner",
      { "grant.window.end": at(1) + 12 * hour + 1, wakeAt: at(1) + 12 * hour + 1 },
      "grant.window is not as long as was granted",
    ],
    ["active", { lastAt: end - 1 }],
    ["active", { lastAt: end }, "grant.window is over, and the status is `active`"],
    ["activating", { lastAt: end - 1 }],
    ["activating", { lastAt: end }, "grant.window is over, and the status is `activating`"],
    ["ended", { lastAt: end }],
    ["ended", { lastAt: end - 1 }, "grant.window is not over"],
  ],
  "orders and what came of them (L6)": [
    ["scheduled", { entitlementReports: [held] }, "entitlementReports do not go with `scheduled`"],
    ["active", { "entitlementReports.0.entitlement": 1 }, "entitlementReports are about entitlements that were not asked for"],
    ["retried", {}],
    ["retried", { "grant.generation": 2 }, "grant.generation is not that of the last order"],
    ["tried", {}],
    ["tried", { "grant.attempts": 6, "grant.generation": 7, revision: 10 }, "grant.generation is not that of the last order"],
    ["lucky", {}],
    ["lucky", { "grant.generation": 7, revision: 11 }, "grant.generation is not that of the last order"],
    ["revoked", { "grant.generation": 7, revision: 13 }],
    ["active", { "grant.attempts": 1 }, "grant.attempts are not as many as failed"],
    ["failing", {}],
    ["failing", { "grant.attempts": 0 }, "grant.attempts are not as many as failed"],
    ["active", { "grant.activatedAt": null }, "grant.activatedAt is missing"],
    ["inactive", { "grant.activatedAt": null }, "grant.activatedAt is missing"],
    ["revoked", { "grant.activatedAt": null }],
    ["activating", { "grant.activatedAt": at(3), revision: 5 }, "grant.activatedAt is there without the access"],
    ["failed", { "grant.activatedAt": at(4), revision: 7 }, "grant.activatedAt is there without the access"],
    ["active", { "grant.activatedAt": start }],
    ["active", { "grant.activatedAt": start - 1 }, "grant.activatedAt is out of order"],
    ["active", { "grant.activatedAt": at(4) + 1 }, "grant.activatedAt is out of order"],
    ["ended", { "grant.activatedAt": end - 1 }],
    ["ended", { "grant.activatedAt": end }, "grant.activatedAt is out of order"],
  ],
  "the timer (L7)": [
    ["asked", { wakeAt: monday + hour + 1 }, "wakeAt is not when something is due"],
    ["waiting", { wakeAt: at(1) + day + 1 }, "wakeAt is not when something is due"],
    ["scheduled", { wakeAt: at(5) }, "wakeAt is not when something is due"],
    ["activating", { wakeAt: end + 1 }, "wakeAt is not when something is due"],
    ["active", { wakeAt: end + 1 }, "wakeAt is not when something is due"],
    ["ended", { wakeAt: monday + day }, "wakeAt is not when something is due"],
    ["paused", { wakeAt: at(3) }],
    ["paused", { wakeAt: at(3) - 1 }, "wakeAt is before the last event"],
    ["paused", { wakeAt: at(2) + week }],
    ["paused", { wakeAt: at(2) + week + 1 }, "wakeAt is after `activateBy`"],
    ["paused", { wakeAt: null }, "wakeAt is not when something is due"],
    ["failing", { wakeAt: end + second }],
    ["failing", { wakeAt: end + second - 1 }, "wakeAt is before the last event"],
    ["failing", { wakeAt: monday + 30 * day }],
    ["active", { awaitingFacts: true }, "awaitingFacts does not go with `active`"],
  ],
  "why it ended (L8)": [
    ["stuck", {}],
    ["ending", { reasons: [stuck, why] }, "reasons are none of a deactivation"],
    ["revoking", { reasons: [stuck] }],
    ["revoking", { reasons: [why] }, "reasons are none of a deactivation"],
    ["losing", {}],
    ["losing", { reasons: [] }, "reasons are missing"],
    ["ended", { reasons: [stuck] }, "reasons do not go with `ended`"],
    ["revoked", { reasons: [stuck] }, "reasons do not go with `revoked`"],
    ["rejected", { reasons: [why] }, "reasons do not go with `rejected`"],
    ["expired", { reasons: [] }, "reasons are missing"],
    ["stopped", { reasons: [] }, "reasons are missing"],
    ["inactive", { reasons: [] }, "reasons are missing"],
    ["failed", { reasons: [] }, "reasons are missing"],
  ],
  "how many events there were (L7)": [
    ["opened", { revision: 2 }, "revision is not the number of events"],
    ["openedAtOnce", {}],
    ["openedAtOnce", { revision: 2 }],
    ["openedAtOnce", { revision: 3 }, "revision is not the number of events"],
    ["waiting", { revision: 1 }, "revision is not the number of events"],
    ["waiting", { revision: 3 }, "revision is not the number of events"],
    ["openedLate", { revision: 1 }, "revision is not the number of events"],
    ["openedLate", { revision: 3 }, "revision is not the number of events"],
    ["rejected", { revision: 2 }, "revision is not the number of events"],
    ["rejected", { revision: 4 }, "revision is not the number of events"],
    ["confirmed", { revision: 1 }, "revision is less than the number of events"],
    ["confirmedOld", { revision: 1 }],
    ["scheduled", { revision: 2 }, "revision is less than the number of events"],
    ["scheduled", { revision: 9 }],
    ["active", { revision: 4 }, "revision is less than the number of events"],
    ["extended", { revision: 5 }, "revision is less than the number of events"],
    ["lucky", { revision: 9 }, "revision is less than the number of events"],
    ["ended", { revision: 6 }, "revision is less than the number of events"],
    ["expiredLate", { revision: 3 }, "revision is less than the number of events"],
  ],
};

describe.each(Object.entries(rows))("what betrays a stored request: %s", (_, cases) => {
  it.each(cases)("TH21: %s with %j", (name, changes, ...says) => {
    expect(wordsOf(name, changes)).toEqual(says);
  });
});
