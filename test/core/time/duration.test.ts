import { describe, expect, it } from "vitest";
import { durationMs, maximumDurationMs, measureDuration } from "../../../src/core/time/duration.js";

describe("measureDuration", () => {
  it.each([
    [1, "minute", 60_000],
    [1, "hour", 3_600_000],
    [1, "day", 86_400_000],
    [1, "week", 604_800_000],
    [3650, "day", 315_360_000_000],
  ] as const)("W1: %s %s is that many milliseconds", (amount, unit, ms) => {
    expect(measureDuration(amount, unit)).toEqual({ ok: true, ms });
  });

  it.each([
    [1.1, "minute", 66_000],
    [0.1, "minute", 6_000],
    [2.3, "minute", 138_000],
    [1.005, "minute", 60_300],
    [0.00005, "minute", 3],
    [5e-5, "hour", 180],
    [1e-3, "hour", 3_600],
    [4.35, "hour", 15_660_000],
    [1.1, "week", 665_280_000],
    [0.07, "week", 42_336_000],
    [521.4285, "week", 315_359_956_800],
  ] as const)("W1: %s %s counts as the decimal that was written", (amount, unit, ms) => {
    expect(measureDuration(amount, unit)).toEqual({ ok: true, ms });
  });

  it.each([
    [1 / 3, "minute"],
    [1.00001, "minute"],
    [0.00001, "minute"],
    [5e-324, "week"],
    [1e-7, "day"],
    [0.1 + 0.2, "minute"],
  ] as const)("W1: %s %s is not whole milliseconds", (amount, unit) => {
    expect(measureDuration(amount, unit)).toMatchObject({ ok: false, fault: "not_whole", whole: false });
  });

  it.each([0, -0, -1, -0.5, Number.NaN, Number.NEGATIVE_INFINITY])("W1: %s is not positive", (amount) => {
    expect(measureDuration(amount, "day")).toEqual({ ok: false, fault: "not_positive" });
  });

  it.each([
    [3651, "day"],
    [3650.00001, "day"],
    [522, "week"],
    [5_256_000.5, "minute"],
    [Number.MAX_VALUE, "minute"],
    [Number.MAX_SAFE_INTEGER, "week"],
    [Number.POSITIVE_INFINITY, "minute"],
  ] as const)("W1: %s %s is over 3,650 days", (amount, unit) => {
    expect(measureDuration(amount, unit)).toMatchObject({ ok: false, fault: "out_of_range", whole: true });
  });

  it("W1: tells a duration just over the limit from the limit, though it is not whole", () => {
    expect(measureDuration(5_256_000.000001, "minute")).toMatchObject({ ok: false, fault: "out_of_range", whole: false });
    expect(measureDuration(5_256_000, "minute")).toEqual({ ok: true, ms: maximumDurationMs });
  });

  it.each([
    [1.00001, "minute", 60_001],
    [0.00001, "minute", 1],
    [5e-324, "week", 1],
    [5_256_000.000001, "minute", maximumDurationMs + 1],
    [3651, "day", 3651 * 86_400_000],
    [Number.POSITIVE_INFINITY, "minute", Number.POSITIVE_INFINITY],
  ] as const)("W3: %s %s, rounded up, can be compared with a whole maximum", (amount, unit, ms) => {
    expect(measureDuration(amount, unit)).toMatchObject({ ok: false, ms });
  });
});

describe("durationMs", () => {
  it("W1: gives the milliseconds of a checked duration", () => {
    expect(durationMs({ amount: 1.5, unit: "hour" })).toBe(5_400_000);
  });

  it("W1: takes an unchecked duration for a defect of this library", () => {
    expect(() => durationMs({ amount: 0, unit: "hour" })).toThrow("unchecked duration: 0 hour is not_positive");
  });
});
