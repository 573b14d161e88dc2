import { describe, expect, it } from "vitest";
import { hasOtherSpellings, personKey } from "../../../src/core/kernel/text.js";

describe("hasOtherSpellings", () => {
  it("C6: is true of every ASCII character that some other character is equal to", () => {
    const doubles = new Set<string>();
    for (let code = 0x80; code <= 0x10ffff; code += 1) {
      const normal = String.fromCodePoint(code).normalize("NFC");
      for (const character of normal) if (character < "\u0080") doubles.add(normal);
    }
    const ascii = Array.from({ length: 0x80 }, (_, code) => String.fromCodePoint(code));
    expect(ascii.filter(hasOtherSpellings)).toEqual([...doubles].sort());
  });

  it("C6: is true of whatever is not ASCII, and only there of its characters", () => {
    expect(["\u0080", "caf\u00e9", "cafe\u0301", "\u{1f600}"].map(hasOtherSpellings)).toEqual([true, true, true, true]);
    expect(["", "group", "onCall", "costCenter"].map(hasOtherSpellings)).toEqual([false, false, false, false]);
  });
});

describe("personKey", () => {
  it("C6: an id has one key, however its letters are composed", () => {
    expect(["\u212b", "\u00e9\u00e9", "e\u0301", "ADA", "ADA@corp.com", "ada", "[a]", "@[Z"].map(personKey)).toEqual([
      ...["\u00c5", "\u00e9\u00e9", "\u00e9", "ADA", "ada@corp.com", "ada", "[a]", "@[z"],
    ]);
  });
});
