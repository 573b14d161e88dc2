import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { pinnedZones } from "../../src/core/time/pinned-zones.js";
import { runtimeZones } from "../../src/core/time/zone.js";
import { namesOfLine } from "../../src/core/time/zone-line.js";
import type { Zone } from "../../src/core/time/zone-table.js";
import { zoneTables } from "../../src/zones/index.js";
import { isAgreed, zoneVectors } from "../fixtures/zones/zone-changes.js";

const names = zoneTables.zones.flatMap(namesOfLine);

function pinned(name: string): Zone {
  const zone = pinnedZones(zoneTables)?.findZone(name) ?? null;
  if (zone === null) throw new Error(`the tables lack ${name}`);
  return zone;
}

/** The seconds at which a zone changes its offset up to 2100. */
function changesOf(zone: Zone): number[] {
  const changes: number[] = [];
  let before = zone.offsetAt(0);
  for (let at = 0; at < zoneVectors.end * 1000; ) {
    const { offset, until } = zone.stretchAt(at);
    if (offset !== before) changes.push(at / 1000);
    before = offset;
    at = until;
  }
  return changes;
}

describe("the zone tables of the package", () => {
  it("X11: name their tz release", () => {
    expect(zoneTables.release).toMatch(/^20\d\d[a-z]$/);
  });

  it("X11: are small enough to be shipped", () => {
    expect(gzipSync(JSON.stringify(zoneTables)).length).toBeLessThan(40_000);
  });

  it("X11: have every zone once, under names of every letter case", () => {
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(590);
    expect(pinned("eUROPE/pARIS")).toBe(pinned("Europe/Paris"));
  });

  it("X11: can be unpacked to the last line", () => {
    expect(names.filter((name) => pinnedZones(zoneTables)?.findZone(name) === null)).toEqual([]);
  });

  it("X11: know every name that Python's zoneinfo knows", () => {
    const known = new Set(names);
    expect(zoneVectors.zones.flatMap((zone) => zone.names).filter((name) => !known.has(name))).toEqual([]);
  });

  it(`X11: have the offsets of release ${zoneVectors.release} around every change from 1970 to 2100, where the releases agree`, () => {
    const wrong: string[] = [];
    let compared = 0;
    for (const { names: aliases, changes } of zoneVectors.zones) {
      for (const name of aliases) {
        const zone = pinned(name);
        changes.forEach(([second, offset], i) => {
          const next = changes[i + 1]?.[0] ?? zoneVectors.end;
          const samples = [second, second + 1, Math.floor((second + next) / 2), next - 1].filter((sample) => isAgreed(name, sample));
          compared += samples.length;
          for (const sample of samples) if (zone.offsetAt(sample * 1000) !== offset * 1000) wrong.push(`${name} at ${sample}`);
        });
      }
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(200_000);
  });

  it("X11: answer as the runtime does around every change of theirs, where the releases agree", () => {
    const wrong: string[] = [];
    for (const name of names) {
      const [zone, runtime] = [pinned(name), runtimeZones.findZone(name)];
      if (runtime === null) continue;
      const samples = changesOf(zone).flatMap((second) => [second - 1, second]);
      for (const second of samples) {
        if (isAgreed(name, second) && zone.offsetAt(second * 1000) !== runtime.offsetAt(second * 1000)) wrong.push(`${name} at ${second}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("S5: keep changing clocks up to the year 9999, as the runtime does", () => {
    const wrong: string[] = [];
    for (const name of ["Europe/Paris", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Asia/Gaza"]) {
      for (const year of [2101, 2400, 2500, 5000, 9999]) {
        for (let month = 0; month < 12; month += 1) {
          const at = Date.UTC(year, month, 15);
          if (pinned(name).offsetAt(at) !== runtimeZones.findZone(name)?.offsetAt(at))
            wrong.push(`${name} at ${new Date(at).toISOString()}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});
