import { toZonedTime } from "date-fns-tz";
import * as fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import { isOpen, nextClosing, nextOpening, scheduleStatus } from "../../src/core/evaluate/schedule-status.js";
import type { ScheduleDefinition } from "../../src/core/flow/definition.js";
import { deepFreeze } from "../../src/core/kernel/deep-freeze.js";
import type { Weekday } from "../../src/core/time/schedule.js";
import { zoneOf } from "../../src/core/time/zone.js";
import { instantArbitrary, onlyOnArbitrary, scheduleArbitrary } from "../../src/testing/arbitraries/schedule-arbitrary.js";
import { zoneTables } from "../../src/zones/index.js";
import { isAgreed, zoneVectors } from "../fixtures/zones/zone-changes.js";

const minute = 60_000;
const day = 86_400_000;

type OnlyOnDefinition = Exclude<ScheduleDefinition, { kind: "always" }>;

/*
 * S1 read once more, slowly and from texts alone: what Intl prints for the wall clock, compared as text with
 * what the schedule says. Only `24:00` needs no reading, since every time of day is before it as a text, too.
 */

const clocks = new Map<string, Intl.DateTimeFormat>();

/** `2026-03-02T09:00:00`, as Swedes write it. */
function wallText(timeZone: string, at: number): string {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat("sv-SE", {
      timeZone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
  clocks.set(timeZone, clock);
  return clock.format(at).replace(" ", "T");
}

const weekdayNames: readonly Weekday[] = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

function isOpenByText(schedule: ScheduleDefinition, at: number): boolean {
  if (schedule.kind === "always") return true;
  const [today = "", time = ""] = wallText(schedule.timeZone, at).split("T");
  const midnight = Date.parse(`${today}T00:00:00Z`);
  const yesterday = new Date(midnight - day).toISOString().slice(0, 10);
  const weekday = (shift: number) => weekdayNames[new Date(midnight - shift * day).getUTCDay()] ?? "sunday";
  const startsOn = (date: string) => !(schedule.except ?? []).includes(date);
  const windows = "windows" in schedule ? schedule.windows : [schedule];
  return windows.some(({ days, from, to }) => {
    const overnight = to < from;
    const startedToday = days.includes(weekday(0)) && startsOn(today) && time >= from && (overnight || time < to);
    const startedYesterday = overnight && days.includes(weekday(1)) && startsOn(yesterday) && time < to;
    return startedToday || startedYesterday;
  });
}

/** The first instant from `at` on, within a day and a half, at which it is open (closed); by whole seconds near the edges of minutes. */
function firstByText(schedule: ScheduleDefinition, at: number, wanted: boolean): number | null {
  for (let start = at; start < at + 1.5 * day; start = Math.floor(start / minute) * minute + minute) {
    const last = Math.floor(start / minute) * minute + minute - 1;
    // Within a minute it changes at most at the seconds that the generator knows: :59, :00 and :01, and at half a minute beside them where an offset has seconds.
    for (const second of [start, ...[0, 1, 29, 30, 31, 59].map((each) => Math.floor(start / minute) * minute + each * 1000)]) {
      if (second >= start && second <= last && isOpenByText(schedule, second) === wanted) return second;
    }
  }
  return null;
}

describe("schedules", () => {
  it("X11: pinned zones answer as the runtime's, and so does a schedule that nothing remembers", () => {
    fc.assert(
      fc.property(scheduleArbitrary(), instantArbitrary(), (schedule, at) => {
        const remembered = deepFreeze(structuredClone(schedule));
        const status = scheduleStatus(remembered, at);
        expect(scheduleStatus(remembered, at)).toEqual(status);
        expect(scheduleStatus(schedule, at)).toEqual(status);
        expect(scheduleStatus(remembered, at, zoneTables)).toEqual(status);
        expect(scheduleStatus(schedule, at, zoneTables)).toEqual(status);
      }),
      { numRuns: 1000 },
    );
  });

  it("S1: an instant is open exactly when the wall clock that Intl prints stands in a window", () => {
    fc.assert(
      fc.property(scheduleArbitrary(), instantArbitrary(), (schedule, at) => {
        expect(isOpen(deepFreeze(schedule), at)).toBe(isOpenByText(schedule, at));
      }),
      { numRuns: 3000 },
    );
  });

  it("S6: the status is what minute-stepping along the wall clock finds", () => {
    fc.assert(
      fc.property(onlyOnArbitrary(), instantArbitrary(), (schedule, at) => {
        const status = scheduleStatus(schedule, at);
        const [turn, wanted] = status.open ? [status.closesAt, false] : [status.opensAt, true];
        const stepped = firstByText(schedule, at, wanted);
        if (stepped === null) expect(turn === null || turn >= at + 1.5 * day - minute).toBe(true);
        else expect(turn).toBe(stepped);
      }),
      { numRuns: 100 },
    );
  });

  it("S6: a turn is exact to the millisecond, and nothing turns before it", () => {
    fc.assert(
      fc.property(
        scheduleArbitrary(),
        instantArbitrary(),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 20, maxLength: 20 }),
        (schedule, at, shares) => {
          const status = scheduleStatus(schedule, at);
          const turn = status.open ? status.closesAt : status.opensAt;
          if (turn === null) return;
          const between = shares.map((share) => Math.floor(at + share * (turn - 1 - at)));
          expect([turn, turn - 1, ...between].map((each) => isOpen(schedule, each))).toEqual([
            !status.open,
            ...[turn - 1, ...between].map(() => status.open),
          ]);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("S6: the four questions agree with each other", () => {
    fc.assert(
      fc.property(scheduleArbitrary(), instantArbitrary(), (schedule, at) => {
        const status = scheduleStatus(schedule, at);
        expect(isOpen(schedule, at)).toBe(status.open);
        expect(nextOpening(schedule, at)).toBe(status.open ? at : status.opensAt);
        if (status.open) expect(nextClosing(schedule, at)).toBe(status.closesAt);
        else expect(() => nextClosing(schedule, at)).toThrow(expect.objectContaining({ code: "schedule_closed" }));
      }),
      { numRuns: 1000 },
    );
  });

  it("S1: more windows never close, more excepted dates never open", () => {
    fc.assert(
      fc.property(
        onlyOnArbitrary(),
        onlyOnArbitrary(),
        fc.uniqueArray(fc.constantFrom(-1, 0, 1)),
        instantArbitrary(),
        (one, other, shifts, at) => {
          const windowsOf = (schedule: OnlyOnDefinition) =>
            "windows" in schedule ? schedule.windows : [{ days: schedule.days, from: schedule.from, to: schedule.to }];
          const base = { kind: "onlyOn" as const, timeZone: one.timeZone, windows: windowsOf(one), except: one.except ?? [] };
          const dates = shifts.map((shift) => wallText(one.timeZone, at + shift * day).slice(0, 10));
          const wider = { ...base, windows: [...windowsOf(one), ...windowsOf(other)] };
          const narrower = { ...base, except: [...new Set([...base.except, ...dates])] };
          const [fewer, same, more] = [narrower, base, wider].map((schedule) => isOpen(schedule, at));
          expect([!fewer || same, !same || more]).toEqual([true, true]);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("S1: the order and the grouping of windows and dates change nothing", () => {
    fc.assert(
      fc.property(onlyOnArbitrary(), instantArbitrary(), (schedule, at) => {
        const windows = "windows" in schedule ? schedule.windows : [{ days: schedule.days, from: schedule.from, to: schedule.to }];
        const byDay = windows.flatMap((window) => window.days.map((each) => ({ ...window, days: [each] }))).reverse();
        const regrouped: ScheduleDefinition = {
          kind: "onlyOn",
          timeZone: schedule.timeZone,
          windows: byDay,
          except: [...(schedule.except ?? [])].reverse(),
        };
        expect(scheduleStatus(regrouped, at)).toEqual(scheduleStatus(schedule, at));
      }),
      { numRuns: 500 },
    );
  });
});

/** Any zone and instant, most of them beside a change of that zone. */
const zoneAndInstant = fc
  .tuple(
    fc.constantFrom(...zoneVectors.zones),
    fc.nat(),
    fc.nat(),
    fc.constantFrom(0, 0, -1, -1000, 1000, 30 * minute, -30 * minute, 45 * day),
  )
  .map(([{ names, changes }, which, alias, shift]) => {
    const [second = 0] = changes[which % changes.length] ?? [];
    return { zone: names[alias % names.length] ?? "UTC", at: Math.max(0, second * 1000 + shift) };
  })
  .filter(({ zone, at }) => isAgreed(zone, Math.floor(at / 1000)));

function wallByTable(zone: string, at: number): string {
  return new Date(at + zoneOf(zone).stretchAt(at).offset).toISOString().slice(0, 23);
}

describe("the wall clock", () => {
  it("S1: shows what luxon says it shows", () => {
    fc.assert(
      fc.property(zoneAndInstant, ({ zone, at }) => {
        expect(wallByTable(zone, at)).toBe(DateTime.fromMillis(at, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS"));
      }),
      { numRuns: 3000 },
    );
  });

  it("S1: shows what date-fns-tz says it shows, where the machine's own clocks can show it", () => {
    // Its known fault: it goes through a Date of the machine's zone, which cannot show a time that is skipped there.
    const digits = (number: number, length = 2) => String(number).padStart(length, "0");
    fc.assert(
      fc.property(zoneAndInstant, ({ zone, at }) => {
        const wall = wallByTable(zone, at);
        const here = new Date(wall);
        fc.pre(
          `${digits(here.getHours())}:${digits(here.getMinutes())}` === wall.slice(11, 16) && here.getDate() === Number(wall.slice(8, 10)),
        );
        const theirs = toZonedTime(at, zone);
        const date = [digits(theirs.getFullYear(), 4), digits(theirs.getMonth() + 1), digits(theirs.getDate())].join("-");
        const time = [digits(theirs.getHours()), digits(theirs.getMinutes()), digits(theirs.getSeconds())].join(":");
        expect(wall.slice(0, 19)).toBe(`${date}T${time}`);
      }),
      { numRuns: 3000 },
    );
  });
});
