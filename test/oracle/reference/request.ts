/* Chapters L and W6: the life of a request, from the rules alone. */
import type * as Lib from "../../../src/index.js";
import * as approval from "./approval.js";
import { all, conditionsTruth, isPerson, same, some, type Truth, truthOf } from "./conditions.js";
import { isOpen, nextChange, nextOpening } from "./schedule.js";
import { grantWindow, longest, msOf, type Refused } from "./window.js";

export type Event = Lib.RequestEvent & { readonly at: number };
export type State = ReturnType<typeof submitted>;
type Step = State | Refused;

const minute = 60_000;
const ends = ["ended", "revoked", "rejected", "withdrawn", "expired", "activationFailed"];
const refused = (...codes: string[]): Refused => ({ refused: new Set(codes) });
const pause = (before: number): number => Math.min((minute / 2) * 2 ** before, 15 * minute);
const over = (state: State, status: string): State => ({ ...state, status, due: null, reading: false, pauses: 0 });
const removing = (state: State, cause: string): State => ({ ...state, status: "deactivating", cause, due: null, failures: 0 });
const isPast = ({ window }: State, at: number): boolean => at >= (window?.end ?? Number.POSITIVE_INFINITY);
const isGrantee = ({ input: { requestor, grantee } }: State, id: string): boolean => same((grantee ?? requestor).id, id);

function submitted(flow: Lib.AccessFlow, input: Lib.RequestInput) {
  const at = Number(input.at);
  return {
    ...{
      flow,
      input,
      status: "awaitingMfa",
      revision: 1,
      lastAt: at,
      reading: false,
      pauses: 0,
      generation: 0,
      failures: 0,
      extensions: 0,
    },
    // When time alone changes something (null: never), why the access is taken back, and by whom it was approved (L5).
    ...{
      due: (at + msOf(flow.settings.mfaWithin)) as number | null,
      activateBy: 0,
      cause: null as string | null,
      approvers: [] as string[],
    },
    ...{ approval: null as approval.State | null, window: null as Lib.GrantWindow | null },
  };
}

/** A request that was accepted. */
export function submit(flow: Lib.AccessFlow, input: Lib.RequestInput): State {
  const state = submitted(flow, input);
  return flow.settings.requireMfa && input.mfa === undefined ? state : opened(state, state.lastAt);
}

function opened(state: State, at: number): State {
  if (state.flow.approval.kind === "automatic") return scheduled(state, at);
  return awaiting(state, approval.start(state.flow, { ...state.input, at }));
}
/** Due is the next tier that has not been asked, or the deadline. */
function awaiting(state: State, now: approval.State): State {
  const times = [approval.deadline(now), ...approval.tiersOf(now).map((_, tier) => approval.tierOpensAt(now, tier))];
  const due = Math.min(...times.filter((_, index) => index === 0 || index > now.tiersAsked).map((time) => Math.max(time, now.lastAt)));
  return { ...state, status: "awaitingApproval", approval: now, due: due === Number.POSITIVE_INFINITY ? null : due };
}
function scheduled(state: State, at: number): State {
  const from = Math.max(at, Number(state.input.startAt ?? at));
  const activateBy = from + msOf(state.flow.settings.activateWithin);
  return { ...state, status: "scheduled", activateBy, reading: from === at, due: from === at ? activateBy : from };
}

/** The state after an event, the same one where nothing happens, or every code that stands against it. */
export function transition(state: State, event: Event): Step {
  if (event.at < state.lastAt) return refused("clock_went_back");
  const after = happened(state, event);
  return "refused" in after || after === state ? after : { ...after, revision: state.revision + 1, lastAt: event.at };
}

