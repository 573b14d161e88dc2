import type { Instant } from "../core/time/instant.js";

/** Says what time it is, in epoch milliseconds. Where several machines serve, the store's clock. */
export interface Clock {
  now(): Instant | Promise<Instant>;
}
