import { describe, expect, it, vi } from "vitest";
import { deepFreeze } from "../../../src/core/kernel/deep-freeze.js";
import { lastInstant } from "../../../src/core/time/instant.js";
import { firstClosing, firstOpening, openAt } from "../../../src/core/time/opening.js";
import { type OnlyOn, type Schedule, type Weekday, weekdays } from "../../../src/core/time/schedule.js";
import { timetableOf } from "../../../src/core/time/timetable-of.js";
import { runtimeZones } from "../../../src/core/time/zone.js";

type Days = readonly [Weekday, ...Weekday[]];

const workdays: Days = ["monday", "tuesday", "wednesday", "thursday", "friday"];

function onlyOn(timeZone: string, days: Days, from: string, to: string, except?: readonly string[]): OnlyOn {
  return deepFreeze({ kind: "onlyOn", days, from, to, timeZone, ...(except === undefined ? {} : { except }) });
}

const read = (schedule: Schedule) => timetableOf(schedule, runtimeZones);

const open = (schedule: Schedule, at: string): boolean => openAt(read(schedule), Date.parse(at));

const text = (instant: number | null): string | null => (instant === null ? null : new Date(instant).toISOString());

const opening = (schedule: Schedule, at: string): string | null => text(firstOpening(read(schedule), Date.parse(at)));

const closing = (schedule: Schedule, at: string): string | null => text(firstClosing(read(schedule), Date.parse(at)));

