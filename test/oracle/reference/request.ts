/* Chapters L and W6, and the re-check of M4: the life of a request, from the rules alone. */
import { isDeepStrictEqual } from "node:util";
import type { Catalog } from "../../../src/core/facts/catalog.js";
import type { Identity } from "../../../src/core/facts/identity.js";
import type { Resource } from "../../../src/core/facts/resource.js";
import type { AccessFlow } from "../../../src/core/flow/access-flow.js";
import type { FactsRead } from "../../../src/core/request/request-event.js";
import type { EntitlementReport } from "../../../src/core/request/request-state.js";
import * as approval from "./approval.js";
import { all, conditionsTruth, isPerson, nfc, some, type Truth } from "./conditions.js";
import { isOpen, nextClosing, nextOpening } from "./schedule.js";
import { entitlementKey, resolve, same } from "./targets.js";
import { grantWindow, msOf } from "./window.js";

export type By = { readonly id: string; readonly administrator?: boolean | undefined };
type Reported = { readonly generation: number; readonly reports: readonly EntitlementReport[]; readonly at: number };
export type Event =
  | { readonly type: "completeMfa"; readonly by: By; readonly evidence: { readonly id: string; readonly at: number }; readonly at: number }
  | approval.Event
  | { readonly type: "revoke"; readonly by: By; readonly at: number }
  | { readonly type: "extend"; readonly by: By; readonly facts: FactsRead; readonly at: number }
  | { readonly type: "factsRead"; readonly facts: FactsRead; readonly at: number }
  | ({ readonly type: "activated" | "deactivated" | "deactivationFailed" } & Reported)
  | ({ readonly type: "activationFailed"; readonly retryable: boolean } & Reported);

export type State = {
  readonly asked: Asked;
  readonly status: string;
  readonly revision: number;
  readonly lastAt: number;
  /** When time alone changes something; null: never. */
  readonly due: number | null;
  readonly approval: approval.State | null;
  readonly activateBy: number;
  readonly reading: boolean;
  readonly pauses: number;
  readonly window: { readonly start: number; readonly end: number | null } | null;
  readonly generation: number;
  readonly failures: number;
  readonly extensions: number;
  readonly cause: string | null;
  /** By whom it was approved, by id (L5). */
  readonly approvers: readonly string[];
};
export type Asked = {
  readonly flow: AccessFlow;
  readonly requestor: Identity;
  readonly grantee: Identity | null;
  readonly resources: readonly Resource[];
  readonly startAt: number | null;
  readonly duration: { readonly amount: number; readonly unit: "minute" | "hour" | "day" | "week" } | null;
  readonly at: number;
};

const ends = ["ended", "revoked", "rejected", "withdrawn", "expired", "activationFailed"];
const isFresh = (facts: FactsRead, at: number) => at - facts.readAt <= 60_000;
const pause = (before: number) => Math.min(30_000 * 2 ** Math.min(before, 20), 15 * 60_000);
const mfaDeadline = ({ asked }: State) => asked.at + msOf(asked.flow.settings.mfaWithin);
const idOfGrantee = ({ asked }: State) => (asked.grantee ?? asked.requestor).id;
const isPersonOf = ({ asked }: State, by: By) =>
  [asked.requestor, asked.grantee].some((person) => person !== null && same(person.id, by.id));

/** A request that was accepted; `mfa` whether evidence came with it. */
export function submit(asked: Asked, mfa: boolean): State {
  const blank = { approval: null, activateBy: 0, reading: false, pauses: 0, window: null, generation: 0, failures: 0, extensions: 0 };
  const state: State = { asked, status: "", revision: 1, lastAt: asked.at, due: null, cause: null, approvers: [], ...blank };
  if (asked.flow.settings.requireMfa && !mfa) return { ...state, status: "awaitingMfa", due: mfaDeadline(state) };
  return opened(state, asked.at);
}

function opened(state: State, at: number): State {
  const { flow, requestor, grantee, resources } = state.asked;
  if (flow.approval.kind === "automatic") return scheduled(state, at);
  const begun = approval.start(flow, { requestor, ...(grantee === null ? {} : { grantee }), resources, catalog: undefined, at });
  return { ...state, status: "awaitingApproval", approval: begun, due: approvalDue(begun) };
}

/** The next tier that has not been asked, or the deadline. */
function approvalDue(state: approval.State): number | null {
  const tier = approval.tierOpensAt(state, state.tiersAsked);
  const deadline = approval.deadline(state);
  const next = state.tiersAsked < approval.tiersOf(state).length && tier < deadline ? tier : deadline;
  return next === Number.POSITIVE_INFINITY ? null : Math.max(next, state.lastAt);
}

