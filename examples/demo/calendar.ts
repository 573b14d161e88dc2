import type { Instant } from "accessflow";

const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const longWeekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

export const hourMs: number = 3_600_000;
export const dayMs: number = 24 * hourMs;

/** The week of the demo: Monday to Sunday, in UTC (the clock of Lisbon in early March). */
export const week = { start: Date.UTC(2026, 2, 2), end: Date.UTC(2026, 2, 9) } as const;

/** `09:30`, in UTC. */
export function printTime(at: Instant): string {
  return new Date(at).toISOString().slice(11, 16);
}

/** `Mon 09:30`. */
export function printDayTime(at: Instant): string {
  return `${weekdays[new Date(at).getUTCDay()]} ${printTime(at)}`;
}

/** `Mon 2`. */
export function printShortDay(at: Instant): string {
  const date = new Date(at);
  return `${weekdays[date.getUTCDay()]} ${date.getUTCDate()}`;
}

/** `Monday 2 March`. */
export function printDay(at: Instant): string {
  const date = new Date(at);
  return `${longWeekdays[date.getUTCDay()]} ${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
}

/** `Mon 2 March 09:30`, for what lies outside the week. */
export function printDate(at: Instant): string {
  const date = new Date(at);
  return at >= week.start && at < week.end
    ? printDayTime(at)
    : `${date.getUTCDate()} ${(months[date.getUTCMonth()] ?? "").slice(0, 3)} ${printTime(at)}`;
}
