import * as fc from "fast-check";
import type { ApprovalDefinition, ApproverGroupDefinition } from "../../core/flow/definition.js";
import { approverConditionArbitrary, joined } from "./condition-arbitrary.js";
import { recordOf } from "./name-pools.js";

type ApprovalOfDefinition = Extract<ApprovalDefinition, { kind: "approvalOf" }>;

/** Who approves (A): automatic or by people. */
export function approvalArbitrary(): fc.Arbitrary<ApprovalDefinition> {
  return fc.oneof({ weight: 1, arbitrary: fc.constant({ kind: "automatic" as const }) }, { weight: 9, arbitrary: approvalOfArbitrary() });
}

/** By people: every way to join groups, `required`, different people, expiry, tiers, relations. Always a valid definition. */
export function approvalOfArbitrary(): fc.Arbitrary<ApprovalOfDefinition> {
  const group = approverGroupArbitrary();
  const required = fc.constantFrom(undefined, undefined, 1, 2);
  const requiredGroup = fc
    .tuple(group, required)
    .map(([members, count]) => (count === undefined ? members : { ...members, required: count }));
  const minutes = (amount: number) => ({ amount, unit: "minute" as const });
  const escalation = recordOf<NonNullable<ApprovalOfDefinition["escalation"]>>(
    { every: fc.constantFrom(minutes(10), minutes(20)), tiers: fc.array(group, { minLength: 1, maxLength: 2 }) },
    ["tiers"],
  );
  return recordOf<ApprovalOfDefinition>(
    {
      kind: fc.constant("approvalOf" as const),
      groups: fc.constantFrom("anyOf" as const, "allOf" as const),
      approverGroups: fc.array(requiredGroup, { minLength: 1, maxLength: 3 }),
      distinctApprovers: fc.boolean(),
      expiresAfter: fc.constantFrom(minutes(25), { amount: 1, unit: "hour" as const }, "never" as const),
      escalation,
    },
    ["kind", "groups", "approverGroups"],
  ).map(withoutContradiction);
}

/** D5: different people only under `allOf`, and not beside an owner condition. */
function withoutContradiction(approval: ApprovalOfDefinition): ApprovalOfDefinition {
  const ownerAsked = approval.approverGroups.some((group) =>
    group.conditions.some((condition) => "relation" in condition && condition.relation === "owner"),
  );
  return approval.groups === "anyOf" || ownerAsked ? { ...approval, distinctApprovers: false } : approval;
}

export function approverGroupArbitrary(): fc.Arbitrary<ApproverGroupDefinition> {
  return joined(approverConditionArbitrary(), 2);
}