function scheduled(state: State, at: number): State {
  const from = Math.max(at, state.asked.startAt ?? at);
  const activateBy = from + msOf(state.asked.flow.settings.activateWithin);
  return { ...state, status: "scheduled", activateBy, reading: from === at, due: from === at ? activateBy : from };
}

const over = (state: State, status: string): State => ({ ...state, status, due: null, reading: false });
const removing = (state: State, cause: string): State => ({ ...state, status: "deactivating", cause, due: null, failures: 0 });

/** The state after an event, the same one where nothing happens, or every code that stands against it. */
export function transition(state: State, event: Event): State | { readonly refused: ReadonlySet<string> } {
  const { at } = event;
  if (at < state.lastAt) return refused("clock_went_back");
  const after = happened(state, event);
  if ("refused" in after || after === state) return after;
  return { ...after, revision: state.revision + 1, lastAt: at };
}

function refused(...codes: readonly string[]): { readonly refused: ReadonlySet<string> } {
  return { refused: new Set(codes) };
}

function happened(state: State, event: Event): ReturnType<typeof transition> {
  if (ends.includes(state.status)) return event.type === "timeReached" ? state : refused("request_over");
  if ("generation" in event && event.generation !== state.generation) return refused("effect_stale");
  if (event.type === "vote" && state.status !== "awaitingMfa" && state.status !== "awaitingApproval") return refused("request_decided");
  const rows: { readonly [status: string]: (now: State, what: Event) => ReturnType<typeof transition> | null } = {
    awaitingMfa,
    awaitingApproval,
    scheduled: waitingToStart,
    activating,
    active,
    deactivating,
  };
  return rows[state.status]?.(state, event) ?? (event.type === "timeReached" ? state : refused("status_forbids"));
}

function withdrawn(state: State, by: By): ReturnType<typeof transition> {
  return isPersonOf(state, by) || by.administrator === true ? over(state, "withdrawn") : refused("not_allowed_to_withdraw");
}

function awaitingMfa(state: State, event: Event): ReturnType<typeof transition> | null {
  const { at } = event;
  if (event.type === "timeReached") return at >= mfaDeadline(state) ? over(state, "expired") : state;
  if (event.type === "withdraw") return withdrawn(state, event.by);
  if (event.type !== "completeMfa") return null;
  const codes = [
    ...(same(event.by.id, idOfGrantee(state)) ? [] : ["not_the_grantee"]),
    ...(event.evidence.at > at ? ["mfa_in_future"] : []),
    ...(at - event.evidence.at > 15 * 60_000 ? ["mfa_too_old"] : []),
    ...(at >= mfaDeadline(state) ? ["request_expired"] : []),
  ];
  return codes.length > 0 ? refused(...codes) : opened(state, at);
}

function awaitingApproval(state: State, event: Event): ReturnType<typeof transition> | null {
  if (state.approval === null || (event.type !== "vote" && event.type !== "withdraw" && event.type !== "timeReached")) return null;
  const decided = approval.transition(state.approval, event);
  if ("refused" in decided) return decided;
  if (decided === state.approval) return state;
  const approvers = event.type === "vote" && event.decision === "approve" ? [...state.approvers, event.voter.id] : state.approvers;
  const after = { ...state, approval: decided, approvers };
  if (decided.status === "approved") return scheduled(after, event.at);
  return decided.status === "pending" ? { ...after, due: approvalDue(decided) } : over(after, decided.status);
}

/** What fresh facts come to: every part has to hold, and one that is known to fail decides (C1, L3). */
export function judged({ asked: { flow } }: State, facts: FactsRead): Truth {
  const { requestor, grantee } = facts;
  return all([
    facts.flow === "unknown" ? "unknown" : facts.flow === "active" ? "holds" : "fails",
    facts.notCovered === "unknown" ? "unknown" : facts.notCovered.length === 0 ? "holds" : "fails",
    isThere(requestor),
    grantee === null ? "holds" : isThere(grantee),
    typeof requestor === "object" ? conditionsTruth(flow.requestors, requestor) : "holds",
    typeof requestor === "object" && typeof grantee === "object" ? mayReceive(flow, requestor, grantee) : "holds",
  ]);
}

function isThere(person: Identity | "gone" | "unknown"): Truth {
  if (person === "unknown") return "unknown";
  return person === "gone" || person.active === false ? "fails" : "holds";
}

