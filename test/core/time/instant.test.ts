import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { lastInstant, requireInstant, toInstant } from "../../../src/core/time/instant.js";

/** 2026-03-02T09:00:00Z, counted by hand: 20,514 days and nine hours. */
const nineOClock = 20_514 * 86_400_000 + 9 * 3_600_000;

describe("toInstant", () => {
  it.each([
    ["2026-03-02T09:00:00Z", nineOClock],
    ["2026-03-02T09:00Z", nineOClock],
    ["2026-03-02T09:00:00.000Z", nineOClock],
    ["2026-03-02T10:00:00+01:00", nineOClock],
    ["2026-03-02T10:00:00+01", nineOClock],
    ["2026-03-02T14:45:00+05:45", nineOClock],
    ["2026-03-01T23:00:00-10:00", nineOClock],
    ["2026-03-02T09:00:00-00:00", nineOClock],
    ["2026-03-02T09:00:00.007Z", nineOClock + 7],
    ["2026-03-02T09:00:00,7Z", nineOClock + 700],
    ["2026-03-03T08:59:00+23:59", nineOClock],
    ["2026-03-01T09:01:00-23:59", nineOClock],
    ["1970-01-01T00:00:00Z", 0],
    ["1969-12-31T19:00:00-05:00", 0],
    ["2000-02-29T00:00:00Z", 951_782_400_000],
    ["9999-12-31T23:59:59.999Z", lastInstant],
  ])("S8: reads the ISO 8601 text %s", (text, expected) => {
    expect(toInstant(text)).toBe(expected);
  });

  it.each([
    ["no offset", "2026-03-02T09:00:00"],
    ["no time", "2026-03-02"],
    ["an offset without a time", "2026-03-02Z"],
    ["a day the month does not have", "2026-02-30T09:00:00Z"],
    ["the leap day of a common year", "2100-02-29T09:00:00Z"],
    ["the 31st of June", "2026-06-31T09:00:00Z"],
    ["the 31st of September", "2026-09-31T09:00:00Z"],
    ["the 31st of November", "2026-11-31T09:00:00Z"],
    ["month 13", "2026-13-02T09:00:00Z"],
    ["month 0", "2026-00-02T09:00:00Z"],
    ["day 0", "2026-03-00T09:00:00Z"],
    ["hour 24", "2026-03-02T24:00:00Z"],
    ["minute 60", "2026-03-02T09:60:00Z"],
    ["a leap second", "2016-12-31T23:59:60Z"],
    ["offset hour 24", "2026-03-02T09:00:00+24:00"],
    ["offset minute 60", "2026-03-02T09:00:00+01:60"],
    ["an offset half in the other format", "2026-03-02T09:00:00+0100"],
    ["an offset with seconds", "2026-03-02T09:00:00+01:00:00"],
    ["a space for the T", "2026-03-02 09:00:00Z"],
    ["small letters", "2026-03-02t09:00:00z"],
    ["the basic format", "20260302T090000Z"],
    ["a fraction of minutes", "2026-03-02T09:00.5Z"],
    ["a point without digits", "2026-03-02T09:00:00.Z"],
    ["a year of six digits", "+002026-03-02T09:00:00Z"],
    ["space around it", " 2026-03-02T09:00:00Z "],
    ["a line end", "2026-03-02T09:00:00Z\n"],
    ["a zone's name", "2026-03-02T09:00:00+01:00[Europe/Paris]"],
    ["digits of another script", "٢٠٢٦-03-02T09:00:00Z"],
    ["another language", "Mon, 02 Mar 2026 09:00:00 GMT"],
    ["milliseconds as text", "1772442000000"],
    ["the millisecond before 1970", "1970-01-01T00:59:59.999+01:00"],
    ["the year 10000", "9999-12-31T23:59:59.999-00:01"],
    ["nothing", ""],
  ])("S8: refuses a text with %s", (_, text) => {
    expect(toInstant(text)).toBeNull();
  });

  it("S8: takes whole milliseconds as they are", () => {
    expect([0, 1, nineOClock, lastInstant].map(toInstant)).toEqual([0, 1, nineOClock, lastInstant]);
  });

  it("S8: refuses numbers that are not finite or outside of the years 1970 to 9999", () => {
    const outside = [
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      -1,
      -0.001,
      lastInstant + 1,
      8.64e15,
      Number.MAX_VALUE,
    ];
    expect(outside.map(toInstant)).toEqual(outside.map(() => null));
  });

  it("S8: rounds what is finer than a millisecond down, alike in numbers, texts and at the end of time", () => {
    const fine = [nineOClock + 0.999, "2026-03-02T09:00:00.000999999999Z", lastInstant + 0.5];
    expect(fine.map(toInstant)).toEqual([nineOClock, nineOClock, lastInstant]);
  });

  it("S8: gives plain zero for minus zero, which JSON would not keep", () => {
    expect(Object.is(toInstant(-0), 0)).toBe(true);
  });

  it("S8: takes a valid Date", () => {
    expect(toInstant(new Date(nineOClock))).toBe(nineOClock);
  });

  it("S8: takes a Date of another realm", () => {
    expect(toInstant(runInNewContext(`new Date(${nineOClock})`))).toBe(nineOClock);
  });

  it("S8: reads the time a Date holds, not what a method of its own says", () => {
    class Liar extends Date {
      override getTime() {
        return 0;
      }
      override valueOf() {
        return 0;
      }
    }
    expect(toInstant(new Liar(nineOClock))).toBe(nineOClock);
  });

  it("S8: refuses a Date that is invalid or outside of the years", () => {
    expect([new Date(Number.NaN), new Date(-1), new Date(lastInstant + 1)].map(toInstant)).toEqual([null, null, null]);
  });

  it("S8: refuses what only looks like a Date, without an exception", () => {
    const trap = () => {
      throw new Error("touched");
    };
    const hostile = new Proxy({}, { get: trap, getPrototypeOf: trap, ownKeys: trap, getOwnPropertyDescriptor: trap, has: trap });
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    const fakes = [
      { getTime: () => nineOClock },
      { [Symbol.toStringTag]: "Date", getTime: () => nineOClock, valueOf: trap },
      Object.create(Date.prototype),
      Object.create(new Date(nineOClock)),
      new Proxy(new Date(nineOClock), {}),
      hostile,
      revoked.proxy,
    ];
    expect(fakes.map(toInstant)).toEqual(fakes.map(() => null));
  });

  it("S8: refuses every other kind of value", () => {
    const others = [null, undefined, true, false, 1n, Symbol("at"), () => 0, [], [nineOClock], {}, new Number(nineOClock), new String("x")];
    expect(others.map(toInstant)).toEqual(others.map(() => null));
  });

  it("S8: reads a text of a million digits in no time to speak of", () => {
    expect(toInstant(`2026-03-02T09:00:00.${"9".repeat(1_000_000)}Z`)).toBe(nineOClock + 999);
    expect(toInstant("2026-03-02T09:00:00.".padEnd(1_000_000, "9"))).toBeNull();
  });
});

describe("requireInstant", () => {
  it("S8: gives the instant that is meant", () => {
    expect(requireInstant("2026-03-02T09:00:00Z", "at")).toBe(nineOClock);
  });

  it.each([
    ["tomorrow", "`tomorrow`"],
    [Number.NaN, "`NaN`"],
    [null, "null"],
    [{}, "an object"],
    [true, "a value of type boolean"],
    ["x".repeat(100), `\`${"x".repeat(64)}…\``],
    ["\u001b[2J\nsoon`\u202e", "`\\u{1b}[2J\\u{a}soon\\u{60}\\u{202e}`"],
  ])("S8: throws instant_invalid, naming the argument and what was given, for %s", (input, shown) => {
    const meant = "milliseconds, an ISO 8601 text with an offset, or a valid Date, in the years 1970 to 9999";
    const expected = { name: "AccessFlowError", code: "instant_invalid", message: `at is no instant (${meant}): ${shown}` };
    expect(() => requireInstant(input, "at")).toThrow(expect.objectContaining(expected));
  });
});
