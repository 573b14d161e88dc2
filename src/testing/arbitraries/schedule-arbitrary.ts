import * as fc from "fast-check";
import type { ScheduleDefinition } from "../../core/flow/definition.js";
import type { Weekday } from "../../core/time/schedule.js";
import { recordOf } from "./name-pools.js";

const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * Zones that have done odd things: a skipped day, half-hour changes, winter as the exception, quarter-hour
 * offsets, an offset with seconds, an alias. None whose rules differ between tz releases in use.
 */
export const zoneNames: readonly string[] = [
  "UTC",
  "America/New_York",
  "US/Eastern",
  "Europe/Dublin",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Asia/Kathmandu",
  "Africa/Monrovia",
  "America/Sao_Paulo",
  "Etc/GMT+5",
];

/** Instants at which clocks in those zones changed, and the ends of a day, a month, a leap day. */
export const oddInstants: readonly number[] = [
  "2026-03-08T07:00:00Z",
  "2026-11-01T06:00:00Z",
  "2026-03-29T01:00:00Z",
  "2026-10-25T01:00:00Z",
  "1971-10-31T02:00:00Z",
  "2026-04-04T15:00:00Z",
  "2026-10-03T15:30:00Z",
  "2011-12-30T10:00:00Z",
  "1985-12-31T18:30:00Z",
  "1972-01-07T00:44:30Z",
  "2018-11-04T03:00:00Z",
  "2018-02-18T02:00:00Z",
  "2028-02-29T00:00:00Z",
  "2027-01-01T00:00:00Z",
].map((text) => Date.parse(text));

const starts = ["00:00", "02:00", "02:15", "09:00", "12:00", "22:00", "23:30", "01:59:59", "23:59:59"];
const ends = ["00:00", "01:00", "02:30", "03:00", "12:00", "17:30", "24:00", "02:00:01", "23:59:59"];

type Window = { days: Weekday[]; from: string; to: string };

/**
 * A schedule (S): `always`, or windows that may pass midnight, touch, overlap, or lie in a clock change.
 *
 * @example
 * import * as fc from "fast-check";
 * import { instantArbitrary, scheduleArbitrary } from "accessflow/testing/arbitraries";
 * const property = fc.property(scheduleArbitrary(), instantArbitrary(), (schedule, at) => {
 *   const opening = nextOpening(schedule, at);
 *   return opening === null || isOpen(schedule, opening);
 * });
 * fc.check(property, { numRuns: 20 }).failed;
 * // => false
 */
export function scheduleArbitrary(): fc.Arbitrary<ScheduleDefinition> {
  return fc.oneof({ weight: 1, arbitrary: fc.constant({ kind: "always" as const }) }, { weight: 9, arbitrary: onlyOnArbitrary() });
}

/** The second kind alone. */
export function onlyOnArbitrary(): fc.Arbitrary<Exclude<ScheduleDefinition, { kind: "always" }>> {
  const common = { kind: fc.constant("onlyOn" as const), timeZone: fc.constantFrom(...zoneNames), except: exceptArbitrary() };
  const single = fc
    .tuple(windowArbitrary(), recordOf<object>(common as never, ["kind", "timeZone"] as never))
    .map(([window, rest]) => ({ ...rest, ...window }));
  const several = recordOf<object>(
    { ...common, windows: fc.array(windowArbitrary(), { minLength: 1, maxLength: 3 }) } as never,
    ["kind", "timeZone", "windows"] as never,
  );
  return fc.oneof(single, several) as fc.Arbitrary<Exclude<ScheduleDefinition, { kind: "always" }>>;
}

function windowArbitrary(): fc.Arbitrary<Window> {
  const everyDay: Weekday[] = [...weekdays];
  const days = fc.oneof(fc.subarray(everyDay, { minLength: 1 }), fc.constant(everyDay));
  const wholeDay = days.map((listed): Window => ({ days: listed, from: "00:00", to: "24:00" }));
  const part = fc
    .record({ days, from: fc.constantFrom(...starts), to: fc.constantFrom(...ends) }, { noNullPrototype: true })
    .filter(({ from, to }) => from !== to);
  return fc.oneof({ weight: 1, arbitrary: wholeDay }, { weight: 5, arbitrary: part });
}

/** Local dates on and around the odd instants; a date of the skipped day in Apia among them. */
function exceptArbitrary(): fc.Arbitrary<string[]> {
  const dates = oddInstants.flatMap((at) => [-1, 0, 1].map((days) => new Date(at + days * day).toISOString().slice(0, 10)));
  return fc.uniqueArray(fc.constantFrom(...dates), { maxLength: 3 });
}

/** An instant (S8) from 1970 to 2100, most of them at or beside a clock change, a midnight or a window's edge. */
export function instantArbitrary(): fc.Arbitrary<number> {
  const edges = [...new Set([...starts, ...ends])].map((time) => Date.parse(`1970-01-01T${time === "24:00" ? "00:00" : time}Z`));
  const beside = fc.constantFrom(0, 0, 1, -1, 1000, -1000, 30 * minute, -30 * minute);
  const offset = fc.constantFrom(
    0,
    -5 * hour,
    -4 * hour,
    hour,
    10.5 * hour,
    11 * hour,
    13 * hour,
    14 * hour,
    -10 * hour,
    5.75 * hour,
    -2674 * 1000,
  );
  const nearEdge = fc
    .tuple(fc.constantFrom(...oddInstants), fc.integer({ min: -3, max: 3 }), fc.constantFrom(...edges), offset, beside)
    .map(([odd, days, edge, shift, step]) => Math.floor(odd / day) * day + days * day + edge - shift + step);
  const nearChange = fc.tuple(fc.constantFrom(...oddInstants), beside).map(([odd, step]) => odd + step);
  const anywhere = fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) });
  return fc.oneof({ weight: 6, arbitrary: nearEdge }, { weight: 3, arbitrary: nearChange }, { weight: 1, arbitrary: anywhere });
}

/** A schedule and an instant, mostly at or beside an edge of one of its own windows by its own clock. */
export function scheduleCaseArbitrary(): fc.Arbitrary<{ readonly schedule: ScheduleDefinition; readonly at: number }> {
  return scheduleArbitrary().chain((schedule) =>
    fc
      .oneof({ weight: 1, arbitrary: instantArbitrary() }, { weight: 2, arbitrary: instantAtEdge(schedule) })
      .map((at) => ({ schedule, at })),
  );
}

function instantAtEdge(schedule: ScheduleDefinition): fc.Arbitrary<number> {
  if (schedule.kind === "always") return instantArbitrary();
  const windows = "windows" in schedule ? schedule.windows : [schedule];
  const edges = windows.flatMap(({ from, to }) => [from, to]);
  const beside = fc.constantFrom(0, 0, 1, -1, 1000, -1000, hour, -hour, 30 * minute);
  return fc
    .tuple(fc.constantFrom(...oddInstants), fc.integer({ min: -3, max: 3 }), fc.constantFrom(...edges), beside)
    .map(([odd, days, edge, step]) => {
      const date = Math.floor(odd / day) * day + days * day;
      const seconds = edge.split(":").reduce((sum, part, index) => sum + Number(part) * 60 ** (2 - index), 0);
      const wall = date + seconds * 1000;
      return wall - offsetOf(schedule.timeZone, wall) + step;
    });
}

/** How far the zone is ahead of UTC around then: good enough to aim with. */
function offsetOf(timeZone: string, at: number): number {
  const text = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" }).format(at);
  return Date.parse(`${text.replace(" ", "T")}Z`) - at;
}
