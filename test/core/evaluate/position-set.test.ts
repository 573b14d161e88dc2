import { describe, expect, it } from "vitest";
import { ascending, runsOf, union, without } from "../../../src/core/evaluate/inventory/position-set.js";

const of = (numbers: Iterable<number>): Uint32Array => Uint32Array.from(numbers);
const inOrder = (numbers: Iterable<number>): number[] => [...new Set(numbers)].sort((left, right) => left - right);

/** Every set of the numbers up to six, and some that are far apart or long. */
const sets: readonly (readonly number[])[] = [
  ...Array.from({ length: 128 }, (_, bits) => [0, 1, 2, 3, 4, 5, 6].filter((bit) => (bits >> bit) & 1)),
  [7, 100, 101, 102, 4_000_000_000],
  Array.from({ length: 40 }, (_, number) => number * 3),
  Array.from({ length: 100 }, (_, number) => number + (number > 50 ? 1 : 0)),
];

/** Tens of thousands: they are compared as text. */
const pairs = sets.flatMap((left) => sets.map((right) => [left, right] as const));

describe("positions in an index (T1)", () => {
  it("T1: what stands in one of two lists, or in several", () => {
    const wrong = pairs.filter(([left, right]) => String(union([of(left), of(right)])) !== String(inOrder([...left, ...right])));
    expect(wrong).toEqual([]);
    for (let count = 0; count < 9; count += 1) {
      const lists = sets.slice(-count - 3, -3).concat(sets.slice(-2));
      expect([...union(lists.map(of))]).toEqual(inOrder(lists.flat()));
    }
    expect([...union([])]).toEqual([]);
  });

  it("T1: a list that is joined with nothing is one's own", () => {
    const list = of([1, 2]);
    const joined = union([list, of([])]);
    joined[0] = 9;
    expect([[...joined], [...list]]).toEqual([
      [9, 2],
      [1, 2],
    ]);
  });

  it("T1: what stands in one list and not in the other", () => {
    const wrong = pairs.filter(
      ([all, left]) => String(without(of(all), of(left))) !== String(all.filter((number) => !left.includes(number))),
    );
    expect(wrong).toEqual([]);
  });

  it("T1: any positions are put in order, each once", () => {
    for (const set of sets) {
      expect([...ascending(of(set))]).toEqual(set);
      expect([...ascending(of([...set, ...set].reverse()))]).toEqual(set);
      expect([...ascending(of([...set, ...set.slice(-1)]))]).toEqual(set);
    }
    expect([...ascending(of([0, 0, 1])), ...ascending(of([2, 0, 0])), ...ascending(of([0, 0]))]).toEqual([0, 1, 0, 2, 0]);
  });

  it("T1: runs are as long as they can be, and leave nothing out", () => {
    for (const set of sets) {
      const runs = runsOf(of(set));
      const ends = set.flatMap((number, place) => (set[place + 1] === number + 1 ? [] : [place + 1]));
      expect(runs).toEqual(ends.map((end, run) => [ends[run - 1] ?? 0, end]));
    }
    for (let length = 1; length < 70; length += 1) {
      const solid = Array.from({ length }, (_, number) => number + 5);
      expect([runsOf(of(solid)), runsOf(of([...solid, length + 9]))]).toEqual([
        [[0, length]],
        [
          [0, length],
          [length, length + 1],
        ],
      ]);
    }
  });
});
