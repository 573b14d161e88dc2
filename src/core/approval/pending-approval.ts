import { deepFreeze } from "../kernel/deep-freeze.js";
import { type InstantInput, requireInstant } from "../time/instant.js";
import type { ApprovalState } from "./approval-state.js";
import { requireState } from "./state/accept-state.js";
import { memoOf, type StateMemo } from "./state/made-states.js";
import { isPast, tiersOpen } from "./state/ready-approval.js";
import { countedApprovals, groupsByVoter, requiredBy } from "./vote/approval-tally.js";
import { groupsToHelp } from "./vote/distinct-approvers.js";

/** A group, or an open escalation tier, whose approval is still needed or would do. */
export type PendingGroup = {
  /** Its position in the flow's `approverGroups`; 0 for a tier, which is one group. */
  readonly group: number;
  /** The tier's number, from 1. Absent for the groups of the approval itself. */
  readonly tier?: number;
  /** How many different voters it takes; for each owner where it asks for the owner. */
  readonly required: number;
  /** How many approvals count for it so far; where it asks for the owner, for the owner with the fewest. */
  readonly approvals: number;
  /** The owners, by position in the state's `owners`, that lack approvals. Empty where it does not ask for the owner. */
  readonly owners: readonly { readonly owner: number; readonly approvals: number }[];
};

/**
 * What is still needed at an instant: the groups for which one more approval brings the request nearer, and the
 * tiers that are open, each of which decides alone (A3, A8, A12).
 *
 * Under `anyOf` each entry is an alternative; under `allOf` all groups listed are needed. With
 * `distinctApprovers` a group is listed, too, that has enough approvals of which one is needed elsewhere.
 * Empty when nothing is needed any more, or nothing helps: the approval is decided, or its deadline reached.
 *
 * Throws `AccessFlowError`: `instant_invalid`, or `state_foreign` and `state_newer` for what is no state of
 * this library.
 *
 * @example
 * const flow = defineAccessFlow({
 *   name: "Reports",
 *   requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
 *   targets: [{ kind: "bundle", bundle: "reports" }],
 *   approval: {
 *     kind: "approvalOf", groups: "allOf",
 *     approverGroups: [{ conditions: [{ relation: "manager" }] }, { required: 2, conditions: [{ attribute: "group", values: ["leads"] }] }],
 *   },
 * });
 * const started = startApproval(flow, { requestor: { id: "ada", manager: "grace" }, at: 0 });
 * const voter = { id: "grace", attributes: { group: ["leads"] } };
 * const voted = started.ok ? transitionApproval(started.value.state, { type: "vote", voter, decision: "approve", at: 1000 }) : started;
 * voted.ok && pendingApproval(voted.value.state, 1000);
 * // => [{ group: 1, required: 2, approvals: 1, owners: [] }]
 */
export function pendingApproval(state: ApprovalState, at: InstantInput): readonly PendingGroup[] {
  const accepted = requireState(state);
  const instant = requireInstant(at, "at");
  const memo = memoOf(accepted);
  if (accepted.status !== "pending" || isPast(memo.ready, instant)) return Object.freeze([]);
  const groups = groupsInNeed(accepted, memo).map((group) => pendingGroup(accepted, memo, group));
  const tiers = Array.from({ length: tiersOpen(memo.ready, instant) }, (_, tier) => ({
    group: 0,
    tier: tier + 1,
    required: 1,
    approvals: 0,
    owners: [],
  }));
  return deepFreeze([...groups, ...tiers]);
}

function groupsInNeed(state: ApprovalState, { ready, tally }: StateMemo): readonly number[] {
  const { approval, groups } = ready;
  if (approval.kind === "approvalOf" && approval.distinctApprovers)
    return groupsToHelp(requiredBy(groups), groupsByVoter(countedApprovals(state)));
  return tally.groups.flatMap(({ isMet }, group) => (isMet ? [] : [group]));
}

function pendingGroup({ owners }: ApprovalState, { ready, tally }: StateMemo, group: number): PendingGroup {
  const { required = 1, asksForOwner = false } = ready.groups[group] ?? {};
  const coverage = tally.groups[group]?.voters ?? [];
  const short = coverage.flatMap((count, owner) => (count < required ? [{ owner, approvals: count }] : []));
  return { group, required, approvals: Math.min(...coverage), owners: asksForOwner && owners.length > 0 ? short : [] };
}
