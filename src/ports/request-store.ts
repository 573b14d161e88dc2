import type { NonEmptyArray } from "../core/kernel/non-empty-array.js";
import type { RecordedRequestEvent } from "../core/request/recorded-request-event.js";
import type { Effect } from "../core/request/request-effect.js";
import type { HeldRequest } from "../core/request/request-input.js";
import type { RequestState } from "../core/request/request-state.js";
import type { RequestStatus } from "../core/request/request-status.js";
import type { Instant } from "../core/time/instant.js";
import type { Page } from "./page.js";

/**
 * Keeps requests, their events and what is still to be carried out. A rejected promise means that it is not
 * known what happened: the caller reads again, or repeats with the same keys.
 */
export interface RequestStore {
  /** The request as last committed, its own writes included; null: there is none. Ids compare byte by byte. */
  load(id: string): Promise<RequestState | null>;
  /**
   * One atomic write of state, event and effects, with the settling of the effect that caused it, or nothing at
   * all. It succeeds only where the stored revision is `expected`. Looked at in this order: command, lease,
   * revision. A write that does not lead to the next revision, or that records the key of an effect which waits
   * already, is a fault of its maker: the promise is rejected, and nothing is written. A command key belongs to its actor: with the
   * same body it answers `repeated`, with another `keyReused`; kept for at least 24 hours. One statement must be
   * enough, since pooled and HTTP drivers cannot hold a transaction.
   */
  commit(write: RequestWrite): Promise<CommitOutcome>;
  /** Requests by person, flow and status, in the order of their ids; sees every commit acknowledged before. */
  list(query: RequestQuery): Promise<Page<RequestState>>;
  /** The recorded events after a revision, in order, without gaps. */
  events(id: string, afterRevision: number): Promise<readonly StoredEvent[]>;
  /** Requests whose `wakeAt` has come, the earliest first. */
  due(input: { readonly now: Instant; readonly limit: number }): Promise<readonly { readonly id: string; readonly wakeAt: Instant }[]>;
  /**
   * Effects that are due and not leased to another worker, in the order in which they were recorded; of a lane at
   * most the first that is not settled, `lane: null` has no order. Each is leased until `leaseEnds`.
   */
  claimEffects(input: {
    readonly now: Instant;
    readonly leaseMs: number;
    readonly limit: number;
    readonly worker: string;
  }): Promise<readonly ClaimedEffect[]>;
  /** Ends a lease: the effect is done, or tried again at `retryAt`, when its `handle` comes back with the next claim. */
  settleEffect(input: {
    readonly key: string;
    readonly lease: string;
    readonly outcome: "done" | { readonly retryAt: Instant; readonly handle: string | null };
  }): Promise<"settled" | "leaseLost">;
  /** The grantee's requests that are not over; sees every commit acknowledged before. */
  held(grantee: string): Promise<readonly HeldRequest[]>;
}

/** All that one event changes, to be written at once. */
export type RequestWrite = {
  readonly id: string;
  /** The revision that was read; null: the request must not exist yet. */
  readonly expected: number | null;
  readonly state: RequestState;
  readonly event: StoredEvent;
  readonly effects: readonly { readonly effect: OutgoingEffect; readonly lane: string | null; readonly notBefore: Instant }[];
  readonly settle: { readonly key: string; readonly lease: string } | null;
  readonly command: { readonly actor: string; readonly key: string; readonly bodyHash: string } | null;
};

/** An effect of the machine, or the order to feed the audit sink with an event. */
export type OutgoingEffect = Effect | { readonly key: string; readonly type: "audit" };

/** What came of a commit. Only `committed` has written anything. */
export type CommitOutcome =
  | { readonly outcome: "committed" }
  /** The stored revision is another one. */
  | { readonly outcome: "conflict" }
  /** This command was carried out before: on this request, leading to this revision. */
  | { readonly outcome: "repeated"; readonly id: string; readonly revision: number }
  | { readonly outcome: "keyReused" }
  /** The effect to settle is leased to another worker by now: nothing was written. */
  | { readonly outcome: "leaseLost" };

/** A recorded event, with the id of its request: revision by revision they give the state again (`replay`). */
export type StoredEvent = RecordedRequestEvent & { readonly request: string };

/** An effect that this worker alone may carry out, until its lease ends. */
export type ClaimedEffect = {
  readonly request: string;
  readonly effect: OutgoingEffect;
  readonly lane: string | null;
  readonly lease: string;
  readonly leaseEnds: Instant;
  /** From 1. */
  readonly attempt: number;
  readonly handle: string | null;
};

/** All that is given must hold; people and flow by id. */
export type RequestQuery = {
  readonly requestor?: string | undefined;
  readonly grantee?: string | undefined;
  /** Somebody whose vote is recorded. */
  readonly voter?: string | undefined;
  readonly flow?: string | undefined;
  readonly statuses?: NonEmptyArray<RequestStatus> | undefined;
  /** `next` of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
};
