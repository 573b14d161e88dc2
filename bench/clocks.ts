/* The questions of B3: is an instant inside Monday to Friday, 09:00 to 17:30, in one of twenty zones. By hand. */
import { seededChance } from "./people.js";

export const zoneNames: readonly string[] = [
  ...["Europe/Paris", "Europe/London", "Europe/Dublin", "Europe/Athens", "Africa/Cairo", "Africa/Johannesburg", "Asia/Jerusalem"],
  ...["Asia/Kolkata", "Asia/Kathmandu", "Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney", "Australia/Lord_Howe", "Pacific/Auckland"],
  ...["America/St_Johns", "America/New_York", "America/Chicago", "America/Los_Angeles", "America/Sao_Paulo", "America/Santiago"],
];

export type Moment = { readonly zone: number; readonly at: number };

const first = Date.UTC(1990, 0, 1);
const last = Date.UTC(2035, 0, 1);

export function moments(count: number): readonly Moment[] {
  const random = seededChance(3);
  return Array.from({ length: count }, (_, index) => ({
    zone: index % zoneNames.length,
    at: Math.floor(first + random() * (last - first)),
  }));
}

export function formatterOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
}

/** Local time as if it were UTC, from what Intl prints. */
export function localByIntl(clock: Intl.DateTimeFormat, at: number): number {
  const read: Record<string, number> = {};
  for (const { type, value } of clock.formatToParts(at)) read[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = read;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (at % 1000);
}

const dayMs = 86_400_000;
const opens = 9 * 3_600_000;
const closes = 17.5 * 3_600_000;

export function isWorkTime(local: number): boolean {
  const day = Math.floor(local / dayMs);
  const moment = local - day * dayMs;
  return ((day | 0) + 7003) % 7 < 5 && moment >= opens && moment < closes;
}

/** What one would write for just this question: a table of changes for each zone, and a search in it. */
export type Table = { readonly starts: Float64Array; readonly offsets: Float64Array };

export function tableOf(timeZone: string): Table {
  const clock = formatterOf(timeZone);
  const offset = (at: number): number => localByIntl(clock, at) - at;
  const starts = [Number.NEGATIVE_INFINITY];
  const offsets = [offset(first)];
  const step = 4 * dayMs;
  for (let at = first; at < last + 400 * dayMs; at += step) {
    const before = offsets[offsets.length - 1] ?? 0;
    if (offset(at + step) === before) continue;
    let [same, changed] = [at / 1000, (at + step) / 1000];
    while (changed - same > 1) {
      const middle = Math.floor((same + changed) / 2);
      if (offset(middle * 1000) === before) same = middle;
      else changed = middle;
    }
    starts.push(changed * 1000);
    offsets.push(offset(changed * 1000));
  }
  return { starts: Float64Array.from(starts), offsets: Float64Array.from(offsets) };
}

export function placeIn({ starts }: Table, at: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The next instant from `at` on at which work time begins or goes on, by hand. */
export function nextWorkTime(table: Table, at: number): number {
  let from = at;
  for (;;) {
    const place = placeIn(table, from);
    const offset = table.offsets[place] ?? 0;
    const until = table.starts[place + 1] ?? Number.POSITIVE_INFINITY;
    const local = from + offset;
    let day = Math.floor(local / dayMs);
    let moment = Math.max(local - day * dayMs, opens);
    if (moment >= closes) {
      day += 1;
      moment = opens;
    }
    const weekday = ((day | 0) + 7003) % 7;
    if (weekday >= 5) {
      day += 7 - weekday;
      moment = opens;
    }
    const found = day * dayMs + moment - offset;
    if (found < until) return found;
    from = until;
  }
}
