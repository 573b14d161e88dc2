import { expect, it } from "vitest";
import { listOfIterable } from "../../../src/core/kernel/list-of-iterable.js";

it("C4: takes lists, sets and generators, and nothing else", () => {
  const generated = (function* () {
    yield 1;
  })();
  expect([[1, 2], new Set([1]), generated].map(listOfIterable)).toEqual([[1, 2], [1], [1]]);
  const failing = {
    [Symbol.iterator]: () => ({
      next: () => {
        throw new TypeError("no");
      },
    }),
  };
  const none = [null, undefined, "text", 7, {}, { [Symbol.iterator]: 5 }, { [Symbol.iterator]: null }, { length: 1, 0: "a" }, failing];
  expect(none.map(listOfIterable)).toEqual(none.map(() => null));
});
