import type { Entitlement } from "../facts/resource.js";
import type { NonEmptyArray } from "../kernel/non-empty-array.js";
import type { Reason } from "../kernel/reason.js";

/** A grant that stands: who holds what, by which request. */
export type CurrentGrant = { readonly grantee: string; readonly entitlement: Entitlement; readonly request: string };

/** What an automatic flow would begin and end (M1). Plain, deep-frozen JSON, by grantee and entitlement, sorted. */
export type GrantPlan = {
  readonly kind: "grantPlan";
  /** To be begun by `grantRequest`: at most 1,000 entitlements an entry. */
  readonly grants: readonly { readonly grantee: string; readonly entitlements: NonEmptyArray<Entitlement> }[];
  /** To be ended: `reasons` say why. Empty where the run is halted. */
  readonly ends: readonly (CurrentGrant & { readonly reasons: NonEmptyArray<Reason> })[];
  readonly keeps: readonly CurrentGrant[];
  /** About whom nothing is begun or ended, because a fact is missing. */
  readonly undetermined: readonly { readonly grantee: string; readonly reasons: NonEmptyArray<Reason> }[];
  /** More grants would end than one run may end: none was (M3). */
  readonly halted: boolean;
  /** Why nothing is planned, or less than was found. */
  readonly reasons: readonly Reason[];
  readonly notices: readonly Reason[];
};
