import { describe, expect, it, vi } from "vitest";
import { isKnownZone, zoneOf } from "../../../src/core/time/zone.js";
import { isAgreed, zoneVectors } from "../../fixtures/zones/zone-changes.js";

/** Local time at an instant, by hand from the offset: no zone is asked. */
function wallClock(name: string, at: string): string {
  const instant = Date.parse(at);
  return new Date(instant + zoneOf(name).stretchAt(instant).offset).toISOString().slice(0, 19);
}

describe("isKnownZone", () => {
  it.each(["Europe/Paris", "US/Eastern", "Asia/Calcutta", "America/Argentina/ComodRivadavia", "EST", "PST8PDT", "Etc/GMT+5", "Etc/GMT-14"])(
    "S5: knows the IANA name %s",
    (name) => {
      expect(isKnownZone(name)).toBe(true);
    },
  );

  it.each(["UTC", "Etc/UTC", "UCT", "Zulu", "Etc/Universal", "GMT", "GMT0", "Etc/GMT+0", "Etc/GMT-0", "Greenwich"])(
    "S5: knows the name of UTC %s",
    (name) => {
      expect(isKnownZone(name)).toBe(true);
    },
  );

  it("S5: takes letter case as the runtime does", () => {
    expect(["europe/paris", "EUROPE/PARIS", "utc", "eTc/uTc"].map(isKnownZone)).toEqual([true, true, true, true]);
  });

  it.each(["+02:00", "-0530", "+02", "\u221202:00", "UTC+2", "GMT+2", "Z", "Etc/GMT+13"])(
    "S5: does not take the offset %s for a name",
    (name) => {
      expect(isKnownZone(name)).toBe(false);
    },
  );

  it.each(["BST", "IST", "PST", "bst", "SystemV/PST8"])(
    "S5: does not know %s, which is no IANA name whatever the runtime makes of it",
    (name) => {
      expect(isKnownZone(name)).toBe(false);
    },
  );

  it.each([
    "",
    " ",
    "Europe/Pari",
    "Europe/Paris ",
    " Europe/Paris",
    "Mars/Olympus",
    "local",
    "constructor",
    "__proto__",
    "Europe/Par\u0131s",
    "x".repeat(100_000),
  ])("S5: does not know %j", (name) => {
    expect(isKnownZone(name)).toBe(false);
  });
});

