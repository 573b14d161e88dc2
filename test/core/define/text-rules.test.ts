import { describe, expect, it } from "vitest";
import { defaultId, faultOfText } from "../../../src/core/define/text-rules.js";

/* What a text must be, under each rule, and the id that a name gives. */

const loneSurrogate = { code: "lone_surrogate", must: "be whole characters, without a lone surrogate" };
const blank = { code: "blank", must: "say something" };
const zone = "be the name of a time zone that this runtime knows, for example `Europe/Paris`";

describe("texts (D2, D4)", () => {
  it.each([
    ["any", "", null],
    ["any", "\ud800", null],
    ["notEmpty", "", blank],
    ["notEmpty", " ", null],
    ["notEmpty", "\udc00", null],
    ["wellFormed", "", null],
    ["wellFormed", "\ud800", loneSurrogate],
    ["filled", " \t", blank],
    ["filled", "\udc00a", loneSurrogate],
    ["from", "24:00", { code: "time_invalid", must: "be a time, HH:mm or HH:mm:ss" }],
    ["to", "24:00", null],
    ["to", "24:01", { code: "time_invalid", must: "be a time, HH:mm or HH:mm:ss or 24:00" }],
    ["date", "2026-02-29", { code: "date_unknown", must: "be a date of the calendar, YYYY-MM-DD" }],
    ["timeZone", "Europe/Pariss", { code: "time_zone_unknown", must: zone }],
    ["timeZone", " UTC+2 ", { code: "time_zone_offset", must: `${zone} or \`Etc/GMT+5\`` }],
  ] as const)("D4: `%s` of %j", (rule, text, fault) => {
    expect(faultOfText(text, rule, null)).toEqual(fault);
  });

  it("D4: characters are counted, not their halves", () => {
    const tooLong = { code: "too_long", must: "be at most 3 characters long", limit: 3 };
    const faults = ["", "abc", "abcd", "\u{10000}".repeat(3), "\u{10000}".repeat(4), "abcdefg"].map((text) => faultOfText(text, "any", 3));
    expect(faults).toEqual([null, null, tooLong, null, tooLong, tooLong]);
  });
});

describe("the id that a name gives (D2)", () => {
  it.each([
    ["S3 read", "s3-read"],
    [" -- Caf\u00e9 (prod) / \u00c5ngstr\u00f6m ", "cafe-prod-angstrom"],
    ["a\u0301\u0302\u0303b", "ab"],
    ["\u65e5\u672c", null],
    ["x".repeat(100), "x".repeat(100)],
    // A ligature is written out in three letters.
    [`${"\ufb03".repeat(42)}ab`, `${"ffi".repeat(42)}ab`],
    [`${"\ufb03".repeat(42)}abc`, null],
  ])("D2: of %j", (name, id) => {
    expect(defaultId(name)).toBe(id);
  });
});
