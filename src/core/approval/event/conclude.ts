import { deepFreeze } from "../../kernel/deep-freeze.js";
import { reason } from "../../kernel/reason.js";
import { type Refusal, refuse } from "../../kernel/refusal.js";
import { type Result, success } from "../../kernel/result.js";
import type { Accepted } from "../accepted.js";
import type { ApprovalState } from "../approval-state.js";
import { type ApprovalEffectContent, keyed } from "../effect.js";
import type { RecordedApprovalEvent } from "../recorded-event.js";
import { madeWithin, makeState } from "../state/made-states.js";
import { bytesAdded, isTooLarge, jsonBytes, stateLimit } from "../state/state-size.js";
import { nextState } from "./next-state.js";

/** What a step of the machine answers. */
export type Step = Result<Accepted<ApprovalState>, Refusal>;

/** Accepts an event: folds it into the state, unless that would grow too large to store. */
export function conclude(
  state: ApprovalState,
  event: RecordedApprovalEvent,
  effectsOf: (next: ApprovalState) => readonly ApprovalEffectContent[],
): Step {
  const next = nextState(state, event);
  const atMost = (madeWithin(state) ?? jsonBytes(state)) + bytesAdded(event);
  if (isTooLarge(next, atMost)) return refuse(reason("too_much_asked", "D4", [], { limit: stateLimit }));
  makeState(next, atMost);
  return success(deepFreeze({ state: next, effects: keyed(next.revision, effectsOf(next)), recorded: event }));
}

/** Nothing has happened: the very state that was given. */
export function unchanged(state: ApprovalState): Step {
  return success(Object.freeze({ state, effects: Object.freeze([]), recorded: null }));
}

/** Whom a decision or an end concerns: requestor and grantee see the same (L8). */
export function tellParties(state: ApprovalState, about: "submitted" | "decided" | "over"): readonly ApprovalEffectContent[] {
  const requestor: ApprovalEffectContent = { type: "notify", to: "requestor", about };
  return state.grantee === null ? [requestor] : [requestor, { type: "notify", to: "grantee", about }];
}
