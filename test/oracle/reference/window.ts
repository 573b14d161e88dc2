/* Chapter W, W1–W4. */
import type { AccessFlow, Duration } from "../../../src/index.js";
import { isOpen, never, nextChange } from "./schedule.js";

export type Refused = { refused: Set<string> };
/** Every code that applies, or null where none does. */
export function refusedFor(codes: { [code: string]: boolean }): Refused | null {
  const refused = Object.keys(codes).filter((code) => codes[code]);
  return refused.length > 0 ? { refused: new Set(refused) } : null;
}

const unitMs = { minute: 60_000n, hour: 3_600_000n, day: 86_400_000n, week: 604_800_000n };
export const longest = 3650 * 86_400_000;

/** Exactly, on the decimals as written: a fraction of two whole numbers, rounded up. */
function lengthOf({ amount, unit }: Duration): { ms: bigint; whole: boolean } {
  const [digits = "0", exponent = "0"] = String(amount).split("e");
  const [integer = "0", decimals = ""] = digits.split(".");
  const power = BigInt(Number(exponent) - decimals.length);
  const top = BigInt(integer + decimals) * unitMs[unit] * (power > 0n ? 10n ** power : 1n);
  const bottom = power < 0n ? 10n ** -power : 1n;
  return { ms: top / bottom + (top > 0n && top % bottom > 0n ? 1n : 0n), whole: top % bottom === 0n };
}
export const msOf = (duration: Duration): number => Number(lengthOf(duration).ms);

type Window = { start: number; end: number | null };
export function grantWindow(flow: AccessFlow, at: number, requested: Duration | undefined, start: number = at): Window | Refused {
  const { startWithin, requireDuration } = flow.settings;
  const maximum = flow.grantFor.kind === "fixed" ? msOf(flow.grantFor) : never;
  const { ms, whole } = requested === undefined ? { ms: maximum, whole: true } : lengthOf(requested);
  const withSchedule = flow.grantFor.endWith === "schedule";
  const refused = refusedFor({
    ...{ start_in_past: start < at, start_not_offered: start > at && startWithin === null },
    start_too_late: startWithin !== null && start > at && start > at + msOf(startWithin),
    duration_required: requested === undefined && requireDuration,
    ...{ duration_not_positive: ms <= 0, duration_not_whole: ms > 0 && !whole },
    // The flow's maximum lies within W1's: what is beyond the latter is beyond the former (W3).
    duration_over_maximum: ms > maximum,
    duration_out_of_range: maximum === never && requested !== undefined && ms > longest,
    schedule_closed_at_start: withSchedule && !isOpen(flow.schedule, start),
  });
  const closing = (withSchedule ? nextChange(flow.schedule, start) : null) ?? never;
  const end = Math.min(start + Number(ms), closing);
  return refused ?? { start, end: end === never ? null : end };
}
