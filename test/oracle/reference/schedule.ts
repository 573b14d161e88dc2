/* Chapter S: only instant → wall clock decides (S1). The wall clock is Intl's. */
import type { Schedule, WeeklyWindow } from "../../../src/index.js";

const dayMs = 86_400_000;
export const never: number = Number.POSITIVE_INFINITY;
const dayNames = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const formats = new Map<string, Intl.DateTimeFormat>();

const date = { calendar: "gregory", numberingSystem: "latn", year: "numeric", month: "2-digit", day: "2-digit" } as const;
const time = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;

/** What a clock on the wall shows, as if it were UTC. */
function wallClock(timeZone: string, at: number): number {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat("en-US", { ...date, ...time, timeZone });
  formats.set(timeZone, format);
  const [month = 0, day = 0, year = 0, ...rest] = format.format(at).split(/\D+/).map(Number);
  return Date.UTC(year, month - 1, day, ...rest);
}
const offset = (timeZone: string, at: number): number => wallClock(timeZone, at) - at;
const dayOf = (at: number): number => Math.floor(at / dayMs) * dayMs;
const msOfDay = (text: string): number => text.split(":").reduce((sum, part, index) => sum + Number(part) * 60 ** (2 - index) * 1000, 0);
const windowsOf = (schedule: Exclude<Schedule, { kind: "always" }>) => ("windows" in schedule ? schedule.windows : [schedule]);

export function isOpen(schedule: Schedule, at: number): boolean {
  if (schedule.kind === "always") return true;
  const wall = wallClock(schedule.timeZone, at);
  // A window that began on that date, today or yesterday.
  const isIn = ({ days, from, to }: WeeklyWindow, began: Date) =>
    days.some((day) => day === dayNames[began.getUTCDay()]) &&
    !schedule.except?.includes(began.toISOString().slice(0, 10)) &&
    wall >= began.getTime() + msOfDay(from) &&
    wall < began.getTime() + msOfDay(to) + (msOfDay(to) < msOfDay(from) ? dayMs : 0);
  return windowsOf(schedule).some((window) => isIn(window, new Date(dayOf(wall))) || isIn(window, new Date(dayOf(wall) - dayMs)));
}

export const nextOpening = (schedule: Schedule, at: number): number | null => (isOpen(schedule, at) ? at : nextChange(schedule, at));

/**
 * The first instant after `at` at which the answer is another (S6). The answer changes only where the wall clock passes an edge
 * of a window, or jumps: look at all such instants of three weeks, and of three weeks around every exception.
 */
export function nextChange(schedule: Schedule, at: number): number | null {
  if (schedule.kind === "always") return null;
  const { timeZone, except = [] } = schedule;
  const edges = [0, ...windowsOf(schedule).flatMap(({ from, to }) => [msOfDay(from), msOfDay(to)])];
  const starts = [at, ...except.map((date) => Date.parse(date)).filter((date) => date > at)].sort((a, b) => a - b);
  let best = never;
  for (const date of starts.flatMap((start) => Array.from({ length: 24 }, (_, day) => dayOf(start) + (day - 2) * dayMs))) {
    if (date > best + 3 * dayMs) break;
    const [before, after] = [date - 1.5 * dayMs, date + 2.5 * dayMs];
    const offsets = [...new Set([offset(timeZone, before), offset(timeZone, after)])];
    const instants = edges.flatMap((edge) => offsets.map((one) => date + edge - one));
    if (offsets.length === 2) instants.push(jump(timeZone, before, after));
    const changes = instants.filter((instant) => instant > at && isOpen(schedule, instant) !== isOpen(schedule, at));
    best = changes.reduce((first, change) => Math.min(first, change), best);
  }
  return best === never ? null : best;
}

/** The second in which the offset changes, by halving the time in which it does. */
function jump(timeZone: string, before: number, after: number): number {
  const middle = Math.floor((before + after) / 2000) * 1000;
  if (after - before <= 1000) return after;
  return offset(timeZone, middle) === offset(timeZone, before) ? jump(timeZone, middle, after) : jump(timeZone, before, middle);
}
