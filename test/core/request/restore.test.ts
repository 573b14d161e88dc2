import { describe, expect, it } from "vitest";
import { replay } from "../../../src/core/request/replay.js";
import type { RequestState } from "../../../src/core/request/request-state.js";
import { restoreRequestState } from "../../../src/core/request/restore-request-state.js";
import { acceptRequest, requireRequest } from "../../../src/core/request/state/accept-request.js";
import { timelineOf } from "../../../src/core/request/timeline-of.js";
import {
  activated,
  activationFailed,
  asking,
  byLeads,
  completeMfa,
  copyOf,
  day,
  deactivated,
  deactivationFailed,
  extend,
  factsRead,
  flowWith,
  hour,
  lena,
  logged,
  minute,
  monday,
  played,
  revoke,
  root,
  second,
  submitted,
  timeReached,
  vote,
  withdraw,
} from "./support.js";

const flow = flowWith({ approval: byLeads }, { requireMfa: true, maxExtensions: 1, startWithin: { amount: 1, unit: "day" } });
const asked = submitted(flow, { justification: "the report", requestedDuration: { amount: 30, unit: "minute" } });
const waiting = played(asked, completeMfa);
const scheduled = played(waiting, vote(lena));
const activating = played(scheduled, factsRead());
const active = played(activating, activated);
const ending = played(active, timeReached);
const automatic = submitted(flowWith());
const states: { readonly [name: string]: RequestState } = {
  ...{ asked, waiting, scheduled, activating, active, ending, automatic },
  paused: played(scheduled, factsRead({ flow: "unknown" })),
  retried: played(activating, activationFailed(true), activationFailed(true)),
  extended: played(active, extend()),
  failing: played(ending, deactivationFailed, deactivationFailed, deactivationFailed),
  ended: played(ending, deactivated),
  revoked: played(active, revoke(root), deactivated),
  inactive: played(active, factsRead({ requestor: "gone" }), deactivated),
  failed: played(activating, activationFailed(false), deactivated),
  overdue: played(activating, timeReached, deactivated),
  rejected: played(waiting, vote(lena, "reject")),
  stopped: played(scheduled, factsRead({ flow: "gone" })),
  withdrawn: played(waiting, withdraw({ id: "ada" })),
  withdrawnEarly: played(asked, withdraw({ id: "ada" })),
  withdrawnLate: played(scheduled, factsRead({ flow: "unknown" }), withdraw({ id: "ada" })),
  expired: played(waiting, timeReached),
  expiredEarly: played(asked, timeReached),
  expiredLate: played(scheduled, timeReached),
  startsLater: played(submitted(flow, { mfa: { id: "e", at: monday }, startAt: monday + day }), vote(lena)),
};

/** A copy in which the value at a path is another. */
function changed(state: RequestState, path: string, value: unknown): unknown {
  const copy = copyOf(state) as unknown as Record<string, unknown>;
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  let place = copy;
  for (const key of keys) place = place[key] as Record<string, unknown>;
  if (value === undefined) delete place[last];
  else place[last] = value;
  return copy;
}

const other = { id: "eve", keys: ["eve"], emailsKnown: false, accountsKnown: false, managerKnown: false, manager: null };
const end = active.grant?.window.end ?? 0;
const start = active.grant?.window.start ?? 0;
const bareReport = { entitlement: 0, access: "held", sessionsMayPersist: false };
const why = { code: "flow_inactive", rule: "L3", path: ["active"] };

