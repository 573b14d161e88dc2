import type { Clock } from "../ports/clock.js";

/**
 * The clock of this machine. Where several machines serve one store, take the store's clock instead: two machines
 * never agree to the millisecond.
 *
 * @example
 * Number.isSafeInteger(systemClock().now());
 * // => true
 */
export function systemClock(): Clock {
  return Object.freeze<Clock>({ now: () => Date.now() });
}
