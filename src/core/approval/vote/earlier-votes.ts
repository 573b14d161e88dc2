import { type Reason, reason } from "../../kernel/reason.js";
import type { ApprovalState, VoteCount, VoteRecord } from "../approval-state.js";
import { tierOpensAt } from "../event/approval-clock.js";
import { overlap } from "../state/person-record.js";

/** The votes already cast by this person, under whichever of their ids: a shared key is known, an absent alias proves nothing (A5). */
export function earlierVotes(votes: readonly VoteRecord[], keys: readonly string[]): readonly VoteRecord[] {
  return votes.filter((vote) => overlap(vote.keys, keys));
}

/**
 * What is left of a vote by somebody who has voted for a group already (A5): nothing, unless they are in a tier
 * that opened after every vote of theirs; then it counts for open tiers only.
 */
export function countsOfSecondVote(
  state: Pick<ApprovalState, "rules" | "openedAt">,
  counts: readonly VoteCount[],
  earlier: readonly VoteRecord[],
): readonly VoteCount[] {
  const inTiers = counts.filter((count) => count.tier !== null);
  const openedSince = inTiers.some(({ tier }) => tier !== null && earlier.every((vote) => tierOpensAt(state, tier) > vote.at));
  return openedSince ? inTiers : [];
}

/** One reason for each id under which this person has voted. */
export function alreadyVoted(earlier: readonly VoteRecord[]): readonly Reason[] {
  const voters = new Set(earlier.map((vote) => vote.voter));
  return [...voters].map((voter) => reason("already_voted", "A5", [], { voter }));
}
