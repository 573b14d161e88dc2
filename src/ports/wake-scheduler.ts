import type { Instant } from "../core/time/instant.js";

/** Sends the service a hint that a request is due. Early, late, twice or never is safe: the clock decides. */
export interface WakeScheduler {
  /** Arranges that somebody calls `tick` at about `at`. The same key again is the same hint. */
  wake(input: { readonly key: string; readonly request: string; readonly at: Instant }): Promise<void>;
}
