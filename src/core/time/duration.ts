import { Defect } from "../kernel/defect.js";

/** Units of durations; no months or years, whose lengths vary (W1). */
export type DurationUnit = "minute" | "hour" | "day" | "week";

/** A length of time: a day is 24 hours exactly, a week 168 (W1). */
export type Duration = { readonly amount: number; readonly unit: DurationUnit };

export const durationUnits: readonly [DurationUnit, ...DurationUnit[]] = ["minute", "hour", "day", "week"];

/** 3,650 days: no grant and no deadline is longer (W1). */
export const maximumDurationMs: number = 315_360_000_000;

const unitMs: { readonly [unit in DurationUnit]: number } = { minute: 60_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000 };

export type MeasuredDuration =
  | { readonly ok: true; readonly ms: number }
  | { readonly ok: false; readonly fault: "not_positive" }
  /** `ms` is rounded up: it is over a whole maximum exactly where the duration is. */
  | { readonly ok: false; readonly fault: "not_whole" | "out_of_range"; readonly ms: number; readonly whole: boolean };

/**
 * How many milliseconds `amount` units are (W1). The amount is the decimal as written, not the binary number
 * nearest to it: 1.1 minutes are 66,000 ms. NaN is not positive, infinity out of range.
 */
export function measureDuration(amount: number, unit: DurationUnit): MeasuredDuration {
  if (!(amount > 0)) return { ok: false, fault: "not_positive" };
  const { ms, whole } = multiply(amount, unitMs[unit]);
  // Less than one millisecond is not whole, so the lower bound needs no test of its own.
  if (ms > maximumDurationMs) return { ok: false, fault: "out_of_range", ms, whole };
  return whole ? { ok: true, ms } : { ok: false, fault: "not_whole", ms, whole };
}

/** The milliseconds of a duration that has passed the checks of its definition. */
export function durationMs(duration: Duration): number {
  const measured = measureDuration(duration.amount, duration.unit);
  if (!measured.ok) throw new Defect(`unchecked duration: ${duration.amount} ${duration.unit} is ${measured.fault}`);
  return measured.ms;
}

/** The product, rounded up; `whole` tells whether there was nothing to round. */
function multiply(amount: number, factor: number): { readonly ms: number; readonly whole: boolean } {
  if (Number.isInteger(amount) || amount === Number.POSITIVE_INFINITY) return { ms: amount * factor, whole: true };
  // The shortest decimal text that reads back as this number is what somebody wrote.
  const [mantissa = "", exponent = "0"] = String(amount).split("e");
  const [integer = "", fraction = ""] = mantissa.split(".");
  const scale = 10n ** BigInt(fraction.length - Number(exponent));
  const scaled = BigInt(integer + fraction) * BigInt(factor);
  const whole = scaled % scale === 0n;
  return { ms: Number(scaled / scale) + (whole ? 0 : 1), whole };
}
