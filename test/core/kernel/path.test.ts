import { expect, it } from "vitest";
import { printPath } from "../../../src/core/kernel/path.js";

it("E3: a place is named by its keys and positions", () => {
  expect([[], ["a"], ["a", 0, "b"], [1, 2], ["a b", "c"]].map(printPath)).toEqual(["", "a", "a[0].b", "[1][2]", '["a b"].c']);
});
