import { Defect } from "../kernel/defect.js";
import type { OnlyOn, Schedule } from "./schedule.js";
import type { Timetable } from "./timetable.js";
import { weeklyPattern } from "./weekly-pattern.js";
import type { ZoneSource } from "./zone-source.js";

/** What a checked and frozen schedule is read by. Its zone must be one that the source has. */
export function timetableOf(schedule: Schedule, zones: ZoneSource): Timetable {
  return schedule.kind === "always" ? null : (zones.timetables.get(schedule) ?? makeTimetable(schedule, zones));
}

function makeTimetable(schedule: OnlyOn, zones: ZoneSource): Timetable {
  const zone = zones.findZone(schedule.timeZone);
  if (zone === null) throw new Defect(`unchecked zone: ${schedule.timeZone}`);
  const timetable = { pattern: weeklyPattern(schedule), zone };
  zones.timetables.set(schedule, timetable);
  return timetable;
}
