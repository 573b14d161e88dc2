/**
 * The time zones of one named tz release, for answers that are the same on every runtime (X11).
 *
 * @packageDocumentation
 */

import { deepFreeze } from "../core/kernel/deep-freeze.js";
import type { ZoneTables } from "../core/time/zone-tables.js";
import { release, zones } from "./zone-data.js";

export type { ZoneTables } from "../core/time/zone-tables.js";

/**
 * Every time zone of the IANA data under each of its names, from 1970 to 9999: about 100 kB of text, of which a
 * zone is unpacked when it is first asked for. Given as `zones`, it takes the place of what the runtime knows,
 * and Intl is not touched.
 *
 * @example
 * const schedule: ScheduleDefinition = {
 *   kind: "onlyOn", days: ["monday"], from: "09:00", to: "17:30", timeZone: "Europe/Paris",
 * };
 * isOpen(schedule, "2026-03-02T09:00:00+01:00", zoneTables);
 * // => true
 * zoneTables.release;
 * // => "2026f"
 */
export const zoneTables: ZoneTables = deepFreeze({ release, zones });
