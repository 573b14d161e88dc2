import { describe, expect, it } from "vitest";
import { sameRecord } from "../../../src/core/evaluate/resource-equality.js";

describe("sameRecord", () => {
  it("T7: tells apart what says something else, whatever it is, and nothing more", () => {
    // None says the same as another.
    const values = ["", "ab", "0", 0, 1, true, null, undefined, {}, [], ["a", "b"], { 0: "a", 1: "b" }, { a: null }, { a: {} }, { a: [] }];
    const copies = structuredClone(values);
    expect(values.map((value) => copies.flatMap((copy, place) => (sameRecord(value, copy) ? [place] : [])))).toEqual(
      values.map((_, place) => [place]),
    );
  });

  it("T7: the order of keys does not matter, that of lists does, and a key without a value is absent", () => {
    expect([
      sameRecord({ a: 1, b: { c: 2, d: [3] } }, { b: { d: [3], c: 2 }, a: 1 }),
      sameRecord({ a: undefined, b: 1 }, { b: 1 }),
      sameRecord({ b: 1 }, { b: 1, a: undefined }),
      sameRecord({ a: undefined, b: 1 }, { b: 1, c: undefined }),
      sameRecord({ a: 1 }, { b: 1 }),
      sameRecord([1, 2], [2, 1]),
    ]).toEqual([true, true, true, true, false, false]);
  });
});
