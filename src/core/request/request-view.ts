import type { Entitlement } from "../facts/resource.js";
import type { NonEmptyArray } from "../kernel/non-empty-array.js";
import type { Reason } from "../kernel/reason.js";
import type { Duration } from "../time/duration.js";
import type { GrantWindow } from "../time/grant-window.js";
import type { Instant } from "../time/instant.js";
import type { ProductStatus } from "./product-status.js";
import type { EntitlementReport } from "./request-state.js";
import type { RequestStatus } from "./request-status.js";

/** A vote as a reader may see it. `reason` null: none was given, or it is not theirs to read (L8). */
export type VoteView = {
  readonly voter: string;
  readonly decision: "approve" | "reject";
  readonly reason: string | null;
  readonly at: Instant;
};

/** What one reader may see of a request (L8, L11): plain JSON, safe to show. */
export type RequestView = {
  readonly audience: "requestor" | "approver" | "administrator";
  readonly id: string;
  readonly status: RequestStatus;
  /** The product's word for the status (L9). */
  readonly productStatus: ProductStatus;
  readonly revision: number;
  readonly flow: { readonly id: string; readonly name: string };
  readonly requestor: string;
  readonly grantee: string;
  readonly entitlements: NonEmptyArray<Entitlement>;
  readonly requestedDuration: Duration | null;
  readonly startAt: Instant | null;
  readonly justification: string | null;
  readonly submittedAt: Instant;
  readonly lastAt: Instant;
  readonly window: GrantWindow | null;
  readonly extensions: number;
  /** Requestors see their own votes, and of a rejection the reason without the voter's name; others see all. */
  readonly votes: readonly VoteView[];
  /** The reason of the rejection, for every reader; null: none. */
  readonly rejectionReason: string | null;
  readonly entitlementReports: readonly EntitlementReport[];
  readonly reasons: readonly Reason[];
};
