import type { ApprovalState, VoteCount, VoteRecord } from "../approval-state.js";
import type { ReadyApproval, ReadyGroup } from "../state/ready-approval.js";
import { enoughDistinct } from "./distinct-approvers.js";
import { isExcluded } from "./self-exclusion.js";

/** What an outcome is counted from. */
export type Counted = Pick<ApprovalState, "rules" | "requestor" | "grantee" | "owners" | "votes">;

/** How many voters a group has: for each owner where it asks for the owner of a named resource, else one number. */
export type GroupTally = { readonly voters: readonly number[]; readonly isMet: boolean };

/** The approvals that count so far, group by group. One more is counted without going through the others. */
export type Tally = {
  readonly groups: readonly GroupTally[];
  /** How many groups have as many voters as they require, for every owner where they ask for the owner (A3, A8). */
  readonly met: number;
  /** Whether a member of a tier has approved, who decides alone (A12). */
  readonly byTier: boolean;
};

/**
 * The approvals that count among the first `length` votes. A vote whose voter has since turned out to be the requestor
 * or the grantee stays on record and counts for nothing (A6).
 */
export function countedApprovals(state: Counted, length: number = state.votes.length): readonly VoteRecord[] {
  return state.votes.filter((vote, position) => position < length && counts(state, vote));
}

function counts(state: Counted, vote: VoteRecord): boolean {
  return vote.decision === "approve" && !isExcluded(state, vote.keys);
}

/** The tally of the first `length` votes. */
export function tallyOf(ready: ReadyApproval, state: Counted, length: number = state.votes.length): Tally {
  let tally = noApprovals(ready, state.owners.length);
  for (let i = 0; i < length; i += 1) {
    const vote = state.votes[i];
    if (vote !== undefined && counts(state, vote)) tally = withApproval(ready, tally, vote.counts);
  }
  return tally;
}

/** A group takes one voter at least, so that none is met yet. */
function noApprovals({ groups }: ReadyApproval, owners: number): Tally {
  return { groups: groups.map((group) => ({ voters: noVotersOf(group, owners), isMet: false })), met: 0, byTier: false };
}

function noVotersOf({ asksForOwner }: ReadyGroup, owners: number): readonly number[] {
  return asksForOwner && owners > 0 ? Array.from({ length: owners }, () => 0) : [0];
}

/** The tally after one more approval: only what it counts for is written anew. */
export function withApproval({ groups }: ReadyApproval, before: Tally, counts: readonly VoteCount[]): Tally {
  const after = before.groups.slice();
  let { met, byTier } = before;
  for (let i = 0; i < counts.length; i += 1) {
    const count = counts[i];
    if (count === undefined) continue;
    const tallied = count.tier === null ? after[count.group] : undefined;
    if (tallied === undefined) {
      byTier = true;
      continue;
    }
    const voters = oneMore(tallied.voters, count.owners);
    const isMet = isEnough(voters, groups[count.group]?.required ?? Number.POSITIVE_INFINITY);
    if (isMet && !tallied.isMet) met += 1;
    after[count.group] = { voters, isMet };
  }
  return { groups: after, met, byTier };
}

function oneMore(before: readonly number[], owners: readonly number[] | "all"): readonly number[] {
  // Where owners are counted one by one, a vote names them.
  if (owners === "all") return [(before[0] ?? 0) + 1];
  const voters = before.slice();
  for (const owner of owners) voters[owner] = (voters[owner] ?? 0) + 1;
  return voters;
}

function isEnough(voters: readonly number[], required: number): boolean {
  for (let i = 0; i < voters.length; i += 1) if ((voters[i] ?? 0) < required) return false;
  return true;
}

/**
 * Whether the approvals of a tally approve the request: a member of a tier alone (A12), or the groups as they are
 * joined (A3). `approvals` are looked at only where different people are needed for groups that are all met.
 */
export function isApproved({ approval, groups }: ReadyApproval, tally: Tally, approvals: () => readonly VoteRecord[]): boolean {
  if (approval.kind === "automatic" || tally.byTier) return true;
  if (approval.groups === "anyOf") return tally.met > 0;
  if (tally.met < groups.length) return false;
  return !approval.distinctApprovers || enoughDistinct(requiredBy(groups), groupsByVoter(approvals()));
}

export function requiredBy(groups: readonly ReadyGroup[]): readonly number[] {
  return groups.map((group) => group.required);
}

/** The groups that each voter counts for, tiers apart. */
export function groupsByVoter(approvals: readonly VoteRecord[]): readonly (readonly number[])[] {
  return approvals.map((vote) => vote.counts.flatMap((count) => (count.tier === null ? [count.group] : [])));
}
