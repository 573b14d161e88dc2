import type { Timetable } from "./timetable.js";
import type { Zone } from "./zone-table.js";

/** Where zones are looked up: the runtime, or tables that a host has pinned (X11). */
export type ZoneSource = {
  /** The zone of an IANA name, in any letter case; null where the source has none. */
  readonly findZone: (name: string) => Zone | null;
  /** Only a memo, on schedules that were checked and frozen: what they are read by with these zones. */
  readonly timetables: WeakMap<object, Timetable>;
};
