import type { Path } from "../../kernel/path.js";
import type { ApprovalState, VoteCount, VoteRecord } from "../approval-state.js";
import { countsOfSecondVote, earlierVotes } from "../vote/earlier-votes.js";
import { isExcluded } from "../vote/self-exclusion.js";
import { keptReason, reasonFaults } from "../vote/vote-reason.js";
import { hasVoted, noVoters, withVoters } from "../vote/voter-index.js";
import { type Found, findInKeys } from "./inconsistency.js";
import { isPast, type ReadyApproval, tiersOpen } from "./ready-approval.js";

/** What cannot be about the votes of a state, one by one and before one another. */
export function findInVotes(found: Found, state: ApprovalState, ready: ReadyApproval): void {
  const { votes, openedAt, lastAt } = state;
  let voters = noVoters;
  let before = openedAt;
  for (const [position, vote] of votes.entries()) {
    const path = ["votes", position];
    const isOutOfOrder = vote.at < before || vote.at > lastAt || isPast(ready, vote.at);
    findInKeys(found, path, vote.voter, vote.keys);
    if (isOutOfOrder) found.push({ path: [...path, "at"], says: "is out of order" });
    findInReason(found, state, vote, path);
    findInCounts(found, state, ready, vote, path);
    voters = withVoters(voters, votes, position);
    if (hasVoted(voters, votes, position, vote.keys)) findInSecondVote(found, state, position, vote, path);
    findInLastVote(found, state, position, vote, path);
    before = vote.at;
  }
}

function findInReason(found: Found, { rules }: ApprovalState, { reason }: VoteRecord, path: Path): void {
  if (reason === null && !rules.requireApproverReason) return;
  const isWrong = reason !== keptReason(reason) || reasonFaults(reason, rules.requireApproverReason).length > 0;
  if (isWrong) found.push({ path: [...path, "reason"], says: "could not have been given" });
}

/** Each place counts once, in the order of the document, and was there and open when the vote was cast. */
function findInCounts(found: Found, state: ApprovalState, ready: ReadyApproval, { counts, at }: VoteRecord, path: Path): void {
  const open = tiersOpen(ready, at);
  let next = 0;
  for (const [position, count] of counts.entries()) {
    const place = placeOf(ready, open, count);
    if (place < next) found.push({ path: [...path, "counts", position], says: "is no group that was open, or out of order" });
    else {
      next = place + 1;
      if (!areOwnersRight(state, ready, count))
        found.push({ path: [...path, "counts", position, "owners"], says: "are not those that a vote could count for" });
    }
  }
}

/** Where a group, or a tier that was open, stands in the order of the document; -1 where there is none. */
function placeOf({ groups }: ReadyApproval, open: number, { group, tier }: VoteCount): number {
  if (tier === null) return group < groups.length ? group : -1;
  return group === 0 && tier <= open ? groups.length + tier - 1 : -1;
}

function areOwnersRight({ owners: { length } }: ApprovalState, { groups }: ReadyApproval, { group, tier, owners }: VoteCount): boolean {
  const perOwner = tier === null && groups[group]?.asksForOwner === true && length > 0;
  if (owners === "all" || !perOwner) return owners === "all" && !perOwner;
  return owners.every((owner, position) => owner < length && (position === 0 || owner > (owners[position - 1] ?? owner)));
}

/** Who has voted may vote once more only in a tier that opened since (A5). */
function findInSecondVote(found: Found, state: ApprovalState, position: number, vote: VoteRecord, path: Path): void {
  const earlier = earlierVotes(state.votes.slice(0, position), vote.keys);
  const counts = countsOfSecondVote(state, vote.counts, earlier);
  if (counts.length < vote.counts.length) found.push({ path: [...path, "voter"], says: "has voted before" });
}

/** A vote in a tier decides, so nothing follows it; and whom it decides for was known when it was cast (A6). */
function findInLastVote(found: Found, state: ApprovalState, position: number, vote: VoteRecord, path: Path): void {
  const isLast = position === state.votes.length - 1;
  const inTier = vote.counts.some((count) => count.tier !== null);
  if (inTier && !isLast) found.push({ path: [...path, "counts"], says: "hold a tier, whose vote would have decided" });
  if (isLast && isExcluded(state, vote.keys)) found.push({ path: [...path, "voter"], says: "is the requestor or the grantee" });
}
