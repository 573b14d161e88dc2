/* Chapters L and W6: the life of a request, from the rules alone. */
import type * as Lib from "../../../src/index.js";
import * as approval from "./approval.js";
import { all, conditionsTruth, isPerson, same, some, type Truth, truthOf } from "./conditions.js";
import { isOpen, never, nextChange, nextOpening } from "./schedule.js";
import { grantWindow, longest, msOf, type Refused, refusedFor } from "./window.js";

export type Event = Lib.RequestEvent & { readonly at: number };
export type State = ReturnType<typeof submitted>;
type Step = State | Refused;

const minute = 60_000;
const ends = ["ended", "revoked", "rejected", "withdrawn", "expired", "activationFailed"];
const pause = (before: number): number => Math.min((minute / 2) * 2 ** before, 15 * minute);
const over = (state: State, status: string): State => ({ ...state, status, due: null, reading: false, pauses: 0 });
const removing = (state: State, cause: string): State => ({ ...state, status: "deactivating", cause, due: null, failures: 0 });
const isGrantee = ({ input: { requestor, grantee } }: State, id: string): boolean => same((grantee ?? requestor).id, id);
const refuse = (code: string): Refused => ({ refused: new Set([code]) });

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
  return state.flow.approval.kind === "automatic" ? scheduled(state, at) : asked(state, approval.start(state.flow, { ...state.input, at }));
}
/** Due is the next tier that has not been asked, or the deadline. */
function asked(state: State, now: approval.State): State {
  const tiers = approval.tiersOf(now).slice(now.tiersAsked);
  const due = Math.max(Math.min(approval.deadline(now), ...tiers.map(({ opensAt }) => opensAt)), now.lastAt);
  return { ...state, status: "awaitingApproval", approval: now, due: due === never ? null : due };
}
function scheduled(state: State, at: number): State {
  const from = Math.max(at, Number(state.input.startAt ?? at));
  const activateBy = from + msOf(state.flow.settings.activateWithin);
  return { ...state, status: "scheduled", activateBy, reading: from === at, due: from === at ? activateBy : from };
}

/** The state after an event, the same one where nothing happens, or every code that stands against it. */
export function transition(state: State, event: Event): Step {
  const after = event.at < state.lastAt ? refuse("clock_went_back") : happened(state, event);
  return "refused" in after || after === state ? after : { ...after, revision: state.revision + 1, lastAt: event.at };
}

function happened(state: State, event: Event): Step {
  const { type, at } = event;
  if (ends.includes(state.status)) return type === "timeReached" ? state : refuse("request_over");
  if ("generation" in event && event.generation !== state.generation) return refuse("effect_stale");
  switch (state.status) {
    case "awaitingMfa":
      if (type === "timeReached") return isDue(state, at) ? over(state, "expired") : state;
      if (type === "completeMfa") return completed(state, event);
      return type === "withdraw" ? withdrawn(state, event) : refuse("status_forbids");
    case "awaitingApproval":
      if (type === "vote" || type === "timeReached") return inApproval(state, event);
      return type === "withdraw" ? withdrawn(state, event) : refuse("status_forbids");
    case "scheduled":
      if (type === "timeReached" && at >= state.activateBy) return over(state, "expired");
      if (type === "timeReached") return isDue(state, at) && !state.reading ? { ...state, reading: true, due: state.activateBy } : state;
      if (type === "factsRead") return recheck(state, event);
      if (type === "withdraw") return withdrawn(state, event);
      break;
    case "activating": {
      if (type === "timeReached") return isDue(state, at) ? removing(state, "activationFailed") : state;
      if (type === "revoke") return revoked(state, event);
      const held = type === "activated" && event.reports.every(({ access }) => access === "held" || access === "heldBefore");
      if (held) return isDue(state, at) ? removing(state, "ended") : { ...state, status: "active", failures: 0 };
      const again = type === "activationFailed" && event.retryable && state.failures < 5 && !isDue(state, at);
      if (again) return { ...state, generation: state.generation + 1, failures: state.failures + 1 };
      if (type === "activated" || type === "activationFailed") return removing(state, "activationFailed");
      break;
    }
    case "active":
      if (type === "timeReached") return isDue(state, at) ? removing(state, "ended") : state;
      if (type === "revoke") return revoked(state, event);
      if (type === "extend") return extended(state, event);
      if (type === "factsRead") return looked(state, event);
      break;
    default:
      if (type === "timeReached") return isDue(state, at) ? { ...state, due: null, generation: state.generation + 1 } : state;
      if (type === "revoke") return refuse("already_ending");
      if (type === "deactivationFailed") return { ...state, due: at + pause(state.failures), failures: state.failures + 1 };
      if (type === "deactivated") return over(state, state.cause === "granteeInactive" ? "revoked" : `${state.cause}`);
  }
  return refuse(type === "vote" ? "request_decided" : "status_forbids");
}
const isDue = ({ due }: State, at: number): boolean => due !== null && at >= due;

