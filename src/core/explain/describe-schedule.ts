import { unreachable } from "../kernel/defect.js";
import { quotedText } from "../kernel/quoted.js";
import type { OnlyOn, Schedule, WeeklyWindow } from "../time/schedule.js";
import { joined } from "./join-words.js";

/** `at any time`, or the windows of the week with their zone and excepted dates (S). */
export function describeSchedule(schedule: Schedule): string {
  switch (schedule.kind) {
    case "always":
      return "at any time";
    case "onlyOn":
      return `${describeWindows(schedule)}, by the clock of ${quotedText(schedule.timeZone)}${describeExcept(schedule.except)}`;
    default:
      return unreachable(schedule);
  }
}

function describeWindows(schedule: OnlyOn): string {
  if (!("windows" in schedule)) return `only ${describeWindow(schedule)}`;
  const { windows } = schedule;
  const head = windows.length === 1 ? "only in one window of the week" : `only in ${windows.length} windows of the week`;
  return `${head}: ${windows.map(describeWindow).join("; ")}`;
}

function describeWindow({ days, from, to }: WeeklyWindow): string {
  return `on ${joined(days.map(capitalised), "and")} from ${from} to ${to}${endsNextDay(from, to) ? " of the next day" : ""}`;
}

/** Earlier than `from` means the next day (S3). Times compare as text, with seconds or without: equal ones are refused. */
function endsNextDay(from: string, to: string): boolean {
  return to < from;
}

function describeExcept(dates: readonly string[] | undefined): string {
  if (dates === undefined) return "";
  if (dates.length === 0) return ", with no excepted date";
  return `, except where a window would begin on ${joined(dates, "or")}`;
}

function capitalised(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
