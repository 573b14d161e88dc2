import type { ApprovalState, VoteRecord } from "../approval-state.js";
import { asksForOwner } from "../state/owner-classes.js";
import { enoughDistinct } from "./distinct-approvers.js";
import { isExcluded } from "./self-exclusion.js";

/** What an outcome is counted from. */
export type Counted = Pick<ApprovalState, "rules" | "requestor" | "grantee" | "owners" | "votes">;

/**
 * The approvals that count. A vote whose voter has since turned out to be the requestor or the grantee stays on
 * record and counts for nothing (A6).
 */
export function countedApprovals(state: Counted): readonly VoteRecord[] {
  return state.votes.filter((vote) => vote.decision === "approve" && !isExcluded(state, vote.keys));
}

/** Whether the votes approve the request: a member of a tier alone (A12), or the groups as they are joined (A3). */
export function isApproved(state: Counted): boolean {
  const { approval } = state.rules;
  if (approval.kind === "automatic") return true;
  const approvals = countedApprovals(state);
  if (approvals.some((vote) => vote.counts.some((count) => count.tier !== null))) return true;
  const satisfied = (_: unknown, group: number): boolean => isSatisfied(state, group, approvals);
  if (approval.groups === "anyOf") return approval.approverGroups.some(satisfied);
  if (!approval.approverGroups.every(satisfied)) return false;
  return !approval.distinctApprovers || enoughDistinct(requiredBy(state), groupsByVoter(approvals));
}

/** Whether a group has as many voters as it requires, for every owner where it asks for the owner (A3, A8). */
export function isSatisfied(state: Counted, group: number, approvals: readonly VoteRecord[]): boolean {
  const required = requiredBy(state)[group] ?? Number.POSITIVE_INFINITY;
  return coverageOf(state, group, approvals).every((voters) => voters >= required);
}

/** How many voters a group has: for each owner where it asks for the owner of a named resource, else one number. */
export function coverageOf(state: Counted, group: number, approvals: readonly VoteRecord[]): readonly number[] {
  const { approval } = state.rules;
  const definition = approval.kind === "automatic" ? undefined : approval.approverGroups[group];
  const perOwner = definition !== undefined && asksForOwner(definition) && state.owners.length > 0;
  const voters: number[] = Array.from({ length: perOwner ? state.owners.length : 1 }, () => 0);
  for (const vote of approvals) {
    const count = vote.counts.find((entry) => entry.tier === null && entry.group === group);
    if (count === undefined) continue;
    for (const owner of count.owners === "all" ? voters.keys() : count.owners) voters[owner] = (voters[owner] ?? 0) + 1;
  }
  return voters;
}

export function requiredBy({ rules: { approval } }: Pick<ApprovalState, "rules">): readonly number[] {
  return approval.kind === "automatic" ? [] : approval.approverGroups.map((group) => group.required);
}

/** The groups that each voter counts for, tiers apart. */
export function groupsByVoter(approvals: readonly VoteRecord[]): readonly (readonly number[])[] {
  return approvals.map((vote) => vote.counts.flatMap((count) => (count.tier === null ? [count.group] : [])));
}