function withdrawn(state: State, { by }: Lib.WithdrawEvent): Step {
  const may = by.administrator === true || isGrantee(state, by.id) || same(state.input.requestor.id, by.id);
  return may ? over(state, "withdrawn") : refuse("not_allowed_to_withdraw");
}
function revoked(state: State, { by }: Lib.RevokeEvent): Step {
  const may = by.administrator === true || isGrantee(state, by.id) || state.approvers.some((id) => same(id, by.id));
  return may ? removing(state, "revoked") : refuse("not_allowed_to_revoke");
}

function inApproval(state: State, event: approval.Event): Step {
  const after = state.approval === null ? refuse("status_forbids") : approval.transition(state.approval, event);
  if ("refused" in after) return after;
  if (after === state.approval) return state;
  const now = { ...asked(state, after), approvers: event.type === "vote" ? [...state.approvers, event.voter.id] : state.approvers };
  return after.status === "pending" ? now : after.status === "approved" ? scheduled(now, event.at) : over(now, after.status);
}

/** L2. */
function completed(state: State, { by, evidence, at }: Event & Lib.CompleteMfaEvent): Step {
  const age = at - Number(evidence.at);
  const codes = { not_the_grantee: !isGrantee(state, by.id), mfa_in_future: age < 0, mfa_too_old: age > 15 * minute };
  return refusedFor({ ...codes, request_expired: isDue(state, at) }) ?? opened(state, at);
}

/** What fresh facts come to: every part has to hold, and one that is known to fail decides (C1, L3). */
export function judged({ requestors, requestFor: { scopes, grantees } }: Lib.AccessFlow, facts: Lib.FactsRead): Truth {
  const { requestor, grantee, flow, notCovered } = facts;
  const isThere = (one: typeof grantee) => (one === "unknown" ? one : truthOf(one === null || (one !== "gone" && one.active !== false)));
  const covered = notCovered === "unknown" ? notCovered : truthOf(notCovered.length === 0);
  const truths = [isThere(requestor), isThere(grantee), covered, flow === "unknown" ? flow : truthOf(flow === "active")];
  if (typeof requestor === "object") truths.push(conditionsTruth(requestors, requestor));
  if (typeof requestor === "string" || typeof grantee === "string") return all(truths);
  if (grantee === null || same(grantee.id, requestor.id)) return all([...truths, truthOf(scopes.includes("self"))]);
  const asOther = scopes.includes("others") && grantees ? conditionsTruth(grantees, grantee) : "fails";
  return all([...truths, some([asOther, scopes.includes("directReports") ? isPerson(grantee.manager, requestor) : "fails"])]);
}

/** L3. */
function recheck(state: State, { facts, at }: Event & Lib.FactsReadEvent): Step {
  const { flow, input, activateBy } = state;
  if (!state.reading || at - facts.readAt > minute) return refuse(state.reading ? "facts_too_old" : "effect_stale");
  const truth = judged(flow, facts);
  const opening = nextOpening(flow.schedule, Math.max(at, Number(input.startAt ?? at))) ?? never;
  if (at >= activateBy || (truth === "holds" && opening >= activateBy)) return over(state, "expired");
  if (truth === "fails") return over(state, "rejected");
  const next = { ...state, reading: false, pauses: truth === "unknown" ? state.pauses + 1 : 0 };
  if (truth === "unknown") return { ...next, due: Math.min(at + pause(state.pauses), activateBy) };
  if (opening > at) return { ...next, due: opening };
  const window = grantWindow(flow, at, input.requestedDuration);
  if ("refused" in window) throw new Error("what was granted at the submission is granted now");
  return { ...next, status: "activating", window, due: window.end, generation: 1 };
}

/** L10. */
function looked(state: State, { facts, at }: Event & Lib.FactsReadEvent): Step {
  if (at - facts.readAt > minute) return refuse("facts_too_old");
  const about = state.input.grantee === undefined ? [facts.requestor, facts.grantee] : [facts.grantee];
  const isGone = about.some((person) => person === "gone" || (typeof person === "object" && person?.active === false));
  return isGone ? removing(state, "granteeInactive") : state;
}

/** W6. */
function extended(state: State, { by, facts, at }: Event & Lib.ExtendEvent): Step {
  const { flow, window, extensions, due } = state;
  const { maxExtensions, extension } = flow.settings;
  const [old, open, end] = [at - facts.readAt > minute, isOpen(flow.schedule, at), Number(due) + msOf(extension)];
  const truth = old ? "holds" : judged(flow, facts);
  const closing = flow.grantFor.endWith === "schedule" && open ? nextChange(flow.schedule, at) : null;
  const tooLate = end - Number(window?.start) > longest || (closing !== null && end > closing);
  const refused = refusedFor({
    ...{ not_the_grantee: !isGrantee(state, by.id), grant_indefinite: due === null, grant_over: isDue(state, at), facts_too_old: old },
    ...{ extensions_used_up: due !== null && extensions >= maxExtensions, duration_out_of_range: due !== null && tooLate },
    ...{ schedule_closed: !old && !open, fails: truth === "fails", facts_unknown: truth === "unknown" },
  });
  return refused ?? { ...state, window: { start: Number(window?.start), end }, due: end, extensions: extensions + 1 };
}