/** Every field of a state, in ways that somebody would gain by. */
const tampering: readonly (readonly [state: string, path: string, value: unknown])[] = [
  ["active", "kind", "approvalState"],
  ["active", "format", "requestState/v2"],
  ["active", "format", "requestState/v0"],
  ["active", "more", true],
  ["active", "grant", undefined],
  // Status.
  ["asked", "status", "awaitingApproval"],
  ["asked", "status", "scheduled"],
  ["waiting", "status", "scheduled"],
  ["waiting", "status", "awaitingMfa"],
  ["scheduled", "status", "active"],
  ["scheduled", "status", "activating"],
  ["scheduled", "status", "awaitingApproval"],
  ["activating", "status", "active"],
  ["activating", "status", "scheduled"],
  ["active", "status", "activating"],
  ["active", "status", "ended"],
  ["active", "status", "revoked"],
  ["ending", "status", "active"],
  ["ended", "status", "revoked"],
  ["revoked", "status", "ended"],
  ["failed", "status", "ended"],
  ["rejected", "status", "scheduled"],
  ["rejected", "status", "withdrawn"],
  ["stopped", "status", "withdrawn"],
  ["stopped", "status", "scheduled"],
  ["withdrawn", "status", "expired"],
  ["withdrawnEarly", "status", "expired"],
  ["withdrawnLate", "status", "expired"],
  ["expired", "status", "withdrawn"],
  ["expiredEarly", "status", "withdrawn"],
  ["expiredLate", "status", "scheduled"],
  // Revision and times.
  ["asked", "revision", 2],
  ["waiting", "revision", 1],
  ["waiting", "revision", 9],
  ["active", "revision", 0],
  ["active", "revision", 4],
  ["ended", "revision", 6],
  ["active", "lastAt", monday - 1],
  ["active", "lastAt", end],
  ["active", "lastAt", Number.MAX_SAFE_INTEGER],
  ["waiting", "lastAt", monday + hour],
  ["asked", "lastAt", monday + 1],
  ["expiredEarly", "lastAt", monday + hour - 1],
  ["asked", "wakeAt", null],
  ["asked", "wakeAt", monday + day],
  ["waiting", "wakeAt", monday + 9 * day],
  ["scheduled", "wakeAt", null],
  ["active", "wakeAt", null],
  ["active", "wakeAt", end + 1],
  ["paused", "wakeAt", monday + 30 * day],
  ["paused", "wakeAt", monday],
  ["ended", "wakeAt", end],
  ["ending", "wakeAt", end + day],
  // What was asked.
  ["active", "request.id", ""],
  ["active", "request.id", "a\u0000b"],
  ["active", "request.flow", {}],
  ["active", "request.flow.active", false],
  ["active", "request.flow.settings.requireMfa", false],
  ["active", "request.flow.approval", { kind: "automatic" }],
  ["active", "request.flow.approval.groups", "allOf"],
  ["active", "request.flow.settings.requestorCannotApproveSelf", true],
  ["active", "request.flow.name", "Other"],
  ["active", "request.requestor", other],
  ["active", "request.requestor.keys", []],
  ["active", "request.requestor.keys", ["ada", "ada@corp.com", "eve"]],
  ["asked", "request.requestor.keys", ["eve"]],
  ["active", "request.grantee", other],
  ["asked", "request.grantee", { ...other, id: "ada", keys: ["ada"] }],
  ["asked", "request.owners", [{ owner: null, unknown: true, resources: 1 }]],
  ["active", "request.owners", [{ owner: null, unknown: true, resources: 1 }]],
  ["active", "request.entitlements", []],
  ["active", "request.entitlements.0.permission", ""],
  ["active", "request.requestedDuration", { amount: 5, unit: "hour" }],
  ["active", "request.requestedDuration", { amount: 20, unit: "minute" }],
  ["active", "request.requestedDuration", null],
  ["active", "request.requestedDuration", { amount: -1, unit: "hour" }],
  ["asked", "request.startAt", monday - 1],
  ["asked", "request.startAt", monday + 2 * day],
  ["active", "request.startAt", monday + 5 * hour],
  ["asked", "request.justification", " "],
  ["asked", "request.justification", "x".repeat(1_001)],
  ["active", "request.submittedAt", monday + day],
  ["asked", "request.submittedAt", monday - 1],
  // MFA.
  ["waiting", "mfa", null],
  ["active", "mfa", null],
  ["automatic", "mfa", { id: "e", at: monday }],
  ["asked", "mfa", { id: "e", at: monday }],
  ["active", "mfa.at", monday - hour],
  ["active", "mfa.at", monday + hour],
  ["active", "mfa.id", ""],
  // Approval.
  ["waiting", "approval", null],
  ["active", "approval", null],
  ["rejected", "approval", null],
  ["automatic", "approval", waiting.approval],
  ["asked", "approval", waiting.approval],
  ["scheduled", "approval", waiting.approval],
  ["active", "approval.status", "rejected"],
  ["active", "approval.votes", []],
  ["active", "approval.requestor", other],
  ["active", "approval.requestor.keys", ["ada"]],
  ["active", "approval.rules.requireApproverReason", true],
  ["active", "approval.flow.id", "other"],
  ["active", "approval.openedAt", monday - 1],
  ["waiting", "approval.openedAt", monday],
  ["active", "approval.lastAt", monday + day],
  // Activation.
  ["scheduled", "activateBy", null],
  ["scheduled", "activateBy", monday + 30 * day],
  ["automatic", "activateBy", monday + 7 * day + 1],
  ["active", "activateBy", null],
  ["active", "activateBy", start],
  ["waiting", "activateBy", monday + day],
  ["startsLater", "activateBy", monday + 7 * day],
  ["active", "awaitingFacts", true],
  ["scheduled", "awaitingFacts", 1],
  ["startsLater", "awaitingFacts", true],
  ["active", "pauses", 1],
  ["paused", "pauses", 40],
  ["paused", "pauses", -1],
  // The grant.
  ["active", "grant", null],
  ["scheduled", "grant", active.grant],
  ["ended", "grant", null],
  ["active", "grant.window.start", monday - 1],
  ["active", "grant.window.start", start - second],
  ["active", "grant.window.end", null],
  ["active", "grant.window.end", end + 1],
  ["active", "grant.window.end", end - 1],
  ["active", "grant.window.end", start],
  ["extended", "grant.window.end", end + 30 * minute + 1],
  ["extended", "grant.extensions", 0],
  ["extended", "grant.extensions", 2],
  ["active", "grant.extensions", 1],
  ["active", "grant.generation", 0],
  ["activating", "grant.generation", 2],
  ["retried", "grant.generation", 2],
  ["active", "grant.generation", 7],
  ["retried", "grant.attempts", 0],
  ["retried", "grant.attempts", 6],
  ["active", "grant.attempts", 1],
  ["failing", "grant.attempts", 0],
  ["active", "grant.activatedAt", null],
  ["active", "grant.activatedAt", end],
  ["activating", "grant.activatedAt", monday + minute],
  ["failed", "grant.activatedAt", monday + minute],
  // The end.
  ["active", "cause", "ended"],
  ["ending", "cause", null],
  ["ending", "cause", "granteeInactive"],
  ["ending", "cause", "activationFailed"],
  ["ended", "cause", "revoked"],
  ["revoked", "cause", "ended"],
  ["revoked", "cause", "granteeInactive"],
  ["inactive", "cause", "revoked"],
  ["active", "entitlementReports", [{ ...bareReport, entitlement: 1 }]],
  ["active", "entitlementReports", [{ ...bareReport, access: "granted" }]],
  ["scheduled", "entitlementReports", [bareReport]],
  ["stopped", "reasons", []],
  ["expired", "reasons", []],
  ["inactive", "reasons", []],
  ["failed", "reasons", []],
  ["overdue", "reasons", []],
  ["active", "reasons", [why]],
  ["ended", "reasons", [why]],
  ["ending", "reasons", [why]],
  ["active", "reasons", [{ code: "because" }]],
];

