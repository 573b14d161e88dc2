import { beside } from "../../kernel/beside.js";
import { deepFreeze } from "../../kernel/deep-freeze.js";
import type { ApprovalState } from "../approval-state.js";
import { type Tally, tallyOf } from "../vote/approval-tally.js";
import { noVoters, type VoterIndex, withVoters } from "../vote/voter-index.js";
import { type ReadyApproval, readyApproval, readyGroups } from "./ready-approval.js";
import { jsonBytes } from "./state-size.js";

/**
 * What is kept beside a state that this library has made: nothing but what follows from the state, so that the next
 * event does not work it out again. A state without it gives the same answers.
 */
export type StateMemo = {
  readonly ready: ReadyApproval;
  /** How long the state is as JSON text, in bytes of UTF-8. */
  readonly bytes: number;
  readonly tally: Tally;
  readonly voters: VoterIndex;
};

const memos = beside<StateMemo>();

/** Makes a state, whose members are frozen already, one of this library's own: what was once checked stays true. */
export function makeState(state: ApprovalState, memo: StateMemo): ApprovalState {
  memos.keep(state, memo);
  return Object.freeze(state);
}

/** The same for a state as it opens, whose members nobody has frozen yet. */
export function makeOpened(state: ApprovalState, memo: StateMemo = newMemo(state)): ApprovalState {
  for (const member of Object.values(state)) deepFreeze(member);
  return makeState(state, memo);
}

/** Whether this library has made, or restored, a value: it is a state, and can never change. */
export function isMadeState(value: unknown): value is ApprovalState {
  return memos.of(value) !== undefined;
}

export function memoOf(state: ApprovalState): StateMemo {
  return memos.of(state) ?? newMemo(state);
}

/** Worked out from the state alone, which is one that the machine could have come to. */
export function newMemo(
  state: ApprovalState,
  ready: ReadyApproval = readyApproval(state, readyGroups(state.rules.approval)),
  bytes: number = jsonBytes(state),
): StateMemo {
  return { ready, bytes, tally: tallyOf(ready, state), voters: withVoters(noVoters, state.votes, state.votes.length) };
}
