import type { Reason } from "../kernel/reason.js";
import type { Instant } from "../time/instant.js";

/** Who may vote and for what, and whether that can approve the request (A13). People go by id, sorted. */
export type ApprovalPlan = {
  readonly kind: "approvalPlan";
  readonly approval: "automatic" | "approvalOf";
  /** Whether the candidates can approve the request, exactly; false with `too_much_asked` where it was not found out. */
  readonly decidable: boolean;
  /** Where only a tier can decide: when the first that can opens. null where groups can, or nobody. */
  readonly decidableFrom: Instant | null;
  /** It is known that it is decidable, but not without the requestor. */
  readonly selfOnly: boolean;
  /** For each group who may vote; where it asks for the owner, for each owner too (`""`: nobody, or not known who). */
  readonly groups: readonly {
    readonly group: number;
    readonly required: number;
    readonly voters: readonly string[];
    readonly owners: readonly { readonly owner: string; readonly voters: readonly string[] }[];
  }[];
  /** For each tier (from 1) who may vote from when; nobody where it would open at or after the deadline. */
  readonly tiers: readonly { readonly tier: number; readonly opensAt: Instant; readonly voters: readonly string[] }[];
  /** Who may not vote at all, an entry for each reason. */
  readonly excluded: readonly { readonly id: string; readonly reason: Reason }[];
  /**
   * Why the request cannot be approved, or cannot be planned for. Empty where it is decidable; and where it is not,
   * but there may be more candidates and nothing is known beyond what `excluded` says.
   */
  readonly reasons: readonly Reason[];
  /** What is worth knowing and stands in nobody's way. */
  readonly notices: readonly Reason[];
};