function happened(state: State, event: Event): Step {
  const { at, type } = event;
  const isIn = (...statuses: string[]) => statuses.includes(state.status);
  if (isIn(...ends)) return type === "timeReached" ? state : refused("request_over");
  if ("generation" in event && event.generation !== state.generation) return refused("effect_stale");
  if (type === "timeReached") return timeReached(state, event);
  if (type === "vote" && !isIn("awaitingMfa", "awaitingApproval")) return refused("request_decided");
  if (type === "vote" && isIn("awaitingApproval")) return inApproval(state, event);
  if (type === "completeMfa" && isIn("awaitingMfa")) return completed(state, event);
  if (type === "factsRead" && isIn("scheduled")) return recheck(state, event.facts, at);
  if (type === "factsRead" && isIn("active")) return looked(state, event.facts, at);
  if (type === "extend" && isIn("active")) return extended(state, event);
  if (type === "withdraw" && isIn("awaitingMfa", "awaitingApproval", "scheduled")) {
    const may = isGrantee(state, event.by.id) || same(state.input.requestor.id, event.by.id) || event.by.administrator === true;
    return may ? over(state, "withdrawn") : refused("not_allowed_to_withdraw");
  }
  if (type === "revoke" && isIn("deactivating")) return refused("already_ending");
  if (type === "revoke" && isIn("activating", "active")) {
    const may = isGrantee(state, event.by.id) || state.approvers.some((id) => same(id, event.by.id)) || event.by.administrator === true;
    return may ? removing(state, "revoked") : refused("not_allowed_to_revoke");
  }
  if (type === "activated" && isIn("activating")) {
    if (event.reports.some(({ access }) => access !== "held" && access !== "heldBefore")) return removing(state, "activationFailed");
    return isPast(state, at) ? removing(state, "ended") : { ...state, status: "active", failures: 0 };
  }
  if (type === "activationFailed" && isIn("activating")) {
    if (!event.retryable || state.failures >= 5 || isPast(state, at)) return removing(state, "activationFailed");
    return { ...state, generation: state.generation + 1, failures: state.failures + 1 };
  }
  if (type === "deactivationFailed" && isIn("deactivating"))
    return { ...state, due: at + pause(state.failures), failures: state.failures + 1 };
  if (type === "deactivated" && isIn("deactivating"))
    return over(state, state.cause === "granteeInactive" ? "revoked" : (state.cause ?? ""));
  return refused("status_forbids");
}

function timeReached(state: State, event: Event & Lib.TimeReachedEvent): Step {
  const { at } = event;
  const due = state.due !== null && at >= state.due;
  if (state.status === "awaitingApproval") return inApproval(state, event);
  if (state.status === "awaitingMfa") return due ? over(state, "expired") : state;
  if (state.status === "scheduled" && at >= state.activateBy) return over(state, "expired");
  if (state.status === "scheduled") return due && !state.reading ? { ...state, reading: true, due: state.activateBy } : state;
  if (state.status === "deactivating") return due ? { ...state, due: null, generation: state.generation + 1 } : state;
  return isPast(state, at) ? removing(state, state.status === "active" ? "ended" : "activationFailed") : state;
}

function inApproval(state: State, event: approval.Event): Step {
  const after = state.approval === null ? refused() : approval.transition(state.approval, event);
  if ("refused" in after) return after;
  if (after === state.approval) return state;
  const approvers = event.type === "vote" ? [...state.approvers, event.voter.id] : state.approvers;
  const now = { ...awaiting(state, after), approvers };
  return after.status === "pending" ? now : after.status === "approved" ? scheduled(now, event.at) : over(now, after.status);
}

function completed(state: State, { by, evidence, at }: Event & Lib.CompleteMfaEvent): Step {
  const codes = [
    ...(isGrantee(state, by.id) ? [] : ["not_the_grantee"]),
    ...(evidence.at > at ? ["mfa_in_future"] : at - Number(evidence.at) > 15 * minute ? ["mfa_too_old"] : []),
    ...(at >= Number(state.due) ? ["request_expired"] : []),
  ];
  return codes.length > 0 ? refused(...codes) : opened(state, at);
}

