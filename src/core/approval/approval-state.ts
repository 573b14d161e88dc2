import type { Approval } from "../flow/approval.js";
import type { AttributeCondition } from "../flow/condition.js";
import type { Instant } from "../time/instant.js";

/** Only `pending` ever changes (A4). */
export type ApprovalStatus = "pending" | "approved" | "rejected" | "withdrawn" | "expired";

/** What the state keeps of requestor and grantee: keys and manager only. */
export type PersonRecord = {
  readonly id: string;
  /** Id, addresses and accounts as they compare (C6), sorted. */
  readonly keys: readonly string[];
  readonly emailsKnown: boolean;
  readonly accountsKnown: boolean;
  readonly managerKnown: boolean;
  readonly manager: string | null;
};

/** Resources with one and the same owner (A8): `owner` null with `unknown` false means that nobody owns them. */
export type OwnerClass = { readonly owner: AttributeCondition | null; readonly unknown: boolean; readonly resources: number };

/**
 * A group that a vote counts for. `tier` (from 1) is null for a group of the approval itself; a tier is one
 * group, 0. `owners` are positions in the state's `owners`: those for which the voter met a group that asks
 * for the owner; "all" where it does not ask, where no resource is named, and in a tier, which asks for all.
 */
export type VoteCount = { readonly group: number; readonly tier: number | null; readonly owners: readonly number[] | "all" };

/** A vote, and what it counted for when it was cast (A5). */
export type VoteRecord = {
  readonly voter: string;
  readonly keys: readonly string[];
  readonly decision: "approve" | "reject";
  readonly reason: string | null;
  readonly at: Instant;
  readonly counts: readonly VoteCount[];
};

/** An approval under way or decided: plain JSON with everything that later votes need (A14). */
export type ApprovalState = {
  readonly kind: "approvalState";
  readonly format: "approvalState/v1";
  readonly status: ApprovalStatus;
  /** Accepted events so far: what a store compares before it writes. */
  readonly revision: number;
  readonly flow: { readonly id: string; readonly name: string };
  readonly rules: { readonly approval: Approval; readonly requestorCannotApproveSelf: boolean; readonly requireApproverReason: boolean };
  readonly openedAt: Instant;
  readonly lastAt: Instant;
  readonly decidedAt: Instant | null;
  readonly requestor: PersonRecord;
  /** null: the requestor is the grantee. */
  readonly grantee: PersonRecord | null;
  /** Empty where no owner condition is used. */
  readonly owners: readonly OwnerClass[];
  /** How many tiers were asked to vote (A10). */
  readonly tiersAsked: number;
  readonly votes: readonly VoteRecord[];
};
