/*
 * The Gregorian calendar in whole numbers. A day is counted from 1970-01-01 (day 0), by the calendar on the
 * wall: no zone, no clock, no Date.
 */

export const millisecondsPerDay: number = 86_400_000;

const isoDate = /^(\d{4})-(\d\d)-(\d\d)$/;

/** Whether a text is `YYYY-MM-DD` and that day is in the calendar. */
export function isRealDate(text: string): boolean {
  return dayOfDate(text) !== null;
}

/** The day a `YYYY-MM-DD` text means, or null if there is none. */
export function dayOfDate(text: string): number | null {
  const match = isoDate.exec(text);
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return isRealDay(year, month, day) ? epochDay(year, month, day) : null;
}

export function isRealDay(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** Days from 1970-01-01. Years are counted from March, so that the leap day is the last of its year. */
export function epochDay(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + dayOfYear - daysToMarchOfYear0;
}

/**
 * Day of the week, 0 for Monday: 1970-01-01 was a Thursday. For any day that an instant has in any zone: none
 * is before 1969-12-31. Told to be 32 bits wide, whole numbers divide many times faster.
 */
export function weekdayOf(day: number): number {
  return ((day | 0) + 7003) % 7;
}

/** From 0000-03-01 to 1970-01-01. */
const daysToMarchOfYear0 = 719_468;

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
