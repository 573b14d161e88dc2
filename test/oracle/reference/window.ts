/* Chapter W, W1–W4. */
import type { AccessFlow } from "../../../src/core/flow/access-flow.js";
import type { Duration } from "../../../src/core/time/duration.js";
import { isOpen, nextClosing } from "./schedule.js";

const unitMs = { minute: 60_000n, hour: 3_600_000n, day: 86_400_000n, week: 604_800_000n };
const limit = 3650n * 86_400_000n;

/** Exactly, on the decimals as written: a fraction of two whole numbers. `ms` is rounded up. */
export function lengthOf({ amount, unit }: Duration): { ms: bigint; whole: boolean } | { fault: string } {
  const [digits = "0", exponent = "0"] = String(amount).split("e");
  const [integer = "0", decimals = ""] = digits.split(".");
  const power = Number(exponent) - decimals.length;
  const top = BigInt(integer + decimals) * unitMs[unit] * (power > 0 ? 10n ** BigInt(power) : 1n);
  const bottom = power < 0 ? 10n ** BigInt(-power) : 1n;
  if (top <= 0n) return { fault: "duration_not_positive" };
  const whole = top % bottom === 0n;
  return { ms: top / bottom + (whole ? 0n : 1n), whole };
}

export type WindowAnswer = { start: number; end: number | null } | { refused: Set<string> };

export function grantWindow(flow: AccessFlow, at: number, requested: Duration | undefined, startAt: number | undefined): WindowAnswer {
  const refused = new Set<string>();
  const { startWithin, requireDuration } = flow.settings;
  const start = startAt ?? at;
  if (start < at) refused.add("start_in_past");
  if (start > at && startWithin === null) refused.add("start_not_offered");
  if (start > at && startWithin !== null && start > at + msOf(startWithin)) refused.add("start_too_late");
  const maximum = flow.grantFor.kind === "fixed" ? msOf(flow.grantFor) : null;
  let length = maximum;
  if (requested === undefined) {
    if (requireDuration) refused.add("duration_required");
  } else {
    const asked = lengthOf(requested);
    if ("fault" in asked) refused.add(asked.fault);
    else {
      // The flow's maximum lies within W1's: what is beyond the latter is beyond the former (W3).
      if (maximum !== null && asked.ms > BigInt(maximum)) refused.add("duration_over_maximum");
      if (maximum === null && asked.ms > limit) refused.add("duration_out_of_range");
      if (!asked.whole) refused.add("duration_not_whole");
      length = Number(asked.ms);
    }
  }
  let end = length === null ? null : start + length;
  if (flow.grantFor.endWith === "schedule") {
    if (!isOpen(flow.schedule, start)) refused.add("schedule_closed_at_start");
    else {
      const closing = nextClosing(flow.schedule, start);
      if (closing !== null && (end === null || closing < end)) end = closing;
    }
  }
  return refused.size > 0 ? { refused } : { start, end };
}

export function msOf(duration: Duration): number {
  const length = lengthOf(duration);
  if ("fault" in length || !length.whole) throw new Error("a checked duration has a length");
  return Number(length.ms);
}