function mayReceive({ requestFor: { scopes, grantees } }: AccessFlow, requestor: Identity, grantee: Identity | null): Truth {
  if (grantee === null || same(grantee.id, requestor.id)) return scopes.includes("self") ? "holds" : "fails";
  return some([
    scopes.includes("others") && grantees !== undefined ? conditionsTruth(grantees, grantee) : "fails",
    scopes.includes("directReports") ? isPerson(grantee.manager, requestor) : "fails",
  ]);
}

function waitingToStart(state: State, event: Event): ReturnType<typeof transition> | null {
  const { at } = event;
  const { flow, startAt, duration } = state.asked;
  if (event.type === "withdraw") return withdrawn(state, event.by);
  if (event.type === "timeReached") {
    if (at >= state.activateBy) return over(state, "expired");
    return !state.reading && state.due !== null && at >= state.due ? { ...state, reading: true, due: state.activateBy } : state;
  }
  if (event.type !== "factsRead") return null;
  if (!state.reading) return refused("effect_stale");
  if (!isFresh(event.facts, at)) return refused("facts_too_old");
  if (at >= state.activateBy) return over({ ...state, pauses: 0 }, "expired");
  const truth = judged(state, event.facts);
  if (truth === "fails") return over({ ...state, pauses: 0 }, "rejected");
  const waits = { ...state, reading: false };
  if (truth === "unknown") return { ...waits, due: Math.min(at + pause(state.pauses), state.activateBy), pauses: state.pauses + 1 };
  const opening = nextOpening(flow.schedule, Math.max(at, startAt ?? at));
  if (opening === null || opening >= state.activateBy) return over({ ...state, pauses: 0 }, "expired");
  if (opening > at) return { ...waits, due: opening, pauses: 0 };
  const window = grantWindow(flow, at, duration ?? undefined, undefined);
  if ("refused" in window) throw new Error("what was granted at the submission is granted now");
  return { ...waits, status: "activating", window, due: window.end, pauses: 0, generation: 1 };
}

const isPast = ({ window }: State, at: number) => window !== null && window.end !== null && at >= window.end;

function revoked(state: State, by: By): ReturnType<typeof transition> {
  const may = same(by.id, idOfGrantee(state)) || by.administrator === true || state.approvers.some((id) => same(id, by.id));
  return may ? removing(state, "revoked") : refused("not_allowed_to_revoke");
}

function activating(state: State, event: Event): ReturnType<typeof transition> | null {
  const { at } = event;
  if (event.type === "revoke") return revoked(state, event.by);
  if (event.type === "timeReached") return isPast(state, at) ? removing(state, "activationFailed") : state;
  if (event.type === "activated" && event.reports.every(({ access }) => access === "held" || access === "heldBefore")) {
    return isPast(state, at) ? removing(state, "ended") : { ...state, status: "active", failures: 0 };
  }
  if (event.type !== "activated" && event.type !== "activationFailed") return null;
  const again = event.type === "activationFailed" && event.retryable && state.failures < 5 && !isPast(state, at);
  if (!again) return removing(state, "activationFailed");
  return { ...state, generation: state.generation + 1, failures: state.failures + 1 };
}

function active(state: State, event: Event): ReturnType<typeof transition> | null {
  const { at } = event;
  if (event.type === "timeReached") return isPast(state, at) ? removing(state, "ended") : state;
  if (event.type === "revoke") return revoked(state, event.by);
  if (event.type === "extend") return extended(state, event);
  if (event.type !== "factsRead") return null;
  if (!isFresh(event.facts, at)) return refused("facts_too_old");
  const about = state.asked.grantee === null ? [event.facts.requestor, event.facts.grantee] : [event.facts.grantee];
  const isGone = about.some((person) => person === "gone" || (person !== null && person !== "unknown" && person.active === false));
  return isGone ? removing(state, "granteeInactive") : state;
}

