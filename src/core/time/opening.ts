import { type Instant, lastInstant } from "./instant.js";
import { millisecondsPerDay } from "./local-date.js";
import type { Timetable } from "./timetable.js";
import { isOpenOn, opensOn, openUntil, startsOn, type WeeklyPattern } from "./weekly-pattern.js";

/*
 * Answers about the timetables of checked schedules, and instants. Only instant → wall clock is ever asked (S1): the line of
 * instants is walked in stretches of one offset, and within a stretch wall clock and instant differ by a
 * constant, so what is found on the wall is an instant again.
 */

/** Whether the schedule is open at `at` (S1). */
export function openAt(timetable: Timetable, at: Instant): boolean {
  if (timetable === null) return true;
  const { pattern, zone } = timetable;
  const local = at + zone.offsetAt(at);
  const day = dayOf(local);
  return isOpenOn(pattern, day, local - day * millisecondsPerDay);
}

/** The first instant from `at` on at which the schedule is open; null if there is none up to the year 9999 (S6). */
export function firstOpening(timetable: Timetable, at: Instant): Instant | null {
  return timetable === null ? at : firstFound(timetable, at, { momentOn: opensOn, nextDay: nextOpenDay });
}

/** From an open `at`: the first instant after it at which the schedule is closed; null if there is none up to the year 9999 (S6). */
export function firstClosing(timetable: Timetable, at: Instant): Instant | null {
  return timetable === null ? null : firstFound(timetable, at, { momentOn: openUntil, nextDay: nextClosedDay });
}

type Search = {
  /** On one day, from a moment on: the first that fits; the end of the day if none does. */
  readonly momentOn: (pattern: WeeklyPattern, day: number, moment: number) => number;
  /** The first day from `day` on that can bring a fitting moment, by the calendar alone; null if none. */
  readonly nextDay: (pattern: WeeklyPattern, day: number) => number | null;
};

function firstFound({ pattern, zone }: NonNullable<Timetable>, at: Instant, search: Search): Instant | null {
  let from = at;
  while (from <= lastInstant) {
    const stretch = zone.stretchAt(from);
    const offset = stretch.offset;
    const until = Math.min(stretch.until, lastInstant + 1);
    const found = firstWithin(pattern, from + offset, until + offset, search);
    if (found !== null) return found - offset;
    // Centuries may lie before the next day that counts. The two days around it are more than any offset, any change of
    // one, and the next morning, into which a window may reach.
    const day = search.nextDay(pattern, dayOf(until + offset) - 2);
    if (day === null) return null;
    from = Math.max(until, (day - 2) * millisecondsPerDay);
  }
  return null;
}

/** The first fitting moment on the wall in `[from, to)`, where the clock runs evenly; null if none. */
function firstWithin(pattern: WeeklyPattern, from: number, to: number, { momentOn }: Search): number | null {
  let local = from;
  while (local < to) {
    const day = dayOf(local);
    const midnight = day * millisecondsPerDay;
    const moment = momentOn(pattern, day, local - midnight);
    local = midnight + moment;
    if (moment < millisecondsPerDay) return local < to ? local : null;
  }
  return null;
}

/** There is one: every week after the last excepted day has a day on which a window starts. */
function nextOpenDay(pattern: WeeklyPattern, day: number): number {
  let next = day;
  while (!startsOn(pattern, next)) next += 1;
  return next;
}

/** Where the whole week is open, only an excepted day can close. */
function nextClosedDay(pattern: WeeklyPattern, day: number): number | null {
  return pattern.wholeWeek ? (pattern.excepted.find((excepted) => excepted >= day) ?? null) : day;
}

function dayOf(local: number): number {
  return Math.floor(local / millisecondsPerDay);
}
