import type { ApprovalState } from "../../approval/approval-state.js";
import { stateLimit } from "../../approval/state/state-size.js";
import { deepFreeze } from "../../kernel/deep-freeze.js";
import { reason } from "../../kernel/reason.js";
import { refuse } from "../../kernel/refusal.js";
import { success } from "../../kernel/result.js";
import { type Instant, lastInstant } from "../../time/instant.js";
import type { ConcludedRequest, RecordedRequestEvent } from "../recorded-request-event.js";
import { type EffectContent, keyedEffects } from "../request-effect.js";
import type { RequestState } from "../request-state.js";
import type { RequestStep } from "../request-step.js";
import { makeRequest, requestWithin } from "../state/made-requests.js";
import { nextRequestState } from "../state/next-request-state.js";
import { requestBytes, requestBytesAdded } from "../state/request-size.js";
import type { ReadRequestEvent } from "./read-request-event.js";

/** What comes of an event: the fields it changes, and the effects to carry out. */
export type Conclusion = {
  readonly changes: ConcludedRequest;
  readonly effects: readonly EffectContent[];
  /** The approval after its own event, as its machine made it. */
  readonly approval?: ApprovalState;
};

/**
 * Accepts an event: records it, and folds it into the state. A vote that would grow the request too large to store is
 * refused (D4); what has happened to the access never is.
 */
export function concludeRequest(before: RequestState, event: ReadRequestEvent, { changes, effects, approval }: Conclusion): RequestStep {
  const recorded: RecordedRequestEvent = {
    revision: before.revision + 1,
    at: event.at,
    by: actorOf(event),
    type: event.type,
    concluded: changes,
  };
  const state = nextRequestState(before, recorded, approval);
  const atMost = (requestWithin(before) ?? requestBytes(before)) + requestBytesAdded(changes);
  const bytes = event.type === "vote" && atMost > stateLimit ? requestBytes(state) : atMost;
  if (event.type === "vote" && bytes > stateLimit) return refuse(reason("too_much_asked", "D4", [], { limit: stateLimit }));
  makeRequest(state, bytes);
  return success(deepFreeze({ state, effects: keyedEffects(state.request.id, state.revision, effects), recorded }));
}

/** Nothing has happened: the very state that was given. */
export function unchangedRequest(state: RequestState): RequestStep {
  return success(Object.freeze({ state, effects: Object.freeze([]), recorded: null }));
}

/** A due time as `wakeAt` keeps it: no event is earlier than the last, and none later than instants go. */
export function wakeTime(due: Instant | null, lastAt: Instant): Instant | null {
  return due === null || due > lastInstant ? null : Math.max(due, lastAt);
}

/** The timer for a due time, if there is any. */
export function wakeEffect(at: Instant | null): readonly EffectContent[] {
  return at === null ? [] : [{ type: "wake", at }];
}

/** Who is told about the request itself: requestor and grantee see the same (L8). */
export function tellParties(
  { request }: Pick<RequestState, "request">,
  about: "decided" | "active" | "ending" | "over",
): readonly EffectContent[] {
  const requestor: EffectContent = { type: "notify", to: "requestor", about };
  return request.grantee === null ? [requestor] : [requestor, { type: "notify", to: "grantee", about }];
}

function actorOf(event: ReadRequestEvent): string | null {
  switch (event.type) {
    case "vote":
      return event.voter.id;
    case "completeMfa":
    case "withdraw":
    case "revoke":
    case "extend":
      return event.by.id;
    default:
      return null;
  }
}
