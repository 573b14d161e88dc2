import { type Duration, type DurationUnit, durationMs, durationUnits } from "../core/time/duration.js";

const minuteMs = 60_000;

/**
 * A number of minutes as a duration, in the largest unit that keeps it whole: 60 is 1 hour, 90 stays 90
 * minutes. The published formats know minutes (and seconds) only, and people read hours.
 */
export function durationOfMinutes(minutes: number): Duration {
  const fitting = durationUnits.filter((unit) => Number.isInteger(minutes / minutesOf(unit)));
  const unit = fitting[fitting.length - 1] ?? "minute";
  return { amount: minutes / minutesOf(unit), unit };
}

/** The minutes of a duration; null where they are not whole. */
export function minutesOfDuration(duration: Duration): number | null {
  const minutes = durationMs(duration) / minuteMs;
  return Number.isInteger(minutes) ? minutes : null;
}

function minutesOf(unit: DurationUnit): number {
  return durationMs({ amount: 1, unit }) / minuteMs;
}
