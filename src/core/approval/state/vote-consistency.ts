import type { Path } from "../../kernel/path.js";
import type { ApprovalState, VoteCount, VoteRecord } from "../approval-state.js";
import { isPastDeadline, openTiers } from "../event/approval-clock.js";
import { countsOfSecondVote, earlierVotes } from "../vote/earlier-votes.js";
import { groupAt, placesOf } from "../vote/group-place.js";
import { isExcluded } from "../vote/self-exclusion.js";
import { keptReason, reasonFaults } from "../vote/vote-reason.js";
import { type Inconsistency, keysInconsistencies, when } from "./inconsistency.js";
import { asksForOwner } from "./owner-classes.js";

/** What cannot be about the votes of a state, one by one and before one another. */
export function votesInconsistencies(state: ApprovalState): readonly Inconsistency[] {
  const seen = new Set<string>();
  return state.votes.flatMap((vote, position) => {
    const path = ["votes", position];
    const before = position === 0 ? state.openedAt : (state.votes[position - 1]?.at ?? state.openedAt);
    const wrong = [
      ...keysInconsistencies([...path, "keys"], vote.voter, vote.keys),
      ...when(vote.at < before || vote.at > state.lastAt || isPastDeadline(state, vote.at), [...path, "at"], "is out of order"),
      ...reasonInconsistencies(state, vote, path),
      ...countsInconsistencies(state, vote, path),
      ...(vote.keys.some((key) => seen.has(key)) ? secondVoteInconsistencies(state, position, path) : []),
      ...lastVoteInconsistencies(state, position, path),
    ];
    for (const key of vote.keys) seen.add(key);
    return wrong;
  });
}

function reasonInconsistencies({ rules }: ApprovalState, { reason }: VoteRecord, path: Path): readonly Inconsistency[] {
  const isWrong = reason !== keptReason(reason) || reasonFaults(reason, rules.requireApproverReason).length > 0;
  return when(isWrong, [...path, "reason"], "could not have been given");
}

/** Each place counts once, in the order of the document, and was there and open when the vote was cast. */
function countsInconsistencies(state: ApprovalState, vote: VoteRecord, path: Path): readonly Inconsistency[] {
  const places = placesOf(state, openTiers(state, vote.at));
  let next = 0;
  return vote.counts.flatMap((count, position) => {
    const at = [...path, "counts", position];
    const found = places.findIndex((place, index) => index >= next && place.group === count.group && place.tier === count.tier);
    if (found === -1) return when(true, at, "is no group that was open, or out of order");
    next = found + 1;
    return when(!areOwnersRight(state, count), [...at, "owners"], "are not those that a vote could count for");
  });
}

function areOwnersRight(state: ApprovalState, { group, tier, owners }: VoteCount): boolean {
  const perOwner = tier === null && asksForOwner(groupAt(state, { group, tier })) && state.owners.length > 0;
  if (owners === "all" || !perOwner) return owners === "all" && !perOwner;
  return owners.every((owner, position) => owner < state.owners.length && (position === 0 || owner > (owners[position - 1] ?? owner)));
}

/** Who has voted may vote once more only in a tier that opened since (A5). */
function secondVoteInconsistencies(state: ApprovalState, position: number, path: Path): readonly Inconsistency[] {
  const vote = state.votes[position];
  if (vote === undefined) return [];
  const earlier = earlierVotes(state.votes.slice(0, position), vote.keys);
  const counts = countsOfSecondVote(state, vote.counts, earlier);
  return when(counts.length < vote.counts.length, [...path, "voter"], "has voted before");
}

/** A vote in a tier decides, so nothing follows it; and whom it decides for was known when it was cast (A6). */
function lastVoteInconsistencies(state: ApprovalState, position: number, path: Path): readonly Inconsistency[] {
  const vote = state.votes[position];
  if (vote === undefined) return [];
  const isLast = position === state.votes.length - 1;
  const inTier = vote.counts.some((count) => count.tier !== null);
  return [
    ...when(inTier && !isLast, [...path, "counts"], "hold a tier, whose vote would have decided"),
    ...when(isLast && isExcluded(state, vote.keys), [...path, "voter"], "is the requestor or the grantee"),
  ];
}
