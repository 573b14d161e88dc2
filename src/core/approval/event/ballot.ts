import type { Identity } from "../../facts/identity.js";
import type { Instant } from "../../time/instant.js";

/** A vote as it was read: the facts are of the stated shape, nothing is decided yet. */
export type Ballot = {
  readonly type: "vote";
  readonly voter: Identity;
  readonly decision: "approve" | "reject";
  /** As written; null: none. */
  readonly reason: string | null;
  readonly requestor: Identity | null;
  readonly grantee: Identity | null;
  readonly at: Instant;
};
