import { Defect } from "../kernel/defect.js";
import { lowerAscii } from "../kernel/text.js";
import type { Instant } from "./instant.js";
import { epochDay, millisecondsPerDay } from "./local-date.js";
import type { ZoneSource } from "./zone-source.js";
import { createZoneTable, type Zone } from "./zone-table.js";

/*
 * The only file that asks the runtime about zones. Whoever wants to know more asks the `Zone` it gives.
 */

/** The zones that the runtime knows. */
export const runtimeZones: ZoneSource = { findZone, timetables: new WeakMap() };

/** Whether the runtime knows an IANA zone of that name, in any letter case it takes (S5). Offsets are no names. */
export function isKnownZone(name: string): boolean {
  return findZone(name) !== null;
}

/** The zone of a name that `isKnownZone` accepts. */
export function zoneOf(name: string): Zone {
  const zone = findZone(name);
  if (zone === null) throw new Defect(`unchecked zone: ${name}`);
  return zone;
}

/** Zones asked for before, by the name as written. A memo: emptying it costs time and changes no answer. */
const known = new Map<string, Zone>();

/** There are 600 names; only letter cases made up to fill the memo pass this. */
const mostZones = 800;

function findZone(name: string): Zone | null {
  const found = known.get(name);
  if (found !== undefined) return found;
  const zone = utcNames.has(lowerAscii(name)) ? utc : zoneOfRuntime(name);
  if (zone === null) return null;
  if (known.size >= mostZones) known.clear();
  known.set(name, zone);
  return zone;
}

/** Without Intl: its first use costs a process ten milliseconds. */
const utc: Zone = { offsetAt: () => 0, stretchAt: (at) => ({ offset: 0, until: at + 4 * millisecondsPerDay }) };

const utcNames: ReadonlySet<string> = new Set(
  ["utc", "uct", "zulu", "universal", "gmt", "gmt0", "gmt+0", "gmt-0", "greenwich"].flatMap((name) => [name, `etc/${name}`]),
);

/** Names that ICU takes and IANA does not have: its `BST` is Bangladesh, its `IST` India. What was meant cannot be known. */
const foreignNames: ReadonlySet<string> = new Set(
  "act aet agt art ast bet bst cat cnt cst ctt eat ect iet ist jst mit net nst plt pnt prt pst sst vst".split(" "),
);

function zoneOfRuntime(name: string): Zone | null {
  const lower = lowerAscii(name);
  // Newer runtimes take offsets, too; a schedule names a place, whose offset changes (S5).
  if (!/^[a-z]/.test(lower) || foreignNames.has(lower) || lower.startsWith("systemv/")) return null;
  try {
    return createZoneTable(offsetReader(name));
  } catch {
    return null;
  }
}

/** Reads the numbers on the clock, never the text of an offset: runtimes print that differently. */
function offsetReader(name: string): (at: Instant) => number {
  const clock = new Intl.DateTimeFormat("en-US", {
    timeZone: name,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return (at) => {
    let [year, month, day, seconds] = [0, 0, 0, 0];
    for (const { type, value } of clock.formatToParts(at)) {
      if (type === "year") year = Number(value);
      else if (type === "month") month = Number(value);
      else if (type === "day") day = Number(value);
      else if (type === "hour") seconds += Number(value) * 3600;
      else if (type === "minute") seconds += Number(value) * 60;
      else if (type === "second") seconds += Number(value);
    }
    return epochDay(year, month, day) * millisecondsPerDay + seconds * 1000 - at;
  };
}
