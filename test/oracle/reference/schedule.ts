/* Chapter S: only instant → wall clock decides (S1). The wall clock is Intl's. */
import type { Schedule } from "../../../src/core/time/schedule.js";

const dayNames = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const dayMs = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** What a clock on the wall shows, as if it were UTC. */
export function wallClock(timeZone: string, at: number): number {
  let format = formats.get(timeZone);
  if (format === undefined) {
    const digits = "2-digit" as const;
    format = new Intl.DateTimeFormat("en-US", {
      ...{ timeZone, calendar: "gregory", numberingSystem: "latn", hourCycle: "h23", year: "numeric" },
      ...{ month: digits, day: digits, hour: digits, minute: digits, second: digits },
    });
    formats.set(timeZone, format);
  }
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = format.format(at).split(/\D+/).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

const secondsOf = (text: string): number => text.split(":").reduce((sum, part, index) => sum + Number(part) * 60 ** (2 - index), 0);
const dateOf = (wall: number): string => new Date(wall).toISOString().slice(0, 10);
const windowsOf = (schedule: Exclude<Schedule, { kind: "always" }>) => ("windows" in schedule ? schedule.windows : [schedule]);

export function isOpen(schedule: Schedule, at: number): boolean {
  if (schedule.kind === "always") return true;
  const wall = wallClock(schedule.timeZone, at);
  const second = (wall - Math.floor(wall / dayMs) * dayMs) / 1000;
  return windowsOf(schedule).some(({ days, from, to }) => {
    const startsOn = (date: number) =>
      (days as readonly string[]).includes(dayNames[new Date(date).getUTCDay()] ?? "") && !schedule.except?.includes(dateOf(date));
    const overnight = secondsOf(to) < secondsOf(from);
    if (startsOn(wall) && second >= secondsOf(from) && (overnight || second < secondsOf(to))) return true;
    return overnight && startsOn(wall - dayMs) && second < secondsOf(to);
  });
}

export function nextOpening(schedule: Schedule, at: number): number | null {
  return isOpen(schedule, at) ? at : firstChange(schedule, at);
}
export function nextClosing(schedule: Schedule, at: number): number | null {
  return firstChange(schedule, at);
}

/**
 * The first instant after `at` at which the answer is another. The answer changes only where the wall clock
 * passes an edge of a window, or jumps: look at all such instants of three weeks, and around every exception.
 */
function firstChange(schedule: Schedule, at: number): number | null {
  if (schedule.kind === "always") return null;
  const now = isOpen(schedule, at);
  const edges = [0, ...windowsOf(schedule).flatMap(({ from, to }) => [secondsOf(from), secondsOf(to)])];
  let best: number | null = null;
  for (const date of datesToLookAt(at, schedule.except ?? [])) {
    if (best !== null && date > best + 3 * dayMs) break;
    const offsets = [date - 1.5 * dayMs, date + 2.5 * dayMs].map((near) => wallClock(schedule.timeZone, near) - near);
    const instants = edges.flatMap((edge) => offsets.map((offset) => date + edge * 1000 - offset));
    if (offsets[0] !== offsets[1]) instants.push(jumpBetween(schedule.timeZone, date - 1.5 * dayMs, date + 2.5 * dayMs));
    for (const instant of instants) {
      if (instant > at && (best === null || instant < best) && isOpen(schedule, instant) !== now) best = instant;
    }
  }
  return best;
}

function datesToLookAt(at: number, except: readonly string[]): number[] {
  const today = Math.floor(at / dayMs) * dayMs;
  const starts = [today, ...except.map((date) => Date.parse(date)).filter((date) => date > today)];
  const dates = new Set(starts.flatMap((start) => Array.from({ length: 24 }, (_, day) => start + (day - 2) * dayMs)));
  return [...dates].sort((a, b) => a - b);
}

/** The second in which the offset changes. */
function jumpBetween(timeZone: string, before: number, after: number): number {
  const offset = (near: number) => wallClock(timeZone, near) - near;
  let [low, high] = [before, after];
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000;
    if (offset(middle) === offset(before)) low = middle;
    else high = middle;
  }
  return high;
}
