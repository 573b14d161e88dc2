import type { NonEmptyArray } from "../kernel/non-empty-array.js";
import type { Duration } from "../time/duration.js";
import type { Condition, Conditions } from "./condition.js";

/** Who may approve: under `and` one person who meets all conditions, under `or` one who meets one (A2). */
export type ApproverGroup = Conditions<Condition>;

/** A group of the approval itself: satisfied by `required` different voters (A3). */
export type RequiredGroup = ApproverGroup & { readonly required: number };

/** Further approvers, opened one tier after the other while nobody has decided (A12). */
export type Escalation = { readonly every: Duration; readonly tiers: NonEmptyArray<ApproverGroup> };

/** People approve: groups of conditions, any of them or all of them (A1–A3). */
export type ApprovalOf = {
  readonly kind: "approvalOf";
  readonly groups: "anyOf" | "allOf";
  readonly approverGroups: NonEmptyArray<RequiredGroup>;
  /** Different people for different groups (A3). */
  readonly distinctApprovers: boolean;
  /** Undecided at that age, the request expires (A11). */
  readonly expiresAfter: Duration | "never";
  /** Tier k opens at k × `every` after approval opened; one member decides alone (A12). */
  readonly escalation?: Escalation | undefined;
};

/** Who approves ("Approval"): nobody needs to, or people do (A1). */
export type Approval = { readonly kind: "automatic" } | ApprovalOf;
