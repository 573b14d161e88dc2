import type { defineAccessFlow, NonEmptyArray, Schedule, WeeklyWindow } from "./accessflow.js";
import { type Window, workTime } from "./clock-peers.js";
import { zoneNames } from "./clocks.js";

/** A window as schedules of flows, one a zone. */
export function schedulesOf(define: typeof defineAccessFlow, window: Window = workTime): readonly Schedule[] {
  return zoneNames.map((timeZone) => scheduleIn(define, timeZone, window));
}

const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

export function scheduleIn(define: typeof defineAccessFlow, timeZone: string, { days, from, to }: Window = workTime): Schedule {
  return scheduleOf(define, { days: daysOf(days), from: wallTime(from), to: wallTime(to), timeZone });
}

/** So many windows of five minutes on every day of the week, apart from each other. */
export function manyWindows(define: typeof defineAccessFlow, timeZone: string, count: number): Schedule {
  const windows = Array.from({ length: count }, (_, number) => {
    const from = Math.floor((number * 1430) / count);
    return { days: daysOf([1, 2, 3, 4, 5, 6, 7]), from: wallTime(from), to: wallTime(from + 5) };
  });
  return scheduleOf(define, { windows: windows as unknown as NonEmptyArray<WeeklyWindow>, timeZone });
}

/** Work time, but for that many days from a date on. */
export function withDaysOff(define: typeof defineAccessFlow, timeZone: string, from: number, count: number): Schedule {
  const except = Array.from({ length: count }, (_, day) => new Date(from + day * 86_400_000).toISOString().slice(0, 10));
  return scheduleOf(define, { days: daysOf(workTime.days), from: "09:00", to: "17:30", timeZone, except });
}

function scheduleOf(define: typeof defineAccessFlow, onlyOn: object): Schedule {
  return define({
    name: "Hours",
    requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
    targets: [{ kind: "bundle", bundle: "all" }],
    schedule: { kind: "onlyOn", ...onlyOn } as never,
  }).schedule;
}

function daysOf(days: readonly number[]): WeeklyWindow["days"] {
  return days.map((day) => weekdays[day - 1]) as unknown as WeeklyWindow["days"];
}

function wallTime(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
}
