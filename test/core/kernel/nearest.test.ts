import { describe, expect, it } from "vitest";
import { leastDifferentWord, nearestWord } from "../../../src/core/kernel/nearest.js";

describe("the word that was probably meant (E3)", () => {
  it("E3: at most a third of the letters differ, one at least", () => {
    const known = ["group", "department", "location"];
    expect(["grop", "gruop", "GROUP", "g", "groups", "deprtmnt", "dprtmnt", "x"].map((word) => nearestWord(word, known))).toEqual([
      ...["group", null, "group", null, "group", "department", null, null],
    ]);
  });

  it("E3: the first of equally near words wins, and the nearest of all", () => {
    expect([nearestWord("cat", ["bat", "hat"]), nearestWord("cats", ["bats!", "cat", "cats"]), nearestWord("ab", [])]).toEqual([
      "bat",
      "cats",
      null,
    ]);
    expect([leastDifferentWord("zzz", ["ab", "abcd"]), leastDifferentWord("z", ["abcdefgh", "abc"])]).toEqual(["ab", "abc"]);
  });

  it("E3: words of more than 64 letters are not compared", () => {
    const longest = "x".repeat(64);
    expect([nearestWord(longest, [`${longest}y`]), nearestWord(`${longest}x`, [`${longest}x`])]).toEqual([`${longest}y`, null]);
    expect([leastDifferentWord(longest, ["a"]), leastDifferentWord(`${longest}x`, ["a"])]).toEqual(["a", null]);
  });
});
