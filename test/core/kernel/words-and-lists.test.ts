import { describe, expect, it } from "vitest";
import { listOfIterable } from "../../../src/core/kernel/list-of-iterable.js";
import { leastDifferentWord, nearestWord } from "../../../src/core/kernel/nearest.js";
import { printPath } from "../../../src/core/kernel/path.js";
import { shortened } from "../../../src/core/kernel/quoted.js";
import { sortTexts } from "../../../src/core/kernel/sort-texts.js";
import { personKey } from "../../../src/core/kernel/text.js";

describe("lists of what can be gone through", () => {
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
});

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

describe("texts", () => {
  it("E3: a place is named by its keys and positions", () => {
    expect([[], ["a"], ["a", 0, "b"], [1, 2], ["a b", "c"]].map(printPath)).toEqual(["", "a", "a[0].b", "[1][2]", '["a b"].c']);
  });

  it("TH19: at most so many characters are shown, and none is cut in two", () => {
    const wide = "\u{1f600}";
    expect([3, 4, 5].map((count) => shortened("abcde".slice(0, count), 4))).toEqual(["abc", "abcd", "abcd\u2026"]);
    expect([3, 4, 5].map((count) => shortened(wide.repeat(count), 4))).toEqual([wide.repeat(3), wide.repeat(4), `${wide.repeat(4)}\u2026`]);
  });

  it("E1: texts are put in order by code unit, in place", () => {
    const texts = ["b", "a", "C", "\u00e9", "b"];
    expect(sortTexts(texts)).toBe(texts);
    expect([texts, sortTexts([]), sortTexts(["a"]), sortTexts(["a", "b", "a"]), sortTexts(["", "a"])]).toEqual([
      ...[["C", "a", "b", "b", "\u00e9"], [], ["a"], ["a", "a", "b"], ["", "a"]],
    ]);
  });

  it("C6: an id has one key, however its letters are composed", () => {
    expect(["\u212b", "\u00e9\u00e9", "e\u0301", "ADA", "ADA@corp.com", "ada", "[a]", "@[Z"].map(personKey)).toEqual([
      ...["\u00c5", "\u00e9\u00e9", "\u00e9", "ADA", "ada@corp.com", "ada", "[a]", "@[z"],
    ]);
  });
});
