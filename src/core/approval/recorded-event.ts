import type { Instant } from "../time/instant.js";
import type { ApprovalEvent } from "./approval-event.js";
import type { ApprovalStatus, PersonRecord, VoteRecord } from "./approval-state.js";

/** What was concluded from a vote: of the facts only keys, managers and what the vote counts for. */
export type ConcludedVote = {
  readonly status: ApprovalStatus;
  readonly vote: VoteRecord;
  /** The record after the vote, where it brought fresher facts; null: unchanged. */
  readonly requestor: PersonRecord | null;
  readonly grantee: PersonRecord | null;
};

/** What was concluded from a withdrawal: the approval is over. */
export type ConcludedWithdrawal = { readonly status: ApprovalStatus };

/** What was concluded when time was reported: the request expired, or tiers were asked (A10). */
export type ConcludedTime = { readonly status: ApprovalStatus; readonly tiersAsked: number };

/**
 * What goes into the log of accepted events: the event, its facts replaced by what was concluded from them.
 * Folding these gives the state again, and decides nothing anew (A14).
 */
export type RecordedEvent<Type extends string = ApprovalEvent["type"], Concluded = ConcludedVote | ConcludedWithdrawal | ConcludedTime> = {
  /** The revision that the event led to. */
  readonly revision: number;
  readonly at: Instant;
  /** Id of who acted; null: the clock. */
  readonly by: string | null;
  readonly type: Type;
  readonly concluded: Concluded;
};

/** The accepted events of an approval, told apart by `type`. */
export type RecordedApprovalEvent =
  | RecordedEvent<"vote", ConcludedVote>
  | RecordedEvent<"withdraw", ConcludedWithdrawal>
  | RecordedEvent<"timeReached", ConcludedTime>;
