import { accessFlowError } from "../core/kernel/access-flow-error.js";
import { type Duration, measureDuration } from "../core/time/duration.js";
import { type Instant, type InstantInput, requireInstant } from "../core/time/instant.js";

/** A `Clock` that stands still until it is moved. */
export type FixedClock = {
  /** Where the hands stand: at once, and the same however often it is asked. */
  now(): Instant;
  /** Moves the hands to an instant, back, too: a service must stand that. */
  set(at: InstantInput): void;
  /** Moves the hands on. */
  advance(duration: Duration): void;
};

/**
 * A clock for tests, at an instant of your own.
 *
 * Throws AccessFlowError: `instant_invalid` for what is no instant, `duration_invalid` for what is no duration (W1).
 *
 * @example
 * const clock = fixedClock("2026-03-02T09:00:00Z");
 * clock.advance({ amount: 30, unit: "minute" });
 * clock.now() === Date.parse("2026-03-02T09:30:00Z");
 * // => true
 */
export function fixedClock(at: InstantInput): FixedClock {
  let now = requireInstant(at, "at");
  return {
    now: () => now,
    set(to) {
      now = requireInstant(to, "at");
    },
    advance({ amount, unit }) {
      const measured = measureDuration(amount, unit);
      if (!measured.ok) throw accessFlowError("duration_invalid", `${amount} ${unit} is no duration of whole milliseconds`);
      now += measured.ms;
    },
  };
}
