import type { ApprovalState, OwnerClass, PersonRecord } from "../approval/approval-state.js";
import type { Entitlement } from "../facts/resource.js";
import type { AccessFlow } from "../flow/access-flow.js";
import type { NonEmptyArray } from "../kernel/non-empty-array.js";
import type { Reason } from "../kernel/reason.js";
import type { Duration } from "../time/duration.js";
import type { GrantWindow } from "../time/grant-window.js";
import type { Instant } from "../time/instant.js";
import type { RequestStatus } from "./request-status.js";

/** What was asked: written once, never changed, so that a store may keep it apart. */
export type SubmittedRequest = {
  readonly id: string;
  /** The flow as it was when it was asked for: later edits do not change a request (L3). */
  readonly flow: AccessFlow;
  readonly requestor: PersonRecord;
  /** null: the requestor is the grantee. */
  readonly grantee: PersonRecord | null;
  /** Who owns what is asked for (A8): approval opens after MFA, when the records of the resources are gone. */
  readonly owners: readonly OwnerClass[];
  readonly entitlements: NonEmptyArray<Entitlement>;
  readonly requestedDuration: Duration | null;
  readonly startAt: Instant | null;
  readonly justification: string | null;
  readonly submittedAt: Instant;
};

/** The MFA evidence that completed a request (L2). */
export type MfaEvidence = { readonly id: string; readonly at: Instant };

/** Why access is being taken back. */
export type EndCause = "ended" | "revoked" | "granteeInactive" | "activationFailed";

/** What the provisioner said last about one entitlement of the request, by its position (L6). */
export type EntitlementReport = {
  readonly entitlement: number;
  readonly access: "held" | "heldBefore" | "notHeld" | "unknown";
  /** Sessions that were opened with the access may live on. */
  readonly sessionsMayPersist: boolean;
};

/** A grant from `activating` on. */
export type RequestGrant = {
  readonly window: GrantWindow;
  /** Which order to the provisioner counts: a report of another one is stale (L6). */
  readonly generation: number;
  /** Failed attempts at what is under way: activation, then deactivation. */
  readonly attempts: number;
  readonly extensions: number;
  readonly activatedAt: Instant | null;
};

/** A request under way or over: plain JSON, a fold of its recorded events (L7). */
export type RequestState = {
  readonly kind: "requestState";
  readonly format: "requestState/v1";
  readonly status: RequestStatus;
  /** Recorded events so far, the submission included: what a store compares before it writes. */
  readonly revision: number;
  readonly request: SubmittedRequest;
  readonly lastAt: Instant;
  /** When `timeReached` would next change something; null: never. */
  readonly wakeAt: Instant | null;
  readonly mfa: MfaEvidence | null;
  /** null: automatic, or not opened yet. */
  readonly approval: ApprovalState | null;
  /** In `scheduled`: when it expires unless it has begun to activate (L3). */
  readonly activateBy: Instant | null;
  /** In `scheduled`: facts were asked for and have not come yet. */
  readonly awaitingFacts: boolean;
  /** Doublings of the pause in `scheduled`; any other answer than an unknown one sets it back to 0. */
  readonly pauses: number;
  readonly grant: RequestGrant | null;
  readonly cause: EndCause | null;
  readonly entitlementReports: readonly EntitlementReport[];
  /** Why it ended as it did. */
  readonly reasons: readonly Reason[];
};
