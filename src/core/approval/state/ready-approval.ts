import { makeReady, type ReadyCondition } from "../../evaluate/ready-condition.js";
import type { Approval, ApproverGroup } from "../../flow/approval.js";
import type { RelationCondition } from "../../flow/condition.js";
import { type Instant, lastInstant } from "../../time/instant.js";
import type { ApprovalState, VoteCount } from "../approval-state.js";
import { deadlineOf, tierOpensAt } from "../event/approval-clock.js";
import { asksForOwner, isOwnerCondition } from "./owner-classes.js";

type ManagerCondition = Extract<RelationCondition, { readonly relation: "manager" }>;

/** A group or a tier, with what can be worked out before anybody votes. */
export type ReadyGroup = {
  readonly group: number;
  readonly tier: number | null;
  /** Whether one person has to meet all conditions, or one of them (A2). */
  readonly all: boolean;
  /** All but those that ask for the owner. */
  readonly conditions: readonly (ReadyCondition | ManagerCondition)[];
  readonly asksForOwner: boolean;
  /** How many voters it takes. */
  readonly required: number;
  /** What a vote counts for that counts for this group only, whoever owns what. */
  readonly counts: readonly [VoteCount];
};

export type ReadyGroups = { readonly groups: readonly ReadyGroup[]; readonly tiers: readonly ReadyGroup[] };

/** What stays the same while an approval is under way, worked out once. */
export type ReadyApproval = ReadyGroups & {
  readonly approval: Approval;
  /** null: never (A11). */
  readonly deadline: Instant | null;
  /** When each tier opens; those that would open at or after the deadline never do (A12). */
  readonly opensAt: readonly Instant[];
};

/** A pure memo: the rules of a checked flow are frozen all the way down. */
const ready = new WeakMap<Approval, ReadyGroups>();

/** The groups of a checked flow's approval. */
export function readyGroups(approval: Approval): ReadyGroups {
  const known = ready.get(approval);
  if (known !== undefined) return known;
  const made = makeReadyGroups(approval);
  if (Object.isFrozen(approval)) ready.set(approval, made);
  return made;
}

/** Not remembered: for who keeps it. */
export function makeReadyGroups(approval: Approval): ReadyGroups {
  if (approval.kind === "automatic") return { groups: [], tiers: [] };
  return {
    groups: approval.approverGroups.map((group, position) => readyGroup(group, position, null, group.required)),
    tiers: (approval.escalation?.tiers ?? []).map((group, position) => readyGroup(group, 0, position + 1, 1)),
  };
}

export function readyApproval(
  { rules, openedAt }: Pick<ApprovalState, "rules" | "openedAt">,
  { groups, tiers }: ReadyGroups,
): ReadyApproval {
  const opened = { rules, openedAt };
  const deadline = deadlineOf(opened);
  const opensAt: Instant[] = [];
  for (let tier = 1; tier <= tiers.length; tier += 1) {
    const opens = tierOpensAt(opened, tier);
    if (opens > lastInstant || (deadline !== null && opens >= deadline)) break;
    opensAt.push(opens);
  }
  return { groups, tiers, approval: rules.approval, deadline, opensAt };
}

export function isPast({ deadline }: ReadyApproval, at: Instant): boolean {
  return deadline !== null && at >= deadline;
}

/** How many tiers are open at an instant. */
export function tiersOpen({ opensAt }: ReadyApproval, at: Instant): number {
  let open = 0;
  while (open < opensAt.length && (opensAt[open] ?? at) <= at) open += 1;
  return open;
}

function readyGroup(definition: ApproverGroup, group: number, tier: number | null, required: number): ReadyGroup {
  const conditions: (ReadyCondition | ManagerCondition)[] = [];
  for (const condition of definition.conditions) {
    if (!isOwnerCondition(condition)) conditions.push("relation" in condition ? condition : makeReady(condition));
  }
  return {
    group,
    tier,
    all: definition.combinator === "and",
    conditions,
    asksForOwner: asksForOwner(definition),
    required,
    counts: Object.freeze([Object.freeze({ group, tier, owners: "all" })] as const),
  };
}