describe("openAt", () => {
  it("S1: always is open at every instant", () => {
    expect([0, 1e12, lastInstant].map((at) => openAt(read({ kind: "always" }), at))).toEqual([true, true, true]);
  });

  it("S1: reads the clock on the wall of the schedule's own zone", () => {
    const [paris, tokyo] = ["Europe/Paris", "Asia/Tokyo"].map((zone) => onlyOn(zone, workdays, "09:00", "17:30"));
    const at = "2026-03-02T08:00:00Z";
    expect([paris, tokyo].map((schedule) => schedule && open(schedule, at))).toEqual([true, true]);
    expect([paris, tokyo].map((schedule) => schedule && open(schedule, "2026-03-02T12:00:00Z"))).toEqual([true, false]);
  });

  it("S1: reads the weekday of the schedule's own zone", () => {
    const schedule = onlyOn("Pacific/Kiritimati", ["tuesday"], "00:00", "24:00");
    expect(["2026-03-02T09:59:59.999Z", "2026-03-02T10:00:00Z"].map((at) => open(schedule, at))).toEqual([false, true]);
  });

  it("S1: reads days and hours at the beginning of 1970 west of Greenwich, where it is still 1969", () => {
    const schedule = onlyOn("America/New_York", ["wednesday"], "19:00", "24:00");
    expect(openAt(read(schedule), 0)).toBe(true);
  });

  it("S2: includes the start of a window and excludes its end, to the millisecond", () => {
    const schedule = onlyOn("Europe/Paris", workdays, "09:00", "17:30");
    const edges = ["07:59:59.999Z", "08:00:00.000Z", "16:29:59.999Z", "16:30:00.000Z"].map((time) => `2026-03-02T${time}`);
    expect(edges.map((at) => open(schedule, at))).toEqual([false, true, true, false]);
  });

  it("S2: reads seconds", () => {
    const schedule = onlyOn("UTC", ["monday"], "09:00:30", "09:00:31");
    const edges = ["29.999Z", "30.000Z", "30.999Z", "31.000Z"].map((seconds) => `2026-03-02T09:00:${seconds}`);
    expect(edges.map((at) => open(schedule, at))).toEqual([false, true, true, false]);
  });

  it("S2: keeps a window to 24:00 open for the whole evening and no longer", () => {
    const schedule = onlyOn("UTC", ["monday"], "22:00", "24:00");
    expect(["2026-03-02T23:59:59.999Z", "2026-03-03T00:00:00Z"].map((at) => open(schedule, at))).toEqual([true, false]);
  });

  it("S3: lets a window whose end is earlier end on the day after the listed one", () => {
    const schedule = onlyOn("Europe/Paris", ["friday"], "22:00", "06:00");
    const edges = ["2026-03-06T20:59:59.999Z", "2026-03-06T21:00:00Z", "2026-03-07T04:59:59.999Z", "2026-03-07T05:00:00Z"];
    expect(edges.map((at) => open(schedule, at))).toEqual([false, true, true, false]);
  });

  it("S3: does not open in the early hours of the listed day itself", () => {
    expect(open(onlyOn("Europe/Paris", ["friday"], "22:00", "06:00"), "2026-03-06T02:00:00Z")).toBe(false);
  });

  it("S3: carries a window of Sunday over into Monday", () => {
    expect(open(onlyOn("UTC", ["sunday"], "22:00", "06:00"), "2026-03-02T05:00:00Z")).toBe(true);
  });

  it("S3: ends a window to 00:00 at midnight", () => {
    const schedule = onlyOn("UTC", ["friday"], "22:00", "00:00");
    expect(["2026-03-06T23:59:59.999Z", "2026-03-07T00:00:00Z"].map((at) => open(schedule, at))).toEqual([true, false]);
  });

  it("S3: covers Saturday's early hours by the window of the Friday that Samoa left out", () => {
    const schedule = onlyOn("Pacific/Apia", ["friday"], "22:00", "06:00");
    expect(["2011-12-30T09:59:59.999Z", "2011-12-30T10:00:00Z", "2011-12-30T16:00:00Z"].map((at) => open(schedule, at))).toEqual([
      false,
      true,
      false,
    ]);
  });

  it("S4: is open both times when clocks go back over a window", () => {
    const schedule = onlyOn("America/New_York", ["sunday"], "01:15", "01:45");
    const times = ["05:14:59.999Z", "05:15:00Z", "05:44:59.999Z", "05:45:00Z", "06:14:59.999Z", "06:15:00Z", "06:44:59.999Z", "06:45:00Z"];
    const expected = [false, true, true, false, false, true, true, false];
    expect(times.map((time) => open(schedule, `2026-11-01T${time}`))).toEqual(expected);
  });

  it("S4: is open both times when clocks go back by half an hour", () => {
    const schedule = onlyOn("Australia/Lord_Howe", ["sunday"], "01:30", "01:40");
    const times = ["14:29:59.999Z", "14:30:00Z", "14:40:00Z", "15:00:00Z", "15:09:59.999Z", "15:10:00Z"];
    expect(times.map((time) => open(schedule, `2026-04-04T${time}`))).toEqual([false, true, false, true, true, false]);
  });

  it("S7: starts no window on an excepted date of the schedule's zone", () => {
    const schedule = onlyOn("Asia/Tokyo", workdays, "00:00", "24:00", ["2026-03-03"]);
    const times = ["2026-03-02T14:59:59.999Z", "2026-03-02T15:00:00Z", "2026-03-03T14:59:59.999Z", "2026-03-03T15:00:00Z"];
    expect(times.map((at) => open(schedule, at))).toEqual([true, false, false, true]);
  });

  it("S7: leaves what started the evening before an excepted date", () => {
    const schedule = onlyOn("UTC", ["thursday", "friday"], "22:00", "06:00", ["2026-03-06"]);
    const times = ["2026-03-06T05:59:59.999Z", "2026-03-06T22:00:00Z", "2026-03-07T05:00:00Z"];
    expect(times.map((at) => open(schedule, at))).toEqual([true, false, false]);
  });

  it("S1: opens where any of several windows does", () => {
    const windows = [
      { days: ["monday"], from: "08:00", to: "10:00" },
      { days: ["monday"], from: "09:00", to: "09:30" },
      { days: ["monday", "tuesday"], from: "20:00", to: "02:00" },
    ] as const;
    const schedule = deepFreeze({ kind: "onlyOn", windows, timeZone: "UTC" }) as OnlyOn;
    const times = ["02T07:59:59Z", "02T09:45:00Z", "02T10:00:00Z", "03T01:59:59Z", "03T02:00:00Z", "04T01:00:00Z"];
    expect(times.map((time) => open(schedule, `2026-03-${time}`))).toEqual([false, true, false, true, false, true]);
  });

  it("S1: touches no Intl for always and for UTC", () => {
    const schedules: Schedule[] = [
      { kind: "always" },
      onlyOn("utc", workdays, "09:00", "17:30", ["2026-03-02"]),
      onlyOn("Etc/Greenwich", ["saturday"], "22:00", "03:00"),
    ];
    vi.stubGlobal("Intl", undefined);
    const answers = schedules.map((schedule) => [
      openAt(read(schedule), 1e12),
      firstOpening(read(schedule), 1e12),
      openAt(read(schedule), 1e12) && firstClosing(read(schedule), 1e12),
    ]);
    vi.unstubAllGlobals();
    expect(answers).toEqual([
      [true, 1e12, null],
      [false, Date.parse("2001-09-10T09:00:00Z"), false],
      [true, 1e12, Date.parse("2001-09-09T03:00:00Z")],
    ]);
  });
});

