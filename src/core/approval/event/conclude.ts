import { reason } from "../../kernel/reason.js";
import { type Refusal, refuse } from "../../kernel/refusal.js";
import { type Result, success } from "../../kernel/result.js";
import type { Accepted } from "../accepted.js";
import type { ApprovalState } from "../approval-state.js";
import type { ApprovalEffect } from "../effect.js";
import type { RecordedApprovalEvent } from "../recorded-event.js";
import { makeState, type StateMemo } from "../state/made-states.js";
import { bytesAfter, stateLimit } from "../state/state-size.js";
import type { Tally } from "../vote/approval-tally.js";
import { withVoters } from "../vote/voter-index.js";
import { nextState } from "./next-state.js";

/** What a step of the machine answers. */
export type Step = Result<Accepted<ApprovalState>, Refusal>;

/**
 * Accepts an event, which is frozen: folds it into the state, unless that would grow too large to store. What is kept
 * beside the state before becomes what is kept beside the next; `tally` counts the next one's approvals.
 */
export function conclude(
  state: ApprovalState,
  memo: StateMemo,
  tally: Tally,
  event: RecordedApprovalEvent,
  effectsOf: (next: ApprovalState) => readonly ApprovalEffect[],
): Step {
  const next = nextState(state, event);
  const bytes = bytesAfter(memo.bytes, state, next);
  if (bytes > stateLimit) return refuse(reason("too_much_asked", "D4", [], { limit: stateLimit }));
  Object.freeze(next.votes);
  makeState(next, { ready: memo.ready, bytes, tally, voters: withVoters(memo.voters, next.votes, next.votes.length) });
  return success(Object.freeze({ state: next, effects: Object.freeze(effectsOf(next)), recorded: event }));
}

const none: readonly never[] = Object.freeze([]);

/** Nothing has happened: the very state that was given. */
export function unchanged(state: ApprovalState): Step {
  return success(Object.freeze({ state, effects: none, recorded: null }));
}

/** Whom a decision or an end concerns: requestor and grantee see the same (L8). */
export function tellParties({ revision, grantee }: ApprovalState, about: "submitted" | "decided" | "over"): ApprovalEffect[] {
  const effects: ApprovalEffect[] = [Object.freeze({ key: `${revision}:0`, type: "notify", to: "requestor", about })];
  if (grantee !== null) effects.push(Object.freeze({ key: `${revision}:1`, type: "notify", to: "grantee", about }));
  return effects;
}

/** The same for an end that nobody's vote brought: the approvers hear of it, too. */
export function tellAll(state: ApprovalState): readonly ApprovalEffect[] {
  const effects = tellParties(state, "over");
  effects.push(Object.freeze({ key: `${state.revision}:${effects.length}`, type: "notify", to: "approvers", about: "over" }));
  return effects;
}
