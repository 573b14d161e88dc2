import type { Actor } from "../core/approval/actor.js";
import type { Entitlement } from "../core/facts/resource.js";
import type { NonEmptyArray } from "../core/kernel/non-empty-array.js";
import type { Refusal } from "../core/kernel/refusal.js";
import type { Result } from "../core/kernel/result.js";
import type { MfaEvidence } from "../core/request/request-state.js";
import type { RequestView } from "../core/request/request-view.js";
import type { Duration } from "../core/time/duration.js";
import type { Instant } from "../core/time/instant.js";
import type { Page } from "../ports/page.js";
import type { RequestQuery } from "../ports/request-store.js";

/**
 * Who sends a command, as the host authenticated them, and a key of theirs: the same command under the same key is
 * carried out once, and answered the same however often it is sent (L7).
 */
export type Command = { readonly actor: Actor; readonly key: string };

/** Asks for access. Everything about people and resources is read from the ports; only ids are said here. */
export type SubmitCommand = Command & {
  readonly flow: string;
  /** Absent: the actor. */
  readonly grantee?: string | undefined;
  readonly entitlements: NonEmptyArray<Entitlement>;
  readonly requestedDuration?: Duration | undefined;
  readonly startAt?: Instant | undefined;
  readonly justification?: string | undefined;
};

/** The actor, who is the grantee, has completed MFA: one evidence for several requests (L2). */
export type CompleteMfaCommand = Command & { readonly requests: NonEmptyArray<string>; readonly evidence: MfaEvidence };

/** The actor's vote on a request; `reason`, of 1 to 124 characters, is the approver's (A9). */
export type VoteCommand = Command & {
  readonly request: string;
  readonly decision: "approve" | "reject";
  readonly reason?: string | undefined;
};

/** A command that says nothing but which request is meant. */
export type RequestCommand = Command & { readonly request: string };

/** One command for up to 1,000 requests: each is answered by itself. */
export type RequestsCommand = Command & { readonly requests: NonEmptyArray<string> };

/** The request as the actor may see it after the command. */
export type Answer = { readonly view: RequestView; readonly revision: number };

/** What `tick` did: events and effects `done`, whether there is `more` to do at once, and else when. */
export type Ticked = { readonly done: number; readonly more: boolean; readonly nextAt: Instant | null };

/** What a run of `reconcile` did: grants begun and ended, holders of whom too little is known, and whether it stopped (M3). */
export type Reconciled = { readonly granted: number; readonly ended: number; readonly undetermined: number; readonly halted: boolean };

/**
 * Access requests from submission to the end of the access, over the host's ports.
 *
 * Commands answer with a `Result`. Beside what the machine refuses: `facts_invalid` for a command that says more or
 * something else than it may · `request_not_found` for what is not there or not the actor's to read (L11) ·
 * `key_reused` · `conflict` after bounded retries · `facts_unknown` where flow or inventory did not answer ·
 * `directory_unavailable`, `store_unavailable`: nothing is decided, send the same command again. A refusal is not
 * remembered: the same command, sent again, is decided anew.
 *
 * `get`, `list`, `availableTo`, `tick` and `reconcile` have no room for a refusal and reject with `AccessFlowError`
 * of those codes.
 */
export interface AccessService {
  /** Asks for access: accepted, or refused with every reason at once (L1). Sent again under its key, it finds its own request. */
  submit(command: SubmitCommand): Promise<Result<Answer, Refusal>>;
  /** One evidence for several requests (L2): an answer for each, in their order. */
  completeMfa(command: CompleteMfaCommand): Promise<readonly Result<Answer, Refusal>[]>;
  /** Approves or rejects, on the facts that the directory gives now (A). */
  vote(command: VoteCommand): Promise<Result<Answer, Refusal>>;
  /** Takes a request back before its access begins (L5): requestor, grantee, administrators. */
  withdraw(command: RequestCommand): Promise<Result<Answer, Refusal>>;
  /** The grantee asks for more time: the same question as before, on facts of this moment (W6). */
  extend(command: RequestCommand): Promise<Result<Answer, Refusal>>;
  /** Takes access back before its end (L5): the access is over when the provisioner has confirmed it. */
  revoke(command: RequestCommand): Promise<Result<Answer, Refusal>>;
  /** An answer for each, in their order. */
  revokeAll(command: RequestsCommand): Promise<readonly Result<Answer, Refusal>[]>;
  /** The request as the actor may see it; null where there is none, or none of theirs to see (L11). */
  get(question: { readonly actor: Actor; readonly request: string }): Promise<RequestView | null>;
  /** A page of the requests that are asked for and the actor's to see: it may be short, and is the last where `next` is null. */
  list(question: { readonly actor: Actor; readonly query: RequestQuery }): Promise<Page<RequestView>>;
  /** The flows that the actor may ask for now, for themselves or for the grantee, in the order of their source. */
  availableTo(question: { readonly actor: Actor; readonly grantee?: string | undefined }): Promise<readonly { readonly flow: string }[]>;
  /**
   * Does what is due: lets time pass, carries effects out, looks after grantees (L10). At most about `limit` things,
   * and none begun after `budgetMs`. `nextAt` is the next instant known to this process; effects that another one
   * left behind fall due without notice, so call it every half minute at least.
   */
  tick(question: { readonly limit: number; readonly budgetMs: number }): Promise<Ticked>;
  /** Brings the grants of an automatic flow in line with its conditions (M). Repeating it, or running it twice at once, is harmless. */
  reconcile(question: { readonly flow: string; readonly maxEnds?: number | undefined }): Promise<Reconciled>;
}