/** The places that are faulty, and what is said of them. */
function issuesOf(json: unknown): string[][] {
  const restored = restoreRequestState(json);
  return restored.ok
    ? []
    : restored.error.map(({ code, path, message }) => [...(code === "state_invalid" ? [] : [code]), path.join("."), message]);
}

describe("restoring (L13, TH21)", () => {
  it.each(Object.keys(states))("L13: what was stored comes back as it was, whatever the order of its keys: %s", (name) => {
    const state = states[name];
    const restored = restoreRequestState(turned(copyOf(state)));
    expect(restored).toEqual({ ok: true, value: state });
    expect(restored.ok && JSON.stringify(restored.value)).toBe(JSON.stringify(state));
  });

  it.each(tampering)("TH21: refused: %s with %s as %j", (name, path, value) => {
    const state = states[name];
    if (state === undefined) throw new Error(`not made: ${name}`);
    const restored = restoreRequestState(changed(state, path, value));
    expect(restored.ok).toBe(false);
    if (!restored.ok) expect(restored.error[0].message.length).toBeGreaterThan(0);
  });

  it("TH21: every field of a state is among those that were tampered with", () => {
    const fields = [
      ...Object.keys(active),
      ...["request", "grant"].flatMap((part) => Object.keys(active[part as "request" | "grant"] ?? {}).map((key) => `${part}.${key}`)),
    ];
    const touched = tampering.map(([, path]) => path);
    expect(fields.filter((field) => !touched.some((path) => path === field || path.startsWith(`${field}.`)))).toEqual([]);
  });

  it("L13: newer and foreign are told apart, and nothing is guessed at", () => {
    const codes = (json: unknown) => {
      const restored = restoreRequestState(json);
      return restored.ok ? [] : restored.error.map(({ code }) => code);
    };
    expect([
      codes({ ...active, format: "requestState/v7" }),
      codes({ ...active, format: 1 }),
      codes(null),
      codes({ ...active, cause: 1 }),
    ]).toEqual([...[["state_newer"], ["state_foreign"], ["state_foreign"], ["state_invalid"]]]);
  });

  it.each([
    ["requestState/v2", "state_newer"],
    ["requestState/v23", "state_newer"],
    ["requestState/v123456789", "state_newer"],
    ["requestState/v1234567890", "state_foreign"],
    ["requestState/v0", "state_foreign"],
    ["requestState/v2x", "state_foreign"],
    ["a requestState/v2", "state_foreign"],
    [["requestState/v2"], "state_foreign"],
  ])("L13: the format %j is %s", (format, code) => {
    const says = code === "state_newer" ? "format is newer than `requestState/v1`" : "format is not `requestState/v1`";
    expect(restoreRequestState({ ...active, format })).toEqual({ ok: false, error: [{ code, path: ["format"], message: says }] });
  });

  it.each([
    [null, [], "the state is no request"],
    [[active], [], "the state is no request"],
    [{ ...active, kind: "approvalState" }, ["kind"], "kind is not `requestState`"],
    [{}, ["kind"], "kind is not `requestState`"],
  ])("L13: foreign: %j", (json, path, message) => {
    expect(restoreRequestState(json)).toEqual({ ok: false, error: [{ code: "state_foreign", path, message }] });
  });

  it("L13: a state that was made here comes back itself", () => {
    const [restored, taken] = [restoreRequestState(active), acceptRequest(active)];
    expect(restored.ok && restored.value).toBe(active);
    expect(taken).toEqual({ ok: true, value: active });
    expect(taken.ok && taken.value).toBe(active);
  });

  it("TH21: what is wrong inside is said in full, with its place, before anything is compared", () => {
    const draft = changed(active, "request.id", "a\u0000b") as RequestState;
    const { id: _, ...nameless } = draft.request.flow;
    const senseless = { ...nameless, settings: { ...nameless.settings, requireMfa: false, mfaWithin: { amount: 2, unit: "hour" } } };
    const inside = { ...draft, pauses: 9, request: { ...draft.request, flow: senseless }, approval: { ...draft.approval, votes: [] } };
    expect(issuesOf(inside)).toEqual([
      ["request.flow.id", "request.flow.id is missing"],
      ["request.id", "request.id is not 1 to 128 characters without control characters"],
      [
        "request.flow.settings.mfaWithin",
        "request.flow.settings.mfaWithin is faulty: settings.mfaWithin has no meaning without `requireMfa`",
      ],
      ["approval.revision", "approval.revision is faulty: revision is not the number of events"],
    ]);
    expect(issuesOf(changed(active, "approval.votes", []))).toEqual([
      ["approval.revision", "approval.revision is faulty: revision is not the number of events"],
    ]);
  });

  it("D4: a state may be twice as large as a submission may make it, and no byte more", () => {
    const resource = "r".repeat(500);
    /** A state of so many bytes more, beside its flow. */
    const withMore = (bytes: number) => {
      const entitlements = Array.from({ length: 900 }, (_, index) => ({ resource: `${resource}${index}`, permission: "read" }));
      entitlements.push({ resource: `${resource}${"r".repeat(bytes)}`, permission: "read" });
      return { ...automatic, request: { ...automatic.request, entitlements } };
    };
    const least = withMore(0);
    const missing = 512_000 - JSON.stringify({ ...least, request: { ...least.request, flow: undefined } }).length;
    expect([issuesOf(withMore(missing)), issuesOf(withMore(missing + 1))]).toEqual([[], [["", "the state is larger than 512000 bytes"]]]);
  });

  it("L13: a function that is given a state refuses what is none, as it refuses or throws", () => {
    const newer = copyOf({ ...active, format: "requestState/v2" });
    const foreign = copyOf({ ...active, pauses: 9 });
    expect([acceptRequest(copyOf(active)), acceptRequest(newer), acceptRequest(foreign)]).toEqual([
      { ok: true, value: active },
      { ok: false, error: { code: "state_newer", rule: "L13", path: [] } },
      { ok: false, error: { code: "state_foreign", rule: "L13", path: [] } },
    ]);
    expect(requireRequest(active)).toBe(active);
    expect(() => requireRequest(newer)).toThrow(
      expect.objectContaining({ name: "AccessFlowError", code: "state_newer", message: "state is of a newer format" }),
    );
    expect(() => requireRequest(foreign)).toThrow(
      expect.objectContaining({ name: "AccessFlowError", code: "state_foreign", message: "state is no request state of this library" }),
    );
  });

  it("D8: keys that reach a prototype are refused", () => {
    expect(restoreRequestState(JSON.parse(JSON.stringify(active).replace('"pauses"', '"__proto__":{},"pauses"'))).ok).toBe(false);
  });

  it("S1: what a schedule says now is not asked of a window that was fixed", () => {
    const byDay = flowWith({ schedule: { kind: "onlyOn", days: ["monday"], from: "08:00", to: "18:00", timeZone: "Europe/Paris" } });
    const state = played(submitted(byDay), factsRead(), activated);
    const moved = changed(state, "request.flow.schedule.days", ["sunday"]);
    expect(restoreRequestState(moved).ok).toBe(true);
  });
});

