import * as fc from "fast-check";
import type { Duration } from "../../src/core/time/duration.js";

const units = ["minute", "hour", "day", "week"] as const;

/** A length of time as people may ask for it: zero, negative, beyond the limit, not in whole milliseconds. */
export function requestedDurationArbitrary(): fc.Arbitrary<Duration> {
  const amount = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(1, 2, 30, 60, 61, 1.1, 0.5, 0.25) },
    { weight: 1, arbitrary: fc.constantFrom(0, -1, 1e-5, 1.00001, 1 / 3, 3650, 3651, 521, 522, 1e300, 5e-324) },
    { weight: 1, arbitrary: fc.double({ min: 0.001, max: 100, noNaN: true }) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 10_000 }).map((thousandths) => thousandths / 1000) },
  );
  return fc.record({ amount, unit: fc.constantFrom(...units) }, { noNullPrototype: true });
}
