import { expect, it } from "vitest";
import { sortTexts } from "../../../src/core/kernel/sort-texts.js";

it("E1: texts are put in order by code unit, in place", () => {
  const texts = ["b", "a", "C", "\u00e9", "b"];
  expect(sortTexts(texts)).toBe(texts);
  expect([texts, sortTexts([]), sortTexts(["a"]), sortTexts(["a", "b", "a"]), sortTexts(["", "a"])]).toEqual([
    ...[["C", "a", "b", "b", "\u00e9"], [], ["a"], ["a", "a", "b"], ["", "a"]],
  ]);
});