/** What fresh facts come to: every part has to hold, and one that is known to fail decides (C1, L3). */
export function judged({ requestors, requestFor: { scopes, grantees } }: Lib.AccessFlow, facts: Lib.FactsRead): Truth {
  const { requestor, grantee, flow, notCovered } = facts;
  const isThere = (one: typeof grantee) => (one === "unknown" ? one : truthOf(one === null || (one !== "gone" && one.active !== false)));
  const truths = [isThere(requestor), isThere(grantee), flow === "unknown" ? flow : truthOf(flow === "active")];
  truths.push(notCovered === "unknown" ? notCovered : truthOf(notCovered.length === 0));
  if (typeof requestor === "string") return all(truths);
  truths.push(conditionsTruth(requestors, requestor));
  if (typeof grantee === "string") return all(truths);
  if (grantee === null || same(grantee.id, requestor.id)) return all([...truths, truthOf(scopes.includes("self"))]);
  const asOther = scopes.includes("others") && grantees ? conditionsTruth(grantees, grantee) : "fails";
  return all([...truths, some([asOther, scopes.includes("directReports") ? isPerson(grantee.manager, requestor) : "fails"])]);
}

function recheck(state: State, facts: Lib.FactsRead, at: number): Step {
  const { flow, input } = state;
  if (!state.reading) return refused("effect_stale");
  if (at - facts.readAt > minute) return refused("facts_too_old");
  const opening = nextOpening(flow.schedule, Math.max(at, Number(input.startAt ?? at)));
  const truth = judged(flow, facts);
  if (at >= state.activateBy) return over(state, "expired");
  if (truth === "fails") return over(state, "rejected");
  const again = Math.min(at + pause(state.pauses), state.activateBy);
  if (truth === "unknown") return { ...state, reading: false, due: again, pauses: state.pauses + 1 };
  if (opening === null || opening >= state.activateBy) return over(state, "expired");
  if (opening > at) return { ...state, reading: false, due: opening, pauses: 0 };
  const window = grantWindow(flow, at, input.requestedDuration);
  if ("refused" in window) throw new Error("what was granted at the submission is granted now");
  return { ...state, status: "activating", reading: false, window, due: window.end, pauses: 0, generation: 1 };
}

/** L10. */
function looked(state: State, facts: Lib.FactsRead, at: number): Step {
  if (at - facts.readAt > minute) return refused("facts_too_old");
  const about = state.input.grantee === undefined ? [facts.requestor, facts.grantee] : [facts.grantee];
  const isGone = about.some((person) => person === "gone" || (typeof person === "object" && person?.active === false));
  return isGone ? removing(state, "granteeInactive") : state;
}

/** W6. */
function extended(state: State, { by, facts, at }: Event & Lib.ExtendEvent): Step {
  const { flow, window, extensions } = state;
  const codes = new Set<string>();
  const refuse = (when: boolean, code: string) => when && codes.add(code);
  const old = at - facts.readAt > minute;
  const truth = old ? "holds" : judged(flow, facts);
  const end = window?.end ?? null;
  const later = Number(end) + msOf(flow.settings.extension);
  const closing = flow.grantFor.endWith === "schedule" && isOpen(flow.schedule, at) ? nextChange(flow.schedule, at) : null;
  refuse(!isGrantee(state, by.id), "not_the_grantee");
  refuse(end === null, "grant_indefinite");
  refuse(isPast(state, at), "grant_over");
  refuse(end !== null && extensions >= flow.settings.maxExtensions, "extensions_used_up");
  refuse(old, "facts_too_old");
  refuse(!old && !isOpen(flow.schedule, at), "schedule_closed");
  refuse(truth !== "holds", truth === "fails" ? "fails" : "facts_unknown");
  const tooLate = later - Number(window?.start) > longest || (closing !== null && later > closing);
  refuse(end !== null && tooLate, "duration_out_of_range");
  if (codes.size > 0) return { refused: codes };
  return { ...state, window: { start: Number(window?.start), end: later }, due: later, extensions: extensions + 1 };
}
