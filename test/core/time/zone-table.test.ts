import { describe, expect, it } from "vitest";
import { createZoneTable } from "../../../src/core/time/zone-table.js";

const day = 86_400_000;
const hour = 3_600_000;

/** A zone with one change, and how often it was asked. */
function zoneWithChangeAt(change: number) {
  const asked: number[] = [];
  const read = (at: number) => {
    asked.push(at);
    return at < change ? 0 : hour;
  };
  return { zone: createZoneTable(read), asked };
}

describe("createZoneTable", () => {
  it.each([1000, 3 * day + 1000, 4 * day - 1000, 4 * day, 4 * day + 1000, 2047 * day, 2048 * day, 10_000 * day + 43_000])(
    "S6: finds a change at %s ms to the millisecond",
    (change) => {
      const { zone } = zoneWithChangeAt(change);
      expect([change - 1, change].map((at) => zone.stretchAt(at).offset)).toEqual([0, hour]);
    },
  );

  it("S6: never lets a stretch reach over a change", () => {
    const change = 10 * day + 3000;
    const { zone } = zoneWithChangeAt(change);
    const overreaching = Array.from({ length: 200 }, (_, index) => index * 0.1 * day).filter(
      (at) => at < change && zone.stretchAt(at).until > change,
    );
    expect(overreaching).toEqual([]);
  });

  it("S6: lets every stretch end after the instant it was asked for", () => {
    const change = 10 * day + 3000;
    const { zone } = zoneWithChangeAt(change);
    const stuck = [0, change - 1, change, 12 * day - 1, 12 * day].filter((at) => zone.stretchAt(at).until <= at);
    expect(stuck).toEqual([]);
  });

  it("asks once for what it knows", () => {
    const { zone, asked } = zoneWithChangeAt(5 * day);
    zone.stretchAt(5 * day);
    const first = asked.length;
    zone.stretchAt(5 * day - 1);
    zone.stretchAt(6 * day);
    expect(asked.length).toBe(first);
  });

  it("answers the same after it has forgotten", () => {
    const { zone, asked } = zoneWithChangeAt(5 * day + 7000);
    zone.stretchAt(5 * day);
    const before = asked.length;
    for (let page = 1; page <= 40; page += 1) zone.stretchAt(page * 2048 * day);
    const visited = asked.length;
    expect([5 * day + 6999, 5 * day + 7000].map((at) => zone.stretchAt(at).offset)).toEqual([0, hour]);
    expect(asked.length - visited).toBe(before);
  });

  it("keeps more than two offsets apart", () => {
    const zone = createZoneTable((at) => Math.floor(at / (100 * day)) * 60_000);
    const offsets = [0, 100, 200, 300, 0, 200].map((days) => zone.stretchAt(days * day).offset);
    expect(offsets).toEqual([0, 60_000, 120_000, 180_000, 0, 120_000]);
  });
});

/** What is read at once, and what is held together. */
const step = 4 * day;
const page = 512 * step;

/** A table over clocks, and how often they were read. */
function tableOf(clock: (at: number) => number) {
  let reads = 0;
  const zone = createZoneTable((at) => {
    reads += 1;
    return clock(at);
  });
  /** How often clocks are read while something is asked. */
  const readsOf = (ask: () => unknown): number => {
    const before = reads;
    ask();
    return reads - before;
  };
  return { zone, readsOf };
}

describe("what a table reads and holds", () => {
  it("S1: reads the clocks twice where they run evenly, and not again", () => {
    const { zone, readsOf } = tableOf(() => hour);
    expect(readsOf(() => zone.stretchAt(5 * step))).toBe(2);
    expect(readsOf(() => zone.offsetAt(5 * step + 1))).toBe(0);
    expect(readsOf(() => zone.offsetAt(6 * step))).toBe(1);
    expect([zone.offsetAt(9 * step), zone.stretchAt(9 * step)]).toEqual([hour, { offset: hour, until: 10 * step }]);
  });

  it("S1: holds the last step of a page as well as the first", () => {
    const { zone, readsOf } = tableOf(() => hour);
    for (const at of [page - 1, page, 0]) {
      zone.offsetAt(at);
      expect(readsOf(() => [zone.offsetAt(at), zone.stretchAt(at)])).toBe(0);
    }
  });

  it("S1: finds the first change of a step, to the second, whatever comes after it", () => {
    const [there, back] = [2 * day + 1000, 10 * day];
    const { zone } = tableOf((at) => (at >= there && at < back ? hour : 0));
    expect([zone.stretchAt(0), zone.stretchAt(there - 1), zone.stretchAt(there)]).toEqual([
      { offset: 0, until: there },
      { offset: 0, until: there },
      { offset: hour, until: step },
    ]);
    expect([there - 1, there, back - 1, back].map((at) => zone.offsetAt(at))).toEqual([0, hour, hour, 0]);
  });

  it("S1: says after a change what holds then, whatever was asked before", () => {
    const change = 10 * step + day;
    const { zone } = tableOf((at) => (at < change ? 0 : hour));
    const times = [0, 1, 2, 3, 9, 11, 12].map((number) => number * step);
    for (const at of times) zone.stretchAt(at);
    expect([...times, change - 1, change].map((at) => zone.offsetAt(at))).toEqual([0, 0, 0, 0, 0, hour, hour, 0, hour]);
  });

  it("S1: takes as many offsets as fit into a byte, and never mistakes one for another", () => {
    const { zone } = tableOf((at) => Math.floor(at / step) * 1000);
    for (let number = 0; number < 254; number += 1) expect(zone.stretchAt(number * step).offset).toBe(number * 1000);
    expect(() => zone.stretchAt(254 * step)).toThrow("a zone of more than 255 offsets");
  });

  it("S1: an offset that comes back is the same one", () => {
    const { zone } = tableOf((at) => (Math.floor(at / step) % 2) * hour);
    for (let number = 0; number < 400; number += 1) expect(zone.offsetAt(number * step)).toBe((number % 2) * hour);
  });

  it("S1: holds 180 years and then begins anew", () => {
    const { zone, readsOf } = tableOf(() => hour);
    for (let number = 0; number < 32; number += 1) zone.stretchAt(number * page);
    expect(readsOf(() => zone.stretchAt(0))).toBe(0);
    zone.stretchAt(32 * page);
    expect(readsOf(() => zone.stretchAt(32 * page))).toBe(0);
    expect(readsOf(() => zone.stretchAt(0))).toBe(2);
  });
});
