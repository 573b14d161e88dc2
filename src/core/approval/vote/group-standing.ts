import { conditionTruth } from "../../evaluate/condition-truth.js";
import type { Identity } from "../../facts/identity.js";
import { knownManager } from "../../facts/identity-values.js";
import { isRelationTo } from "../../facts/person-keys.js";
import type { ApproverGroup } from "../../flow/approval.js";
import type { AttributeCondition, RelationCondition } from "../../flow/condition.js";
import { and, combine, or, type Truth } from "../../kernel/truth.js";
import type { ApprovalState, OwnerClass } from "../approval-state.js";
import { asksForOwner, isOwnerCondition } from "../state/owner-classes.js";

/** Whether somebody is in a group, and for which owners they then count (A2, A8): see `VoteRecord`. */
export type GroupStanding = { readonly truth: Truth; readonly owners: readonly number[] | "all" };

/** Whom the relations of approver conditions are about (A7, A8). */
export type Parties = Pick<ApprovalState, "requestor" | "grantee" | "owners">;

/** Judges one person by any group. What they own is found out once, however many groups ask. */
export function groupJudge(parties: Parties, voter: Identity): (group: ApproverGroup, isTier: boolean) => GroupStanding {
  let ownership: readonly Truth[] | undefined;
  return (group, isTier) => {
    const truths: Truth[] = [];
    for (const condition of group.conditions) if (!isOwnerCondition(condition)) truths.push(truthFor(condition, parties, voter));
    if (!asksForOwner(group)) return { truth: combine(group.combinator, truths), owners: "all" };
    // Nobody can be known to own what a request does not name (A8).
    if (parties.owners.length === 0) return { truth: combine(group.combinator, [...truths, "unknown"]), owners: "all" };
    ownership ??= parties.owners.map((owner) => ownerTruth(owner, voter));
    const perOwner = ownership.map((owns) => combine(group.combinator, [...truths, owns]));
    // Who owns only some of the resources is no member of a tier (A12).
    if (isTier) return { truth: and(perOwner), owners: "all" };
    return { truth: or(perOwner), owners: perOwner.flatMap((truth, position) => (truth === "holds" ? [position] : [])) };
  };
}

/** Who manages the requestor or the grantee: undefined is unknown. Without a grantee the requestor is meant (A7). */
export function managerOf({ requestor, grantee }: Parties, of: "requestor" | "grantee"): string | null | undefined {
  const { manager, managerKnown } = of === "grantee" && grantee !== null ? grantee : requestor;
  return managerKnown ? knownManager(manager) : undefined;
}

function ownerTruth({ owner, unknown }: OwnerClass, voter: Identity): Truth {
  if (unknown) return "unknown";
  return owner === null ? "fails" : conditionTruth(owner, voter);
}

/** Whether somebody meets a condition of an approver group: any but the owner's, which is judged for each owner. */
export function truthFor(
  condition: AttributeCondition | Extract<RelationCondition, { readonly relation: "manager" }>,
  parties: Parties,
  voter: Identity,
): Truth {
  if (!("relation" in condition)) return conditionTruth(condition, voter);
  return isRelationTo(managerOf(parties, condition.of), voter);
}
