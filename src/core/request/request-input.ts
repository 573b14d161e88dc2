import type { Catalog } from "../facts/catalog.js";
import type { Identity } from "../facts/identity.js";
import type { Entitlement, Resource } from "../facts/resource.js";
import type { Duration } from "../time/duration.js";
import type { InstantInput } from "../time/instant.js";
import type { ZoneTables } from "../time/zone-tables.js";
import type { MfaEvidence } from "./request-state.js";
import type { RequestStatus } from "./request-status.js";

/** Another request of the same grantee that is not over (L12). */
export type HeldRequest = { readonly request: string; readonly entitlements: readonly Entitlement[]; readonly status: RequestStatus };

/** What a request is submitted with: who, what, and the facts that decide. */
export type RequestInput = {
  /** The request's own id: 1 to 128 characters, none of them a control character; unguessable where people may read by it. */
  readonly id: string;
  readonly requestor: Identity;
  /** Who will hold the access. Absent: the requestor. */
  readonly grantee?: Identity | undefined;
  /** 1 to 1,000, duplicates counted once. */
  readonly entitlements: readonly Entitlement[];
  /** The records of what is asked for; one that is missing is `resource_unknown`. */
  readonly resources: readonly Resource[];
  readonly catalog?: Catalog | undefined;
  readonly requestedDuration?: Duration | undefined;
  readonly startAt?: InstantInput | undefined;
  /** 1 to 1,000 characters after trimming; a blank one is none. */
  readonly justification?: string | undefined;
  /** Evidence that the grantee has just completed MFA (L2). */
  readonly mfa?: MfaEvidence | undefined;
  /** Who could approve; with `complete`, all who could: a submission that nobody can approve is refused then (A13). */
  readonly candidates?: readonly Identity[] | undefined;
  readonly complete?: boolean | undefined;
  /** What the grantee holds or has asked for; given only where overlap is refused (L12). */
  readonly held?: readonly HeldRequest[] | undefined;
  readonly at: InstantInput;
  /** Zone tables in place of the runtime's (X11). */
  readonly zones?: ZoneTables | undefined;
};
