import type { Actor } from "../approval/actor.js";
import type { TimeReachedEvent, VoteEvent, WithdrawEvent } from "../approval/approval-event.js";
import type { Identity } from "../facts/identity.js";
import type { Instant, InstantInput } from "../time/instant.js";
import type { ZoneTables } from "../time/zone-tables.js";
import type { EntitlementReport, MfaEvidence } from "./request-state.js";

/** Facts read freshly before a decision (L3, L10, W6). `"unknown"` is no answer, `"gone"` is one. */
export type FactsRead = {
  readonly requestor: Identity | "gone" | "unknown";
  /** null: the requestor is the grantee. */
  readonly grantee: Identity | "gone" | "unknown" | null;
  /** The flow as it is now: an edited one is active. */
  readonly flow: "active" | "inactive" | "gone" | "unknown";
  /** Positions of entitlements that the request's flow gives no more (T8). */
  readonly notCovered: readonly number[] | "unknown";
  readonly readAt: Instant;
};

/** The grantee has completed MFA (L2). */
export type CompleteMfaEvent = {
  readonly type: "completeMfa";
  readonly by: Actor;
  readonly evidence: MfaEvidence;
  readonly at: InstantInput;
};

/** The access is taken back before its end (L5). */
export type RevokeEvent = { readonly type: "revoke"; readonly by: Actor; readonly at: InstantInput };

/** The grantee asks for more time (W6). */
export type ExtendEvent = {
  readonly type: "extend";
  readonly by: Actor;
  readonly facts: FactsRead;
  readonly at: InstantInput;
  /** Zone tables in place of the runtime's (X11). */
  readonly zones?: ZoneTables | undefined;
};

/** Facts were read: the answer to the effect `readFacts`, or the sweep's look at an active grant (L3, L10). */
export type FactsReadEvent = {
  readonly type: "factsRead";
  readonly facts: FactsRead;
  readonly at: InstantInput;
  /** Zone tables in place of the runtime's (X11). */
  readonly zones?: ZoneTables | undefined;
};

/** What the provisioner says about an order that was carried out (L6). */
export type Reported<Type extends string> = {
  readonly type: Type;
  /** Of the order that is reported on. */
  readonly generation: number;
  readonly reports: readonly EntitlementReport[];
  readonly at: InstantInput;
};

/** The provisioner has given the access. */
export type ActivatedEvent = Reported<"activated">;

/** The provisioner could not give the access, or not all of it. */
export type ActivationFailedEvent = Reported<"activationFailed"> & { readonly retryable: boolean };

/** The provisioner has taken the access back, and read back that it is gone. */
export type DeactivatedEvent = Reported<"deactivated">;

/** The provisioner could not take the access back. */
export type DeactivationFailedEvent = Reported<"deactivationFailed">;

/** What can happen to a request. */
export type RequestEvent =
  | CompleteMfaEvent
  | VoteEvent
  | WithdrawEvent
  | RevokeEvent
  | ExtendEvent
  | FactsReadEvent
  | ActivatedEvent
  | ActivationFailedEvent
  | DeactivatedEvent
  | DeactivationFailedEvent
  | TimeReachedEvent;
