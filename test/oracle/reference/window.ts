/* Chapter W, W1–W4. */
import type { AccessFlow, Duration } from "../../../src/index.js";
import { isOpen, nextChange } from "./schedule.js";

const unitMs = { minute: 60_000n, hour: 3_600_000n, day: 86_400_000n, week: 604_800_000n };
export const longest = 3650 * 86_400_000;

/** Exactly, on the decimals as written: a fraction of two whole numbers, rounded up. */
export function lengthOf({ amount, unit }: Duration): { ms: bigint; whole: boolean } {
  const [digits = "0", exponent = "0"] = String(amount).split("e");
  const [integer = "0", decimals = ""] = digits.split(".");
  const power = BigInt(Number(exponent) - decimals.length);
  const top = BigInt(integer + decimals) * unitMs[unit] * (power > 0n ? 10n ** power : 1n);
  const bottom = power < 0n ? 10n ** -power : 1n;
  return { ms: top / bottom + (top > 0n && top % bottom > 0n ? 1n : 0n), whole: top % bottom === 0n };
}
export const msOf = (duration: Duration): number => Number(lengthOf(duration).ms);

export type Refused = { refused: Set<string> };

export function grantWindow(
  { schedule, grantFor, settings: { startWithin, requireDuration } }: AccessFlow,
  at: number,
  requested: Duration | undefined,
  start = at,
): { start: number; end: number | null } | Refused {
  const refused = new Set<string>();
  const refuse = (when: boolean, code: string) => when && refused.add(code);
  const maximum = grantFor.kind === "fixed" ? msOf(grantFor) : null;
  refuse(start < at, "start_in_past");
  refuse(start > at && startWithin === null, "start_not_offered");
  refuse(startWithin !== null && start > at && start > at + msOf(startWithin), "start_too_late");
  refuse(requested === undefined && requireDuration, "duration_required");
  const { ms, whole } = lengthOf(requested ?? { amount: 1, unit: "hour" });
  refuse(ms <= 0n, "duration_not_positive");
  // The flow's maximum lies within W1's: what is beyond the latter is beyond the former (W3).
  refuse(maximum !== null && requested !== undefined && ms > BigInt(maximum), "duration_over_maximum");
  refuse(maximum === null && ms > BigInt(longest), "duration_out_of_range");
  refuse(ms > 0n && !whole, "duration_not_whole");
  const length = requested === undefined ? maximum : Number(ms);
  const closing = grantFor.endWith === "schedule" ? nextChange(schedule, start) : null;
  refuse(grantFor.endWith === "schedule" && !isOpen(schedule, start), "schedule_closed_at_start");
  const end = Math.min(length === null ? Number.POSITIVE_INFINITY : start + length, closing ?? Number.POSITIVE_INFINITY);
  return refused.size > 0 ? { refused } : { start, end: end === Number.POSITIVE_INFINITY ? null : end };
}
