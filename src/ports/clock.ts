import type { Instant } from "../core/time/instant.js";

/** Says what time it is, in epoch milliseconds. Where several machines serve, the store's clock. */
export interface Clock {
  /** Whole milliseconds. One that fails or is slow counts as a store that does not answer. */
  now(): Instant | Promise<Instant>;
}
