/* Chapter S: only instant → wall clock decides (S1). The wall clock is Intl's. */
import type { Schedule } from "../../../src/index.js";

const dayMs = 86_400_000;
const dayNames = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const formats = new Map<string, Intl.DateTimeFormat>();

/** What a clock on the wall shows, as if it were UTC. */
export function wallClock(timeZone: string, at: number): number {
  const digits = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;
  const parts = {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    ...digits,
  } as const;
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat("en-US", parts);
  formats.set(timeZone, format);
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = format.format(at).split(/\D+/).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
const offset = (timeZone: string, at: number): number => wallClock(timeZone, at) - at;
const dayOf = (at: number): number => Math.floor(at / dayMs) * dayMs;
const secondsOf = (text: string): number => text.split(":").reduce((sum, part, index) => sum + Number(part) * 60 ** (2 - index), 0);
const windowsOf = (schedule: Exclude<Schedule, { kind: "always" }>) => ("windows" in schedule ? schedule.windows : [schedule]);

export function isOpen(schedule: Schedule, at: number): boolean {
  if (schedule.kind === "always") return true;
  const wall = wallClock(schedule.timeZone, at);
  const second = (wall - dayOf(wall)) / 1000;
  return windowsOf(schedule).some(({ days, from, to }) => {
    const startsOn = (date: Date) => days.some((day) => day === dayNames[date.getUTCDay()]) && !isExcepted(date);
    const isExcepted = (date: Date) => schedule.except?.includes(date.toISOString().slice(0, 10));
    const overnight = secondsOf(to) < secondsOf(from);
    if (startsOn(new Date(wall)) && second >= secondsOf(from) && (overnight || second < secondsOf(to))) return true;
    return overnight && startsOn(new Date(wall - dayMs)) && second < secondsOf(to);
  });
}

export const nextOpening = (schedule: Schedule, at: number): number | null => (isOpen(schedule, at) ? at : nextChange(schedule, at));

/**
 * The first instant after `at` at which the answer is another (S6). The answer changes only where the wall clock passes an edge
 * of a window, or jumps: look at all such instants of three weeks, and of three weeks around every exception.
 */
export function nextChange(schedule: Schedule, at: number): number | null {
  if (schedule.kind === "always") return null;
  const { timeZone, except = [] } = schedule;
  const edges = [0, ...windowsOf(schedule).flatMap(({ from, to }) => [secondsOf(from), secondsOf(to)])];
  const starts = [at, ...except.map((date) => Date.parse(date)).filter((date) => date > at)].sort((a, b) => a - b);
  let best: number | null = null;
  for (const date of starts.flatMap((start) => Array.from({ length: 24 }, (_, day) => dayOf(start) + (day - 2) * dayMs))) {
    if (best !== null && date > best + 3 * dayMs) return best;
    const [before, after] = [date - 1.5 * dayMs, date + 2.5 * dayMs];
    const offsets = [...new Set([offset(timeZone, before), offset(timeZone, after)])];
    const instants = edges.flatMap((edge) => offsets.map((one) => date + edge * 1000 - one));
    if (offsets.length === 2) instants.push(jump(timeZone, before, after));
    for (const instant of instants) {
      if (instant > at && (best === null || instant < best) && isOpen(schedule, instant) !== isOpen(schedule, at)) best = instant;
    }
  }
  return best;
}

/** The second in which the offset changes. */
function jump(timeZone: string, before: number, after: number): number {
  if (after - before <= 1000) return after;
  const middle = Math.floor((before + after) / 2000) * 1000;
  return offset(timeZone, middle) === offset(timeZone, before) ? jump(timeZone, middle, after) : jump(timeZone, before, middle);
}