describe("firstOpening", () => {
  it("S6: is the instant itself while open", () => {
    expect(opening(onlyOn("UTC", workdays, "09:00", "17:30"), "2026-03-02T12:00:00.123Z")).toBe("2026-03-02T12:00:00.123Z");
  });

  it("S6: comes after the weekend", () => {
    expect(opening(onlyOn("Europe/Paris", workdays, "09:00", "17:30"), "2026-03-06T17:00:00Z")).toBe("2026-03-09T08:00:00.000Z");
  });

  it("S4: skips a day on which the window lies wholly in the gap", () => {
    expect(opening(onlyOn("America/New_York", ["sunday"], "02:10", "02:50"), "2026-03-02T00:00:00Z")).toBe("2026-03-15T06:10:00.000Z");
  });

  it("S4: is the end of the gap for a window that begins in it", () => {
    expect(opening(onlyOn("America/New_York", ["sunday"], "02:30", "03:30"), "2026-03-02T00:00:00Z")).toBe("2026-03-08T07:00:00.000Z");
  });

  it("S4: is the end of the gap where midnight itself is left out", () => {
    expect(opening(onlyOn("America/Sao_Paulo", ["sunday"], "00:00", "24:00"), "2018-10-30T00:00:00Z")).toBe("2018-11-04T03:00:00.000Z");
  });

  it("S3: waits a week for a day that never was", () => {
    expect(opening(onlyOn("Pacific/Apia", ["friday"], "09:00", "10:00"), "2011-12-25T00:00:00Z")).toBe("2012-01-05T19:00:00.000Z");
  });

  it("S4: finds a repeated evening before the next week's", () => {
    // Clocks went back from 00:00 to 23:00: Saturday's last hour came twice.
    expect(opening(onlyOn("America/Sao_Paulo", ["saturday"], "23:00", "23:30"), "2018-02-18T01:45:00Z")).toBe("2018-02-18T02:00:00.000Z");
  });

  it("S6: reads an offset with seconds", () => {
    expect(opening(onlyOn("Africa/Monrovia", ["thursday"], "09:00", "10:00"), "1970-01-05T00:00:00Z")).toBe("1970-01-08T09:44:30.000Z");
  });

  it("S7: passes over excepted dates", () => {
    expect(opening(onlyOn("UTC", ["monday"], "09:00", "10:00", ["2026-03-09", "2026-03-02", "2026-03-23"]), "2026-03-01T00:00:00Z")).toBe(
      "2026-03-16T09:00:00.000Z",
    );
  });

  it("S7: crosses two centuries of excepted dates", () => {
    const mondays = Array.from({ length: 10_000 }, (_, week) => new Date(Date.UTC(2026, 2, 2 + 7 * week)).toISOString().slice(0, 10));
    const next = new Date(Date.UTC(2026, 2, 2 + 7 * 10_000, 9)).toISOString();
    expect(opening(onlyOn("UTC", ["monday"], "09:00", "10:00", mondays), "2026-03-01T00:00:00Z")).toBe(next);
    expect(opening(onlyOn("Africa/Abidjan", ["monday"], "09:00", "10:00", mondays), "2026-03-01T00:00:00Z")).toBe(next);
  });

  it("S6: is none where no window begins before the year 10000", () => {
    const schedule = onlyOn("UTC", ["friday"], "09:00", "10:00", ["9999-12-31"]);
    expect([opening(schedule, "9999-12-24T10:00:00Z"), opening(schedule, "9999-12-24T09:59:59Z")]).toEqual([
      null,
      "9999-12-24T09:59:59.000Z",
    ]);
  });

  it("S6: may be the last instant there is", () => {
    expect(firstOpening(read(onlyOn("UTC", [...weekdays] as unknown as Days, "00:00", "24:00")), lastInstant)).toBe(lastInstant);
  });

  it("S6: is none where the next opening falls into the year 10000 of UTC", () => {
    const schedule = onlyOn("America/New_York", ["friday"], "20:00", "21:00");
    expect(opening(schedule, "9999-12-31T12:00:00Z")).toBeNull();
  });
});

