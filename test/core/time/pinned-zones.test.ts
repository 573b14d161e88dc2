import { describe, expect, it } from "vitest";
import { deepFreeze } from "../../../src/core/kernel/deep-freeze.js";
import { pinnedZones } from "../../../src/core/time/pinned-zones.js";

/** A zone an hour ahead that twice a year goes to two, from 2001 on: the last Sundays of March and October, at 01:00 UTC. */
const yearly = "Mars/Olympus Mars/Crater|3600||2001 3 25 6 3600 7200 10 25 6 3600 3600";

function offsetsOf(line: string, name: string, ...times: readonly string[]): readonly (number | undefined)[] {
  const zone = pinnedZones({ release: "test", zones: [line] })?.findZone(name);
  return times.map((time) => zone?.offsetAt(Date.parse(time)));
}

describe("pinnedZones", () => {
  it.each([
    ["nothing", null],
    ["a text", "2026f"],
    ["a list", [yearly]],
    ["a list with the keys of tables", Object.assign([], { release: "test", zones: [yearly] })],
    ["no release", { zones: [yearly] }],
    ["an empty release", { release: "", zones: [yearly] }],
    ["no zones", { release: "test" }],
    ["zones that are no texts", { release: "test", zones: [yearly, 5] }],
    ["zones under their names", { release: "test", zones: { "Mars/Olympus": yearly } }],
  ])("X11: takes %s for no zone tables", (_, value) => {
    expect(pinnedZones(value)).toBeNull();
  });

  it("X11: finds a zone by each of its names, in any letter case", () => {
    const zones = pinnedZones({ release: "test", zones: [yearly] });
    expect(["Mars/Olympus", "mars/crater", "MARS/CRATER"].map((name) => zones?.findZone(name) !== null)).toEqual([true, true, true]);
  });

  it.each(["Mars", "Mars/Olympus Mars/Crater", "", "constructor", "__proto__", "Europe/Paris", "+02:00"])("X11: lacks %j", (name) => {
    expect(pinnedZones({ release: "test", zones: [yearly] })?.findZone(name)).toBeNull();
  });

  it("X11: lacks a name that stands in two lines: which zone was meant cannot be known", () => {
    const zones = pinnedZones({ release: "test", zones: [yearly, "mars/crater Mars/Plain|0||"] });
    expect(["Mars/Crater", "Mars/Plain"].map((name) => zones?.findZone(name) === null)).toEqual([true, false]);
  });

  it.each([
    "Mars/Olympus",
    "Mars/Olympus|3600",
    "Mars/Olympus|||",
    "Mars/Olympus|an hour||",
    "Mars/Olympus|3600|100001|",
    "Mars/Olympus|3600|zz1|",
    "Mars/Olympus|3600||2001 3 25 6 3600 7200",
    "Mars/Olympus|3600|| ",
    "Mars/Olympus|3600||2001 10 25 6 3600 7200 3 25 6 3600 3600",
    "Mars/Olympus|3600||2001 3 25 6 3600 7200 13 25 6 3600 3600",
    "Mars/Olympus|3600||2001 3 25 6 3600 7200 12 26 6 3600 3600",
    "Mars/Olympus|3600||2001 3 0 6 3600 7200 10 25 6 3600 3600",
    "Mars/Olympus|3600||2001 3 25 7 3600 7200 10 25 6 3600 3600",
    "Mars/Olympus|3600||2001 3 25 6 86400 7200 10 25 6 3600 3600",
    "Mars/Olympus|3600||1969 3 25 6 3600 7200 10 25 6 3600 3600",
    "Mars/Olympus|3600||2001 3 1 6 3600 7200 3 25 6 3600 3600",
    "Mars/Olympus|3600||2001 0 25 6 3600 7200 10 25 6 3600 3600",
    "Mars/Olympus|3600||2001 3 32 6 3600 7200 10 25 6 3600 3600",
    `${yearly}|`,
  ])("X11: lacks a zone whose line cannot be unpacked (%s)", (line) => {
    expect(pinnedZones({ release: "test", zones: [line] })?.findZone("Mars/Olympus")).toBeNull();
  });

  it.each([
    ["the first month and the last", "1 1 6 0 7200 12 25 6 0 3600", "2030-01-05", "2030-01-06", "2030-12-28", "2030-12-29"],
    ["the last day of a month", "3 31 6 0 7200 10 31 6 0 3600", "2030-03-30", "2030-03-31", "2030-11-02", "2030-11-03"],
  ])("X11: reads a rule of %s", (_, rule, ...days) => {
    const line = `Mars/Olympus|3600||1970 ${rule}`;
    const zone = pinnedZones({ release: "test", zones: [line] })?.findZone("Mars/Olympus");
    expect(days.map((day) => zone?.offsetAt(Date.parse(day)))).toEqual([1, 2, 2, 1].map((hours) => hours * 3_600_000));
  });

  it("X11: goes by the rule from the first instant of its first year on", () => {
    const line = "Mars/Olympus|0||2001 3 25 6 3600 7200 10 25 6 3600 3600";
    expect(offsetsOf(line, "Mars/Olympus", "2000-12-31T23:59:59.999Z", "2001-01-01")).toEqual([0, 3_600_000]);
  });

  it("X11: knows on each day around the turn of each year until when the clocks stay", () => {
    const zone = pinnedZones({ release: "test", zones: [yearly] })?.findZone("Mars/Olympus");
    for (let year = 2001; year < 2800; year += 1) {
      const change = Date.UTC(year + 1, 3, 0) - new Date(Date.UTC(year + 1, 3, 0)).getUTCDay() * 86_400_000 + 3_600_000;
      for (const day of [30, 31, 32, 33]) {
        for (const at of [Date.UTC(year, 11, day), Date.UTC(year, 11, day + 1) - 1]) {
          expect(zone?.stretchAt(at)).toEqual({ offset: 3_600_000, until: change });
        }
      }
    }
  });

  it("X11: knows the year of its first day and of its last, on which clocks may change", () => {
    // From the first Sunday of a year to the last one, at 23:00.
    const zone = pinnedZones({ release: "test", zones: ["Mars/Olympus|3600||1970 1 1 6 82800 7200 12 25 6 82800 3600"] })?.findZone(
      "Mars/Olympus",
    );
    const sunday = (at: number): number => at + ((7 - new Date(at).getUTCDay()) % 7) * 86_400_000 + 82_800_000;
    const wrong: string[] = [];
    for (let year = 1971; year < 2800; year += 1) {
      for (const at of [Date.UTC(year, 0, 1), Date.UTC(year, 0, 2) - 1, Date.UTC(year, 11, 31), Date.UTC(year + 1, 0, 1) - 1]) {
        const isAhead = at >= sunday(Date.UTC(year, 0, 1)) && at < sunday(Date.UTC(year, 11, 25));
        if (zone?.offsetAt(at) !== (isAhead ? 7_200_000 : 3_600_000)) wrong.push(new Date(at).toISOString());
      }
    }
    expect(wrong).toEqual([]);
  });

  it("X11: reads changes to the second", () => {
    // 100 seconds after the beginning of 1970, and 172,900 seconds later.
    const line = "Mars/Plain|-2670 0 3600|2s1 3pes2|";
    const times = ["1970-01-01T00:01:39Z", "1970-01-01T00:01:40Z", "1970-01-03T00:03:19Z", "1970-01-03T00:03:20Z"];
    expect(offsetsOf(line, "Mars/Plain", ...times)).toEqual([-2_670_000, 0, 0, 3_600_000]);
  });

  it("X11: ends every stretch where the offset changes, and not before", () => {
    const plain = pinnedZones({ release: "test", zones: ["Mars/Plain|0 3600|2s1|"] })?.findZone("Mars/Plain");
    expect([0, 100_000].map((at) => plain?.stretchAt(at))).toEqual([
      { offset: 0, until: 100_000 },
      { offset: 3_600_000, until: Number.POSITIVE_INFINITY },
    ]);
    const zone = pinnedZones({ release: "test", zones: [yearly] })?.findZone("Mars/Olympus");
    const times = ["2000-07-01", "2001-01-01", "2001-03-25T01:00Z", "2001-10-28T01:00Z"].map((time) => Date.parse(time));
    expect(times.map((at) => zone?.stretchAt(at).until)).toEqual(
      ["2001-01-01", "2001-03-25T01:00Z", "2001-10-28T01:00Z", "2002-03-31T01:00Z"].map((time) => Date.parse(time)),
    );
  });

  it("X11: changes clocks by the yearly rule to the second, in every year up to 9999", () => {
    const times = ["2000-07-01T00:00:00Z", "2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z", "2026-10-25T00:59:59Z", "2026-10-25T01:00:00Z"];
    expect(offsetsOf(yearly, "Mars/Olympus", ...times, "9999-07-01T00:00:00Z", "9999-12-31T23:59:59Z")).toEqual(
      [1, 1, 2, 2, 1, 2, 1].map((hours) => hours * 3_600_000),
    );
  });

  it("X11: reads frozen tables once, and others at every call", () => {
    const tables = { release: "test", zones: [yearly] };
    expect(pinnedZones(tables)).not.toBe(pinnedZones(tables));
    tables.zones = ["Mars/Plain|0||"];
    expect(pinnedZones(tables)?.findZone("Mars/Olympus")).toBeNull();
    const frozen = deepFreeze({ release: "test", zones: [yearly] });
    expect(pinnedZones(frozen)).toBe(pinnedZones(frozen));
  });
});