function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, each]) => [key, turned(each)]),
  );
}

describe("replaying (L7)", () => {
  const { log, state } = logged(
    flow,
    asking({ mfa: { id: "e", at: monday } }),
    vote(lena),
    factsRead(),
    activated,
    extend(),
    timeReached,
    deactivated,
  );

  it("L7: takes events as a store gives them, with the id of their request, and none of another request", () => {
    const stored = log.map((event) => ({ request: state.request.id, ...event }));
    expect(replay(stored)).toEqual(state);
    expect(timelineOf(stored, "administrator")).toEqual(timelineOf(log, "administrator"));
    for (const position of stored.keys()) {
      const mixed = stored.map((event, index) => (index === position ? { ...event, request: "other" } : event));
      expect(() => replay(mixed)).toThrow(expect.objectContaining({ code: "state_invalid" }));
      expect(() => timelineOf(mixed, "administrator")).toThrow(expect.objectContaining({ code: "state_invalid" }));
    }
  });

  it("L7: the fold of a log is the state, to the byte, from JSON, too", () => {
    expect(JSON.stringify(replay(copyOf(log)))).toBe(JSON.stringify(state));
    expect(JSON.stringify(replay(log))).toBe(JSON.stringify(state));
  });

  it("L7: every beginning of a log is a state", () => {
    expect(log.map((_, index) => replay(log.slice(0, index + 1)).status)).toEqual([
      ...["awaitingApproval", "scheduled", "activating", "active", "active", "deactivating", "ended"],
    ]);
  });

  const broken: [string, unknown][] = [
    ["nothing", undefined],
    ["no list", {}],
    ["no events", []],
    ["an event that is none", [log[0], null]],
    ["no submission", log.slice(1)],
    ["a gap", [log[0], ...log.slice(2)]],
    ["another order", [log[0], log[2], log[1]]],
    ["an event twice", [log[0], log[1], log[1]]],
    ["a time that goes back", [log[0], { ...log[1], at: monday - 1 }]],
    ["a second submission", [log[0], { ...log[0], revision: 2 }]],
    ["a conclusion that is none", [{ ...log[0], concluded: { ...log[0]?.concluded, status: "granted" } }]],
    ["a conclusion with more", [{ ...log[0], concluded: { ...log[0]?.concluded, admin: true } }]],
    ["a status that nothing led to", [{ ...log[0], concluded: { ...log[0]?.concluded, status: "active" } }]],
    ["a vote of an approval that is not there", [{ ...log[0], concluded: { ...log[0]?.concluded, approvalOpened: undefined } }, log[1]]],
  ];
  it.each(broken)("TH21: a log with %s is refused", (_, recorded) => {
    expect(() => replay(recorded === undefined ? (undefined as never) : (copyOf(recorded) as never))).toThrow(
      expect.objectContaining({ name: "AccessFlowError", code: "state_invalid" }),
    );
  });
});
