/* How one would ask libraries of dates about windows: is an instant inside, and when does the next one begin. */
import { formatterOf, localByIntl, zoneNames } from "./clocks.js";

/** A window of a few hours by the clock on the wall, on weekdays from 1, Monday, to 7; in minutes of the day. */
export type Window = { readonly days: readonly number[]; readonly from: number; readonly to: number };

export const workTime: Window = { days: [1, 2, 3, 4, 5], from: 540, to: 1050 };

/** In many zones clocks are put forward over it, and back into it. */
export const smallHours: Window = { days: [1, 2, 3, 4, 5, 6, 7], from: 135, to: 165 };

export type ClockPeer = {
  readonly name: string;
  readonly isInside: (window: Window, zone: string, at: number) => boolean;
  /** `at` itself where it is inside. */
  readonly nextStart: (window: Window, zone: string, at: number) => number;
};

function isWithin({ days, from, to }: Window, weekday: number, minutes: number): boolean {
  return days.includes(weekday) && minutes >= from && minutes < to;
}

/** Their types are not checked: they are installed by the bench alone. One that cannot be loaded is left out. */
export async function clockPeers(): Promise<{ readonly peers: readonly ClockPeer[]; readonly notes: readonly string[] }> {
  const peers: ClockPeer[] = [intl()];
  const notes: string[] = [];
  for (const { name, load } of libraries) {
    try {
      peers.push({ name, ...(await load()) });
    } catch (error) {
      notes.push(`${name} is missing: ${String(error).split("\n")[0]}`);
    }
  }
  return { peers, notes };
}

/** The first of the next days' beginnings that is not over; `startOn` gives what comes out for so many days later. */
function firstStart(at: number, startOn: (later: number) => { readonly fits: boolean; readonly start: number }): number {
  for (let later = 0; later < 9; later += 1) {
    const { fits, start } = startOn(later);
    if (fits && start >= at) return start;
  }
  return Number.NaN;
}

const dayMs = 86_400_000;

function intl(): ClockPeer {
  const formatters = new Map(zoneNames.map((name) => [name, formatterOf(name)]));
  const localOf = (zone: string, at: number): number => localByIntl(formatters.get(zone) as Intl.DateTimeFormat, at);
  const weekdayOf = (day: number): number => ((day + 3) % 7) + 1;
  const isInside: ClockPeer["isInside"] = (window, zone, at) => {
    const local = localOf(zone, at);
    const day = Math.floor(local / dayMs);
    return isWithin(window, weekdayOf(day), (local - day * dayMs) / 60_000);
  };
  return {
    name: "Intl, one formatter a zone",
    isInside,
    nextStart: (window, zone, at) => {
      if (isInside(window, zone, at)) return at;
      const day = Math.floor(localOf(zone, at) / dayMs);
      return firstStart(at, (later) => {
        const wall = (day + later) * dayMs + window.from * 60_000;
        const guess = wall - (localOf(zone, wall) - wall);
        return { fits: window.days.includes(weekdayOf(day + later)), start: guess - (localOf(zone, guess) - wall) };
      });
    },
  };
}

type Asked = Omit<ClockPeer, "name">;
type Time = { readonly hour: number; readonly minute: number; readonly second: number; readonly millisecond: number };

function timeOf(minutes: number): Time {
  return { hour: Math.floor(minutes / 60), minute: minutes % 60, second: 0, millisecond: 0 };
}

const libraries: readonly { readonly name: string; readonly load: () => Promise<Asked> }[] = [
  { name: "luxon", load: luxon },
  { name: "date-fns-tz", load: dateFns },
  { name: "temporal-polyfill", load: temporal },
];

async function luxon(): Promise<Asked> {
  type Moment = {
    readonly weekday: number;
    readonly hour: number;
    readonly minute: number;
    readonly plus: (amount: { readonly days: number }) => Moment;
    readonly set: (time: Time) => Moment;
    readonly toMillis: () => number;
  };
  type Luxon = { readonly DateTime: { readonly fromMillis: (at: number, options: { readonly zone: string }) => Moment } };
  const { DateTime } = (await import("luxon" as string)) as Luxon;
  const isInside: Asked["isInside"] = (window, zone, at) => {
    const { weekday, hour, minute } = DateTime.fromMillis(at, { zone });
    return isWithin(window, weekday, hour * 60 + minute);
  };
  return {
    isInside,
    nextStart: (window, zone, at) => {
      if (isInside(window, zone, at)) return at;
      const today = DateTime.fromMillis(at, { zone });
      return firstStart(at, (later) => {
        const start = today.plus({ days: later }).set(timeOf(window.from));
        return { fits: window.days.includes(start.weekday), start: start.toMillis() };
      });
    },
  };
}

async function dateFns(): Promise<Asked> {
  type Zoned = { readonly toZonedTime: (at: Date, zone: string) => Date; readonly fromZonedTime: (local: Date, zone: string) => Date };
  const { toZonedTime, fromZonedTime } = (await import("date-fns-tz" as string)) as Zoned;
  const weekdayOf = (local: Date): number => local.getDay() || 7;
  const isInside: Asked["isInside"] = (window, zone, at) => {
    const local = toZonedTime(new Date(at), zone);
    return isWithin(window, weekdayOf(local), local.getHours() * 60 + local.getMinutes());
  };
  return {
    isInside,
    nextStart: (window, zone, at) => {
      if (isInside(window, zone, at)) return at;
      const today = toZonedTime(new Date(at), zone);
      return firstStart(at, (later) => {
        const start = new Date(today.getFullYear(), today.getMonth(), today.getDate() + later, 0, window.from);
        return { fits: window.days.includes(weekdayOf(start)), start: fromZonedTime(start, zone).getTime() };
      });
    },
  };
}

async function temporal(): Promise<Asked> {
  type Moment = {
    readonly dayOfWeek: number;
    readonly hour: number;
    readonly minute: number;
    readonly epochMilliseconds: number;
    readonly add: (amount: { readonly days: number }) => Moment;
    readonly with: (time: Time & { readonly microsecond: number; readonly nanosecond: number }) => Moment;
  };
  type Instants = { readonly fromEpochMilliseconds: (at: number) => { readonly toZonedDateTimeISO: (zone: string) => Moment } };
  const { Temporal } = (await import("temporal-polyfill" as string)) as { readonly Temporal: { readonly Instant: Instants } };
  const momentOf = (zone: string, at: number): Moment => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const isInside: Asked["isInside"] = (window, zone, at) => {
    const { dayOfWeek, hour, minute } = momentOf(zone, at);
    return isWithin(window, dayOfWeek, hour * 60 + minute);
  };
  return {
    isInside,
    nextStart: (window, zone, at) => {
      if (isInside(window, zone, at)) return at;
      const today = momentOf(zone, at);
      return firstStart(at, (later) => {
        const start = today.add({ days: later }).with({ ...timeOf(window.from), microsecond: 0, nanosecond: 0 });
        return { fits: window.days.includes(start.dayOfWeek), start: start.epochMilliseconds };
      });
    },
  };
}
