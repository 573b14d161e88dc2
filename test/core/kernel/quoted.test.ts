import { expect, it } from "vitest";
import { shortened } from "../../../src/core/kernel/quoted.js";

it("TH19: at most so many characters are shown, and none is cut in two", () => {
  const wide = "\u{1f600}";
  expect([3, 4, 5].map((count) => shortened("abcde".slice(0, count), 4))).toEqual(["abc", "abcd", "abcd\u2026"]);
  expect([3, 4, 5].map((count) => shortened(wide.repeat(count), 4))).toEqual([wide.repeat(3), wide.repeat(4), `${wide.repeat(4)}\u2026`]);
});