describe("firstClosing", () => {
  it("S6: is the end of the window", () => {
    expect(closing(onlyOn("Europe/Paris", workdays, "09:00", "17:30"), "2026-03-02T08:00:00Z")).toBe("2026-03-02T16:30:00.000Z");
  });

  it("S6: is none for always", () => {
    expect(closing({ kind: "always" }, "2026-03-02T08:00:00Z")).toBeNull();
  });

  it("S6: is none where every moment of the week is open, in however many windows", () => {
    const windows = [
      { days: weekdays, from: "12:00", to: "06:00" },
      { days: weekdays, from: "05:00", to: "12:00" },
    ] as const;
    const pieces = deepFreeze({ kind: "onlyOn", windows, timeZone: "America/New_York" }) as OnlyOn;
    const whole = onlyOn("America/New_York", weekdays, "00:00", "24:00");
    expect([pieces, whole].map((schedule) => closing(schedule, "2026-03-02T08:00:00Z"))).toEqual([null, null]);
  });

  it("S6: takes windows that touch at midnight for one opening", () => {
    expect(closing(onlyOn("Europe/Paris", workdays, "00:00", "24:00"), "2026-03-02T08:00:00Z")).toBe("2026-03-06T23:00:00.000Z");
  });

  it("S6: takes a window over midnight and the next day's for one opening", () => {
    const windows = [
      { days: ["monday"], from: "20:00", to: "08:00" },
      { days: ["tuesday"], from: "08:00", to: "12:00" },
    ] as const;
    const schedule = deepFreeze({ kind: "onlyOn", windows, timeZone: "UTC" }) as OnlyOn;
    expect(closing(schedule, "2026-03-02T21:00:00Z")).toBe("2026-03-03T12:00:00.000Z");
  });

  it("S4: comes earlier by the clock when a gap swallows the end of the window", () => {
    expect(closing(onlyOn("America/New_York", ["sunday"], "01:00", "02:30"), "2026-03-08T06:00:00Z")).toBe("2026-03-08T07:00:00.000Z");
  });

  it("S4: stays open through a gap inside the window", () => {
    expect(closing(onlyOn("America/New_York", ["sunday"], "01:00", "04:00"), "2026-03-08T06:00:00Z")).toBe("2026-03-08T08:00:00.000Z");
  });

  it("S4: comes later when the window's last hour is repeated", () => {
    expect(closing(onlyOn("America/New_York", ["sunday"], "00:00", "02:00"), "2026-11-01T04:00:00Z")).toBe("2026-11-01T07:00:00.000Z");
  });

  it("S4: comes at the first time around when the window ends within the repeated hour", () => {
    expect(closing(onlyOn("America/New_York", ["sunday"], "00:00", "01:30"), "2026-11-01T04:00:00Z")).toBe("2026-11-01T05:30:00.000Z");
  });

  it("S4: comes when clocks go back out of the window", () => {
    expect(closing(onlyOn("America/New_York", ["sunday"], "01:30", "03:00"), "2026-11-01T05:45:00Z")).toBe("2026-11-01T06:00:00.000Z");
  });

  it("S6: stays open over the Friday that Samoa left out", () => {
    expect(closing(onlyOn("Pacific/Apia", ["thursday", "saturday"], "00:00", "24:00"), "2011-12-29T12:00:00Z")).toBe(
      "2011-12-31T10:00:00.000Z",
    );
  });

  it("S7: is the midnight of an excepted date in a week that is open throughout", () => {
    expect(closing(onlyOn("Europe/Paris", weekdays, "00:00", "24:00", ["2026-12-25"]), "2026-03-02T00:00:00Z")).toBe(
      "2026-12-24T23:00:00.000Z",
    );
  });

  it("S7: finds an excepted date eight thousand years ahead", () => {
    expect(closing(onlyOn("America/New_York", weekdays, "00:00", "24:00", ["9999-12-30"]), "2026-03-02T00:00:00Z")).toBe(
      "9999-12-30T05:00:00.000Z",
    );
  });

  it("S7: takes no notice of an excepted date that never was", () => {
    expect(closing(onlyOn("Pacific/Apia", weekdays, "00:00", "24:00", ["2011-12-30"]), "2011-12-29T12:00:00Z")).toBeNull();
  });

  it("S6: is none where the window ends in the year 10000 of UTC", () => {
    expect(closing(onlyOn("UTC", ["friday"], "22:00", "06:00"), "9999-12-31T23:00:00Z")).toBeNull();
  });
});
