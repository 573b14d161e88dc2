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

  it("refuses to mix up offsets when a zone has more than it can tell apart", () => {
    const zone = createZoneTable((at) => Math.floor(at / (4 * day)));
    const ask = () => Array.from({ length: 300 }, (_, index) => zone.stretchAt(index * 4 * day));
    expect(ask).toThrow("a zone of more than 255 offsets");
  });
});
