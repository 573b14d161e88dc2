import type { ApprovalPlan } from "../approval/approval-plan.js";
import type { NonEmptyArray } from "../kernel/non-empty-array.js";
import type { Reason } from "../kernel/reason.js";
import type { Trace } from "../kernel/trace.js";
import type { GrantWindow } from "../time/grant-window.js";

/** Whether a request would be accepted, with everything a form needs: the answer of the dry run. Plain, deep-frozen JSON. */
export type RequestDecision =
  | {
      readonly kind: "requestDecision";
      readonly outcome: "acceptable";
      /** Where the request would stand after its submission. */
      readonly next: "awaitingMfa" | "awaitingApproval" | "scheduled";
      /** What people have to do before it activates. */
      readonly needs: readonly ("mfa" | "approval")[];
      /** As if it activated at once, or at the start that was asked for. */
      readonly window: GrantWindow;
      /** null: no candidates were given. */
      readonly approval: ApprovalPlan | null;
      readonly notices: readonly Reason[];
      /** Its checks: `RequestorCheck` and `RequestCheck`. */
      readonly trace: Trace;
    }
  | {
      readonly kind: "requestDecision";
      readonly outcome: "refused";
      /** Every one: of the requestor, the targets, the window, the text, the evidence, the approvers. */
      readonly reasons: NonEmptyArray<Reason>;
      readonly notices: readonly Reason[];
      readonly trace: Trace;
    };

/**
 * The checks that a request adds to the trace of its requestor.
 *
 * - `entitlementsCovered`: the flow gives everything asked for (T8).
 * - `windowGranted`: start and duration are within what the flow grants (W1, W3).
 * - `justified`: the justification is there where it is needed, and not too long (L1).
 * - `mfaFresh`: evidence that was given counts (L2).
 * - `approvable`: somebody can approve; only where complete candidates were given (A13).
 * - `notHeld`: the grantee has not got it, and has not asked for it; only where that was given (L12).
 */
export type RequestCheck = "entitlementsCovered" | "windowGranted" | "justified" | "mfaFresh" | "approvable" | "notHeld";
