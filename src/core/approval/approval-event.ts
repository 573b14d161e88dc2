import type { Identity } from "../facts/identity.js";
import type { InstantInput } from "../time/instant.js";
import type { Actor } from "./actor.js";

/** A person's answer (A4, A5). The facts are those of the moment: nothing older decides for whom the vote counts. */
export type VoteEvent = {
  readonly type: "vote";
  readonly voter: Identity;
  readonly decision: "approve" | "reject";
  /** 1 to 124 characters after trimming; a blank one is none (A9). */
  readonly reason?: string | undefined;
  /** Fresher facts of the requestor, under the id they had when approval opened (A6, A7). */
  readonly requestor?: Identity | undefined;
  /** Fresher facts of the grantee, under the id they had when approval opened (A6, A7). */
  readonly grantee?: Identity | undefined;
  readonly at: InstantInput;
};

/** The requestor, the grantee or an administrator takes the request back (L5). */
export type WithdrawEvent = { readonly type: "withdraw"; readonly by: Actor; readonly at: InstantInput };

/** A clock says what time it is: a tier opens, or the request expires. A hint that may come late, twice or never. */
export type TimeReachedEvent = { readonly type: "timeReached"; readonly at: InstantInput };

/** What can happen to an approval. */
export type ApprovalEvent = VoteEvent | WithdrawEvent | TimeReachedEvent;
