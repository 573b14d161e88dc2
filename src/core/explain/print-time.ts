import type { Duration } from "../time/duration.js";
import type { Instant } from "../time/instant.js";
import { joined } from "./join-words.js";

/** `2026-03-02 09:00 UTC`; seconds and milliseconds only where there are any. */
export function printInstant(instant: Instant): string {
  const moment = new Date(instant);
  // Only a value that this library did not make can name an instant beyond the calendar.
  if (Number.isNaN(moment.getTime())) return "an unknown time";
  const [date = "", time = ""] = moment.toISOString().split("T");
  const shortest = time
    .replace("Z", "")
    .replace(/\.000$/, "")
    .replace(/^(..:..):00$/, "$1");
  return `${date} ${shortest} UTC`;
}

/** As written: `90 minutes` stays `90 minutes`. */
export function printDuration({ amount, unit }: Duration): string {
  return `${amount} ${unit}${amount === 1 ? "" : "s"}`;
}

const parts: readonly (readonly [unit: string, ms: number])[] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1_000],
  ["millisecond", 1],
];

/** A length in whole milliseconds: `1 hour and 30 minutes`. */
export function printLength(ms: number): string {
  const words: string[] = [];
  let rest = ms;
  for (const [unit, size] of parts) {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    if (amount > 0) words.push(`${amount} ${unit}${amount === 1 ? "" : "s"}`);
  }
  return words.length === 0 ? "0 milliseconds" : joined(words, "and");
}
