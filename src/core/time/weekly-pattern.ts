import { Defect } from "../kernel/defect.js";
import { dayOfDate, millisecondsPerDay, weekdayOf } from "./local-date.js";
import { type OnlyOn, type WeeklyWindow, weekdays } from "./schedule.js";
import { wallTimeMs } from "./wall-time.js";

/** Part of a day in milliseconds from its midnight, half-open. */
type Span = { readonly from: number; readonly to: number };

/** A checked `onlyOn` in numbers. Days are counted as in `local-date`; weekdays from 0, Monday. */
export type WeeklyPattern = {
  /** By weekday: when windows that start on that day are open on it; sorted, apart from each other. */
  readonly spans: readonly (readonly Span[])[];
  /** By weekday: until when windows that started the day before are still open (S3); 0 where there are none. */
  readonly overnight: readonly number[];
  /** The days on which no window starts (S7), sorted. */
  readonly excepted: readonly number[];
  readonly exceptedDays: ReadonlySet<number>;
  /** Whether, exceptions apart, every moment of the week is open. */
  readonly wholeWeek: boolean;
};

/** The numbers of a checked schedule. */
export function weeklyPattern(schedule: OnlyOn): WeeklyPattern {
  const spans: Span[][] = weekdays.map(() => []);
  const overnight = weekdays.map(() => 0);
  for (const window of "windows" in schedule ? schedule.windows : [schedule]) {
    const from = checkedTime(window, "from");
    const to = checkedTime(window, "to");
    for (const day of window.days) {
      const weekday = weekdays.indexOf(day);
      spans[weekday]?.push({ from, to: to < from ? millisecondsPerDay : to });
      const next = (weekday + 1) % 7;
      if (to < from) overnight[next] = Math.max(overnight[next] ?? 0, to);
    }
  }
  const merged = spans.map(merge);
  const wholeWeek = merged.every((day, weekday) => covers(day, overnight[weekday] ?? 0));
  const excepted = (schedule.except ?? []).map(checkedDay).sort((left, right) => left - right);
  return { spans: merged, overnight, excepted, exceptedDays: new Set(excepted), wholeWeek };
}

/** Whether a moment, in milliseconds from midnight of `day`, is open. */
export function isOpenOn(pattern: WeeklyPattern, day: number, moment: number): boolean {
  if (pattern.excepted.length > 0) return opensOn(pattern, day, moment) === moment;
  const weekday = weekdayOf(day);
  if (moment < (pattern.overnight[weekday] ?? 0)) return true;
  const spans = pattern.spans[weekday] ?? none;
  for (let i = 0; i < spans.length; i += 1) {
    const span = spans[i];
    if (span !== undefined && moment < span.to) return moment >= span.from;
  }
  return false;
}

/** The first open moment from `moment` on, in milliseconds from midnight of `day`; the end of the day if there is none. */
export function opensOn(pattern: WeeklyPattern, day: number, moment: number): number {
  if (moment < overnightUntil(pattern, day)) return moment;
  for (const span of spansOf(pattern, day)) if (moment < span.to) return Math.max(moment, span.from);
  return millisecondsPerDay;
}

/** The first moment from `moment` on that is not open; the end of the day if there is none. */
export function openUntil(pattern: WeeklyPattern, day: number, moment: number): number {
  let until = Math.max(moment, overnightUntil(pattern, day));
  for (const span of spansOf(pattern, day)) if (span.from <= until && until < span.to) until = span.to;
  return until;
}

/** Whether a window starts on that day (S7). */
export function startsOn(pattern: WeeklyPattern, day: number): boolean {
  return spansOf(pattern, day).length > 0;
}

function spansOf(pattern: WeeklyPattern, day: number): readonly Span[] {
  return isExcepted(pattern, day) ? none : (pattern.spans[weekdayOf(day)] ?? none);
}

function overnightUntil(pattern: WeeklyPattern, day: number): number {
  return isExcepted(pattern, day - 1) ? 0 : (pattern.overnight[weekdayOf(day)] ?? 0);
}

const none: readonly Span[] = [];

function isExcepted(pattern: WeeklyPattern, day: number): boolean {
  return pattern.exceptedDays.has(day);
}

/** Spans that overlap or touch are one. */
function merge(spans: readonly Span[]): readonly Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].sort((left, right) => left.from - right.from)) {
    const last = merged.at(-1);
    if (last === undefined || last.to < span.from) merged.push(span);
    else merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
  }
  return merged;
}

/** Merged spans leave a gap between each other, so one of them has to reach from `start` to the end of the day. */
function covers(merged: readonly Span[], start: number): boolean {
  return merged.some((span) => span.from <= start && span.to === millisecondsPerDay);
}

function checkedTime(window: WeeklyWindow, role: "from" | "to"): number {
  const moment = wallTimeMs(window[role], role);
  if (moment === null) throw new Defect(`unchecked time: ${window[role]}`);
  return moment;
}

function checkedDay(date: string): number {
  const day = dayOfDate(date);
  if (day === null) throw new Defect(`unchecked date: ${date}`);
  return day;
}
