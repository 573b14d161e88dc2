import { acceptTimetable } from "../define/accept.js";
import type { ScheduleDefinition } from "../flow/definition.js";
import { accessFlowError } from "../kernel/access-flow-error.js";
import { type Instant, type InstantInput, requireInstant } from "../time/instant.js";
import { firstClosing, firstOpening, openAt } from "../time/opening.js";
import type { ZoneTables } from "../time/zone-tables.js";
import { requireZones } from "./accept-zones.js";

/** Whether a schedule is open, and when that changes next; null: not before the year 10000. */
export type ScheduleStatus =
  | { readonly open: true; readonly closesAt: Instant | null }
  | { readonly open: false; readonly opensAt: Instant | null };

/**
 * Whether a schedule is open at an instant, and until or from when (S6).
 *
 * `closesAt` is the first instant after `at` at which it is closed, `opensAt` the first at which it is open;
 * null if there is none. Exact to the millisecond, also where clocks are changed; windows that touch are one
 * opening. Takes a flow's own schedule, or one as written in a definition.
 *
 * With `zones`, the clocks are those of the tables, whatever the runtime knows (X11).
 *
 * Throws `AccessFlowError`: `instant_invalid` for a bad instant (S8), the first issue's code for a schedule
 * that a definition could not have, `time_zone_unknown` where the tables lack its zone, `facts_invalid` for
 * what is no tables.
 *
 * @example
 * const schedule: ScheduleDefinition = {
 *   kind: "onlyOn", days: ["monday"], from: "09:00", to: "17:30", timeZone: "Europe/Paris",
 * };
 * scheduleStatus(schedule, "2026-03-02T09:00:00+01:00");
 * // => { open: true, closesAt: Date.parse("2026-03-02T17:30:00+01:00") }
 * scheduleStatus(schedule, "2026-03-02T17:30:00+01:00");
 * // => { open: false, opensAt: Date.parse("2026-03-09T09:00:00+01:00") }
 * scheduleStatus({ kind: "always" }, 0);
 * // => { open: true, closesAt: null }
 */
export function scheduleStatus(schedule: ScheduleDefinition, at: InstantInput, zones?: ZoneTables): ScheduleStatus {
  const timetable = acceptTimetable(schedule, requireZones(zones));
  const instant = requireInstant(at, "at");
  return openAt(timetable, instant)
    ? Object.freeze({ open: true, closesAt: firstClosing(timetable, instant) })
    : Object.freeze({ open: false, opensAt: firstOpening(timetable, instant) });
}

/**
 * Whether a schedule is open at an instant (S1): `always` is; `onlyOn` is when the clock on a wall of its
 * `timeZone` then stands in one of its windows. The zone and language of the machine never matter.
 *
 * With `zones`, the clocks are those of the tables, whatever the runtime knows (X11).
 *
 * Throws `AccessFlowError`: `instant_invalid` for a bad instant (S8), the first issue's code for a schedule
 * that a definition could not have, `time_zone_unknown` where the tables lack its zone, `facts_invalid` for
 * what is no tables.
 *
 * @example
 * const nights: ScheduleDefinition = {
 *   kind: "onlyOn", days: ["friday"], from: "22:00", to: "06:00", timeZone: "America/New_York",
 * };
 * isOpen(nights, "2026-03-07T05:59:59-05:00"); // Saturday, in the window that began on Friday
 * // => true
 * isOpen(nights, "2026-03-07T06:00:00-05:00");
 * // => false
 * isOpen({ ...nights, timeZone: "+02:00" }, 0);
 * // throws time_zone_offset
 */
export function isOpen(schedule: ScheduleDefinition, at: InstantInput, zones?: ZoneTables): boolean {
  const timetable = acceptTimetable(schedule, requireZones(zones));
  return openAt(timetable, requireInstant(at, "at"));
}

/**
 * The first instant from `at` on at which a schedule is open, `at` itself included; null if there is none up
 * to the end of the year 9999 (S6).
 *
 * With `zones`, the clocks are those of the tables, whatever the runtime knows (X11).
 *
 * Throws `AccessFlowError`: `instant_invalid` for a bad instant (S8), the first issue's code for a schedule
 * that a definition could not have, `time_zone_unknown` where the tables lack its zone, `facts_invalid` for
 * what is no tables.
 *
 * @example
 * const schedule: ScheduleDefinition = {
 *   kind: "onlyOn", days: ["sunday"], from: "02:30", to: "03:30", timeZone: "Europe/Paris",
 * };
 * nextOpening(schedule, "2026-03-28T12:00:00Z"); // on that Sunday the clocks go from 02:00 to 03:00
 * // => Date.parse("2026-03-29T03:00:00+02:00")
 * nextOpening(schedule, "tomorrow");
 * // throws instant_invalid
 */
export function nextOpening(schedule: ScheduleDefinition, at: InstantInput, zones?: ZoneTables): Instant | null {
  const timetable = acceptTimetable(schedule, requireZones(zones));
  return firstOpening(timetable, requireInstant(at, "at"));
}

/**
 * From an instant at which a schedule is open: the first instant after it at which it is closed; null if it
 * stays open to the end of the year 9999 (S6). With `zones`, the clocks are those of the tables (X11).
 *
 * Throws `AccessFlowError`: `schedule_closed` where the schedule is closed at `at` – null would read as
 * "never closes"; `instant_invalid` for a bad instant (S8); the first issue's code for a schedule that a
 * definition could not have, `time_zone_unknown` where the tables lack its zone; `facts_invalid` for what is no
 * tables.
 *
 * @example
 * const weekend: ScheduleDefinition = {
 *   kind: "onlyOn", days: ["saturday", "sunday"], from: "00:00", to: "24:00", timeZone: "Asia/Kathmandu",
 * };
 * nextClosing(weekend, "2026-03-07T12:00:00+05:45");
 * // => Date.parse("2026-03-09T00:00:00+05:45")
 * nextClosing({ kind: "always" }, "2026-03-07T12:00:00Z");
 * // => null
 * nextClosing(weekend, "2026-03-06T12:00:00+05:45");
 * // throws schedule_closed
 */
export function nextClosing(schedule: ScheduleDefinition, at: InstantInput, zones?: ZoneTables): Instant | null {
  const timetable = acceptTimetable(schedule, requireZones(zones));
  const instant = requireInstant(at, "at");
  if (!openAt(timetable, instant))
    throw accessFlowError("schedule_closed", `the schedule is closed at ${instant}: there is nothing to close`);
  return firstClosing(timetable, instant);
}