function extended(state: State, event: Extract<Event, { type: "extend" }>): ReturnType<typeof transition> {
  const { at, facts } = event;
  const { flow } = state.asked;
  const { window } = state;
  if (window === null) throw new Error("active without a window");
  const codes: string[] = same(event.by.id, idOfGrantee(state)) ? [] : ["not_the_grantee"];
  if (window.end === null) codes.push("grant_indefinite");
  if (isPast(state, at)) codes.push("grant_over");
  if (window.end !== null && state.extensions >= flow.settings.maxExtensions) codes.push("extensions_used_up");
  if (!isFresh(facts, at)) codes.push("facts_too_old");
  else {
    if (!isOpen(flow.schedule, at)) codes.push("schedule_closed");
    const truth = judged(state, facts);
    if (truth !== "holds") codes.push(truth === "fails" ? "fails" : "facts_unknown");
  }
  const end = (window.end ?? 0) + msOf(flow.settings.extension);
  const closing = flow.grantFor.endWith === "schedule" && isOpen(flow.schedule, at) ? nextClosing(flow.schedule, at) : null;
  if (window.end !== null && (end - window.start > 3_650 * 86_400_000 || (closing !== null && end > closing)))
    codes.push("duration_out_of_range");
  if (codes.length > 0) return refused(...codes);
  return { ...state, window: { ...window, end }, due: end, extensions: state.extensions + 1 };
}

function deactivating(state: State, event: Event): ReturnType<typeof transition> | null {
  const { at } = event;
  if (event.type === "revoke") return refused("already_ending");
  if (event.type === "timeReached") {
    return state.due !== null && at >= state.due ? { ...state, due: null, generation: state.generation + 1 } : state;
  }
  if (event.type === "deactivationFailed") return { ...state, due: at + pause(state.failures), failures: state.failures + 1 };
  if (event.type !== "deactivated") return null;
  return over(state, state.cause === "granteeInactive" ? "revoked" : (state.cause ?? ""));
}

/** Chapter M: what a run of an automatic flow comes to. People by id, grants by request. */
export type Plan = {
  readonly begins: ReadonlySet<string>;
  readonly ends: ReadonlySet<string>;
  readonly keeps: ReadonlySet<string>;
  readonly undetermined: ReadonlySet<string>;
  readonly halted: boolean;
};
export type Grant = {
  readonly grantee: string;
  readonly entitlement: { readonly resource: string; readonly permission: string };
  readonly request: string;
};
type Facts = {
  readonly identities: readonly Identity[];
  readonly current: readonly Grant[];
  readonly resources: readonly Resource[];
  readonly catalog: Catalog | undefined;
};

const brokenReference = /^(bundle|access_scope|integration)_|^query_invalid$/;

export function reconcile(flow: AccessFlow, { identities, current, resources, catalog }: Facts, maxEnds: number | undefined): Plan {
  const { given, codes } = resolve(flow.targets, resources, catalog);
  const truthOf = (id: string): Truth | "missing" => {
    const records = identities.filter((identity) => same(identity.id, id));
    if (records.length === 0) return "missing";
    if (records.some(({ active }) => active === false)) return "fails";
    const truths = new Set(records.map((record) => conditionsTruth(flow.requestors, record)));
    return truths.size === 1 ? ([...truths][0] ?? "unknown") : "unknown";
  };
  const covered = ({ resource, permission }: Grant["entitlement"]): Truth => {
    if (given.has(entitlementKey(resource, permission))) return "holds";
    const records = resources.filter(({ id }) => same(id, resource));
    const [record] = records;
    if (record === undefined || records.some((other) => !isDeepStrictEqual(other, record))) return "unknown";
    if ([...codes].some((code) => brokenReference.test(code))) return "unknown";
    return record.tags === undefined || record.permissions === undefined ? "unknown" : "fails";
  };
  const judgedGrants = current.map((grant) => {
    const holder = truthOf(grant.grantee);
    return { grant, truth: holder === "missing" ? ("unknown" as const) : all([holder, covered(grant.entitlement)]) };
  });
  const failing = judgedGrants.filter(({ truth }) => truth === "fails").map(({ grant }) => grant.request);
  const halted = failing.length > (maxEnds ?? Math.max(10, current.length / 5));
  const ends = new Set(halted ? [] : failing);
  const begins = identities.flatMap(({ id }) =>
    flow.active && truthOf(id) === "holds"
      ? [...given.keys()]
          .filter(
            (key) =>
              !current.some(
                (grant) => same(grant.grantee, id) && entitlementKey(grant.entitlement.resource, grant.entitlement.permission) === key,
              ),
          )
          .map((key) => `${nfc(id)} ${key}`)
      : [],
  );
  const open = [
    ...identities.filter(({ id }) => truthOf(id) === "unknown").map(({ id }) => id),
    ...judgedGrants.filter(({ truth }) => truth === "unknown").map(({ grant }) => grant.grantee),
  ];
  return {
    begins: new Set(begins),
    ends,
    keeps: new Set(current.map(({ request }) => request).filter((request) => !ends.has(request))),
    undetermined: new Set(open.map(nfc)),
    halted,
  };
}