describe("zoneOf", () => {
  it("S5: takes an unchecked name for a defect of this library", () => {
    expect(() => zoneOf("Mars/Olympus")).toThrow("unchecked zone: Mars/Olympus");
  });

  it("S1: knows UTC by every name and in every letter case without Intl", () => {
    vi.stubGlobal("Intl", undefined);
    const names = zoneVectors.zones.find((zone) => zone.names.includes("Etc/UTC"))?.names ?? [];
    const offsets = ["UTC", "utc", "gMt0", ...names].map((name) => isKnownZone(name) && zoneOf(name).stretchAt(1e12).offset);
    vi.unstubAllGlobals();
    expect(new Set(offsets)).toEqual(new Set([0]));
  });

  it("S5: forgets zones when too many spellings come, and answers the same", () => {
    const before = wallClock("Asia/Kathmandu", "2026-03-02T00:00:00Z");
    const spellings = Array.from({ length: 1000 }, (_, number) =>
      [..."europe/paris"].map((letter, place) => ((number >> place) & 1 ? letter.toUpperCase() : letter)).join(""),
    );
    expect(spellings.filter((name) => !isKnownZone(name))).toEqual([]);
    expect(wallClock("Asia/Kathmandu", "2026-03-02T00:00:00Z")).toBe(before);
  });

  it.each([
    ["half an hour of daylight saving", "Australia/Lord_Howe", "2026-04-04T14:59:59Z", "2026-04-05T01:59:59", "2026-04-05T01:30:00"],
    ["the Friday that Samoa left out", "Pacific/Apia", "2011-12-30T09:59:59Z", "2011-12-29T23:59:59", "2011-12-31T00:00:00"],
    ["the Saturday that Kwajalein left out", "Pacific/Kwajalein", "1993-08-21T11:59:59Z", "1993-08-20T23:59:59", "1993-08-22T00:00:00"],
    ["winter as Ireland's exception", "Europe/Dublin", "2026-10-25T00:59:59Z", "2026-10-25T01:59:59", "2026-10-25T01:00:00"],
    ["an offset with seconds", "Africa/Monrovia", "1972-01-07T00:44:29Z", "1972-01-06T23:59:59", "1972-01-07T00:44:30"],
    ["a quarter of an hour", "Asia/Kathmandu", "1985-12-31T18:29:59Z", "1985-12-31T23:59:59", "1986-01-01T00:15:00"],
    ["midnight left out", "America/Sao_Paulo", "2018-11-04T02:59:59Z", "2018-11-03T23:59:59", "2018-11-04T01:00:00"],
    ["two hours at once", "Antarctica/Troll", "2026-03-29T00:59:59Z", "2026-03-29T00:59:59", "2026-03-29T03:00:00"],
    ["the end of summer time for Ramadan", "Africa/Cairo", "2010-08-10T20:59:59Z", "2010-08-10T23:59:59", "2010-08-10T23:00:00"],
    ["and its return four weeks later", "Africa/Cairo", "2010-09-09T21:59:59Z", "2010-09-09T23:59:59", "2010-09-10T01:00:00"],
    ["two changes within a week", "America/Noronha", "2000-10-08T01:59:59Z", "2000-10-07T23:59:59", "2000-10-08T01:00:00"],
    ["and the second of them", "America/Noronha", "2000-10-15T00:59:59Z", "2000-10-14T23:59:59", "2000-10-14T23:00:00"],
  ])("S6: reads %s to the second (%s)", (_, name, lastBefore, before, after) => {
    const first = new Date(Date.parse(lastBefore) + 1000).toISOString();
    expect([wallClock(name, lastBefore), wallClock(name, first)]).toEqual([before, after]);
  });

  it("S5: keeps changing clocks up to the year 9999", () => {
    const summers = [2500, 5000, 9999].map((year) => wallClock("Europe/Paris", `${year}-07-01T12:00:00Z`).slice(11, 13));
    const winters = [2500, 5000, 9999].map((year) => wallClock("Europe/Paris", `${year}-01-10T12:00:00Z`).slice(11, 13));
    expect([summers, winters]).toEqual([
      ["14", "14", "14"],
      ["13", "13", "13"],
    ]);
  });
});

describe("every zone that Python's zoneinfo knows", () => {
  const { release, zones, end } = zoneVectors;
  const names = zones.flatMap((zone) => zone.names);

  it("S5: is known here, too, but for names younger than the runtime", () => {
    // Names are added about once in two years.
    expect(names.filter((name) => !isKnownZone(name)).length).toBeLessThanOrEqual(2);
    expect(names.length).toBeGreaterThan(590);
  });

  it("S6: changes no more than once in four days, on which finding every change depends", () => {
    const quick = zones.filter(({ changes }) => changes.some(([second], i) => i > 1 && second - (changes[i - 1]?.[0] ?? 0) <= 4 * 86_400));
    expect(quick).toEqual([]);
  });

  it(`S1: has the same offsets around every change from 1970 to 2100, as of release ${release}`, () => {
    const wrong: string[] = [];
    let compared = 0;
    for (const { names: aliases, changes } of zones) {
      for (const name of aliases.filter(isKnownZone)) {
        const zone = zoneOf(name);
        changes.forEach(([second, offset], i) => {
          const next = changes[i + 1]?.[0] ?? end;
          const samples = [second, second + 1, Math.floor((second + next) / 2), next - 1].filter((sample) => isAgreed(name, sample));
          compared += samples.length;
          for (const sample of samples) if (zone.stretchAt(sample * 1000).offset !== offset * 1000) wrong.push(`${name} at ${sample}`);
        });
      }
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(200_000);
  });
});
