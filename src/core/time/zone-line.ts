import type { Instant } from "./instant.js";
import { epochDay, millisecondsPerDay, weekdayOf } from "./local-date.js";

/*
 * One line of zone tables, as `zone-tables.ts` describes it.
 */

const wholeLine = /^[\w+/ -]+\|-?\d{1,5}(?: -?\d{1,5})*\|(?:[\da-z]{2,9}(?: [\da-z]{2,9})*)?\|(?:\d{4}(?: -?\d{1,5}){10})?$/;

/** The names that a line is about. */
export function namesOfLine(line: string): readonly string[] {
  return (line.split("|")[0] ?? "").split(" ");
}

/** The offset at an instant, from 1970 on, by a line; null where the line is none. */
export function offsetReaderOf(line: string): ((at: Instant) => number) | null {
  if (!wholeLine.test(line)) return null;
  const [, offsetsText = "", changesText = "", ruleText = ""] = line.split("|");
  const offsets = offsetsText.split(" ").map((seconds) => Number(seconds) * 1000);
  const starts = [Number.NEGATIVE_INFINITY];
  const held = [offsets[0] ?? 0];
  let second = 0;
  for (const token of changesText === "" ? [] : changesText.split(" ")) {
    second += Number.parseInt(token.slice(0, -1), 36);
    const offset = offsets[Number.parseInt(token.slice(-1), 36)];
    if (offset === undefined) return null;
    starts.push(second * 1000);
    held.push(offset);
  }
  const rule = ruleText === "" ? null : ruleOf(ruleText.split(" ").map(Number));
  return (at) => {
    if (rule !== null && at >= rule.start) return offsetByRule(rule, at);
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return held[low] ?? 0;
  };
}

type YearlyChange = {
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly moment: number;
  readonly offset: number;
};

/** How the clocks change in every year from `start` on; `first` comes before `second` in the year. */
type YearlyRule = { readonly start: Instant; readonly first: YearlyChange; readonly second: YearlyChange };

function ruleOf([year = 1970, ...numbers]: readonly number[]): YearlyRule {
  return {
    start: epochDay(year, 1, 1) * millisecondsPerDay,
    first: changeOf(numbers.slice(0, 5)),
    second: changeOf(numbers.slice(5)),
  };
}

function changeOf([month = 1, day = 1, weekday = 0, second = 0, offset = 0]: readonly number[]): YearlyChange {
  return { month, day, weekday, moment: second * 1000, offset: offset * 1000 };
}

function offsetByRule({ first, second }: YearlyRule, at: Instant): number {
  const year = yearOf(at);
  return at >= instantIn(year, first) && at < instantIn(year, second) ? first.offset : second.offset;
}

function instantIn(year: number, { month, day, weekday, moment }: YearlyChange): Instant {
  const earliest = epochDay(year, month, 1) + day - 1;
  return (earliest + ((weekday - weekdayOf(earliest) + 7) % 7)) * millisecondsPerDay + moment;
}

/** The year by UTC. An average year is 365.2425 days, so the guess is off by one at most. */
function yearOf(at: Instant): number {
  const day = Math.floor(at / millisecondsPerDay);
  const guess = 1970 + Math.floor(day / 365.2425);
  if (day < epochDay(guess, 1, 1)) return guess - 1;
  return day < epochDay(guess + 1, 1, 1) ? guess : guess + 1;
}
