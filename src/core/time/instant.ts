import { accessFlowError } from "../kernel/access-flow-error.js";
import { quotedText, shortened } from "../kernel/quoted.js";
import { epochDay, isRealDay, millisecondsPerDay } from "./local-date.js";

/** Milliseconds since 1970-01-01T00:00Z. */
export type Instant = number;

/** What is accepted as an instant (S8): milliseconds, an ISO 8601 text with an offset, a valid Date. */
export type InstantInput = Instant | string | Date;

/** 9999-12-31T23:59:59.999Z. The first instant is 0. */
export const lastInstant: Instant = 253_402_300_799_999;

const isoText = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?:Z|([+-])(\d\d)(?::(\d\d))?)$/;

const longestQuotation = 64;

const timeOfDate = Date.prototype.getTime;

/**
 * The instant that is meant, in whole milliseconds, or null (S8).
 *
 * Finer than a millisecond is rounded down, in numbers and texts alike: every boundary of this library is a
 * whole millisecond, so the instant stays on the same side of each. Texts are read strictly: seconds may be
 * left out, `24:00` and leap seconds are no times of day, and without an offset nothing is meant.
 */
export function toInstant(input: unknown): Instant | null {
  if (typeof input === "number") return withinYears(input);
  if (typeof input === "string") return withinYears(fromIsoText(input));
  return withinYears(fromDate(input));
}

/** The instant that is meant; throws `instant_invalid` where none is. */
export function requireInstant(input: unknown, argument: string): Instant {
  const instant = toInstant(input);
  if (instant !== null) return instant;
  const meant = "milliseconds, an ISO 8601 text with an offset, or a valid Date, in the years 1970 to 9999";
  throw accessFlowError("instant_invalid", `${argument} is no instant (${meant}): ${shown(input)}`);
}

function withinYears(ms: number): Instant | null {
  // NaN fails both comparisons; adding 0 turns -0 into 0.
  return ms >= 0 && ms < lastInstant + 1 ? Math.floor(ms) + 0 : null;
}

function fromIsoText(text: string): number {
  const match = isoText.exec(text);
  if (match === null) return Number.NaN;
  const [, year, month, day, hour, minute, second = 0, fraction = "", sign, offsetHour = 0, offsetMinute = 0] = match;
  const real = isRealDay(Number(year), Number(month), Number(day));
  if (!real || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return Number.NaN;
  if (Number(offsetHour) > 23 || Number(offsetMinute) > 59) return Number.NaN;
  const offsetMinutes = (Number(offsetHour) * 60 + Number(offsetMinute)) * (sign === "-" ? -1 : 1);
  const minutes = Number(hour) * 60 + Number(minute) - offsetMinutes;
  const ms = Number(fraction.slice(0, 3).padEnd(3, "0"));
  return epochDay(Number(year), Number(month), Number(day)) * millisecondsPerDay + minutes * 60_000 + Number(second) * 1000 + ms;
}

/** Reads the time a Date of any realm holds; runs no code of the value's own, whatever it pretends to be. NaN where it is none. */
function fromDate(input: unknown): number {
  try {
    return timeOfDate.call(input);
  } catch {
    return Number.NaN;
  }
}

function shown(input: unknown): string {
  if (typeof input === "string") return quotedText(shortened(input, longestQuotation));
  if (typeof input === "number") return `\`${input}\``;
  return input === null ? "null" : typeof input === "object" ? "an object" : `a value of type ${typeof input}`;
}
