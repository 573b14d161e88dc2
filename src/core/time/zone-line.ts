import type { Instant } from "./instant.js";
import { epochDay, millisecondsPerDay, weekdayOf } from "./local-date.js";
import type { Stretch, Zone } from "./zone-table.js";

/*
 * One line of zone tables, as `zone-tables.ts` describes it. A zone made of it knows every change, so that its
 * stretches end exactly where the offset changes.
 */

const wholeLine =
  /^[\w+/ -]+\|-?\d{1,5}(?: -?\d{1,5})*\|(?:[\da-z]{2,9}(?: [\da-z]{2,9})*)?\|(?:\d{4}(?: \d{1,2} \d{1,2} [0-6] \d{1,5} -?\d{1,5}){2})?$/;

/** The names that a line is about. */
export function namesOfLine(line: string): readonly string[] {
  return (line.split("|")[0] ?? "").split(" ");
}

/** The zone that a line describes; null where it describes none. */
export function zoneOfLine(line: string): Zone | null {
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
  if (rule !== null && !isSound(rule)) return null;
  const ruleStart = rule?.start ?? Number.POSITIVE_INFINITY;

  /** The last of `starts` that is not after `at`. */
  function positionOf(at: Instant): number {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  return {
    offsetAt: (at) => (rule !== null && at >= ruleStart ? offsetByRule(rule, at) : (held[positionOf(at)] ?? 0)),
    stretchAt: (at) => {
      if (rule !== null && at >= ruleStart) return stretchByRule(rule, at);
      const position = positionOf(at);
      return { offset: held[position] ?? 0, until: starts[position + 1] ?? ruleStart };
    },
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

/** Both changes lie in the year that they are reckoned for, one after the other. */
function isSound({ start, first, second }: YearlyRule): boolean {
  const inOrder = first.month >= 1 && first.month < second.month && second.month <= 12;
  return start >= 0 && inOrder && isSoundChange(first) && isSoundChange(second);
}

function isSoundChange({ month, day, moment }: YearlyChange): boolean {
  return day >= 1 && day <= (month === 12 ? 25 : 31) && moment < millisecondsPerDay;
}

function offsetByRule({ first, second }: YearlyRule, at: Instant): number {
  const year = yearOf(at);
  return at >= instantIn(year, first) && at < instantIn(year, second) ? first.offset : second.offset;
}

function stretchByRule({ first, second }: YearlyRule, at: Instant): Stretch {
  const year = yearOf(at);
  const [there, back] = [instantIn(year, first), instantIn(year, second)];
  if (at < there) return { offset: second.offset, until: there };
  if (at < back) return { offset: first.offset, until: back };
  return { offset: second.offset, until: instantIn(year + 1, first) };
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
