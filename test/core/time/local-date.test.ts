import { describe, expect, it } from "vitest";
import { dayOfDate, epochDay, isRealDate, weekdayOf } from "../../../src/core/time/local-date.js";

const day = 86_400_000;

describe("local dates", () => {
  it("S7: agrees with the calendar of Date on every day of 1969 to 2401", () => {
    const wrong: string[] = [];
    for (let number = -365; number < 157_800; number += 1) {
      const date = new Date(number * day);
      const [year, month, dayOfMonth] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
      const text = date.toISOString().slice(0, 10);
      const right =
        epochDay(year, month, dayOfMonth) === number && dayOfDate(text) === number && weekdayOf(number) === (date.getUTCDay() + 6) % 7;
      if (!right) wrong.push(text);
    }
    expect(wrong).toEqual([]);
  });

  it.each(["2026-01-01", "2024-02-29", "2000-02-29", "9999-12-31", "1969-12-31", "0001-01-01"])("S7: %s is a real date", (text) => {
    expect(isRealDate(text)).toBe(true);
  });

  it.each([
    "2026-02-29",
    "1900-02-29",
    "2026-04-31",
    "2026-06-31",
    "2026-09-31",
    "2026-11-31",
    "2026-13-01",
    "2026-00-10",
    "2026-01-00",
    "2026-1-1",
    "20260101",
    "10000-01-01",
    "2026-01-01T00:00Z",
    " 2026-01-01",
    "2026-01-01\n",
    "",
  ])("S7: %j is no real date", (text) => {
    expect(isRealDate(text)).toBe(false);
  });

  it("S7: counts the last day of the year 9999", () => {
    expect(dayOfDate("9999-12-31")).toBe(Math.floor(253_402_300_799_999 / day));
  });
});
