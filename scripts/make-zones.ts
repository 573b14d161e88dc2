// Writes src/zones/zone-data.ts: every time zone from 1970 on, of the tz release that `moment-timezone` carries.
//
// That package is compiled from the IANA data and lists every change up to 2499. All of them must end in two
// changes a year by one rule, or in none; anything else stops the script. What the rule explains is left out.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { epochDay, weekdayOf } from "../src/core/time/local-date.js";

type Change = { readonly second: number; readonly offset: number };

type Compiled = { readonly version: string; readonly zones: readonly string[]; readonly links: readonly string[] };

const compiled: Compiled = createRequire(import.meta.url)("moment-timezone/data/packed/latest.json");

const secondsPerDay = 86_400;
/** The last year whose changes the package lists. */
const lastYear = 2499;

/** In a rule the day falls on seven dates, and on each of them at least once in so many years (2100, 2200 and 2300 are no leap years). */
const fewestYears = 30;

const yearOf = (second: number): number => new Date(second * 1000).getUTCFullYear();
const startOf = (year: number): number => epochDay(year, 1, 1) * secondsPerDay;

/** Base 60 with a fraction, as moment-timezone packs numbers: 0–9, a–z, A–X. */
function unpacked(text: string): number {
  const [whole = "", fraction = ""] = text.replace("-", "").split(".");
  const digit = (letter: string): number => "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWX".indexOf(letter);
  const integer = [...whole].reduce((sum, letter) => sum * 60 + digit(letter), 0);
  const rest = [...fraction].reduceRight((sum, letter) => (sum + digit(letter)) / 60, 0);
  return (text.startsWith("-") ? -1 : 1) * (integer + rest);
}

/** The changes of a packed zone from 1970 on, the first at second 0. */
function changesOf(packed: string): readonly Change[] {
  const [, , offsetTexts = "", indices = "", gaps = ""] = packed.split("|");
  // Minutes behind UTC, seconds as fractions of them.
  const offsets = offsetTexts.split(" ").map((text) => Math.round(unpacked(text) * -60));
  const changes: Change[] = [{ second: Number.NEGATIVE_INFINITY, offset: offsets[Number.parseInt(indices[0] ?? "", 36)] ?? Number.NaN }];
  let minutes = 0;
  (gaps === "" ? [] : gaps.split(" ")).forEach((gap, position) => {
    minutes += unpacked(gap);
    const offset = offsets[unpacked(indices[position + 1] ?? "")] ?? Number.NaN;
    changes.push({ second: Math.round(minutes * 60), offset });
  });
  const first = changes.findLast(({ second }) => second <= 0) ?? { offset: Number.NaN };
  return withoutRepeats([{ second: 0, offset: first.offset }, ...changes.filter(({ second }) => second > 0)]);
}

/** Without changes of nothing but the name of the time. */
function withoutRepeats(changes: readonly Change[]): readonly Change[] {
  return changes.filter(({ offset }, position) => position === 0 || offset !== changes[position - 1]?.offset);
}

type YearlyChange = readonly [month: number, day: number, weekday: number, second: number, offset: number];

/** The first weekday from one day of a month on, at one second by UTC, that gives all of these; null if there is none. */
function yearlyChangeOf(changes: readonly Change[]): YearlyChange | null {
  const [first] = changes;
  if (first === undefined || changes.length < fewestYears) return null;
  const day = ({ second }: Change): number => Math.floor(second / secondsPerDay);
  const moment = first.second - day(first) * secondsPerDay;
  const weekday = weekdayOf(day(first));
  const even = changes.every(
    (each) => each.second - day(each) * secondsPerDay === moment && weekdayOf(day(each)) === weekday && each.offset === first.offset,
  );
  if (!even) return null;
  for (let month = 1; month <= 12; month += 1) {
    const days = changes.map((each) => day(each) - epochDay(yearOf(each.second), month, 1) + 1);
    const earliest = Math.min(...days);
    if (earliest < 1 || earliest > 31 || Math.max(...days) - earliest > 6) continue;
    return new Set(days).size === 7 ? [month, earliest, weekday, moment, first.offset] : null;
  }
  return null;
}

type Rule = { readonly from: number; readonly changes: readonly [YearlyChange, YearlyChange] };

/** The rule that the last years follow, from the earliest year on that it explains. Null: the clocks no longer change. */
function ruleOf(name: string, changes: readonly Change[]): Rule | null {
  const byYear = new Map<number, Change[]>();
  for (const change of changes.slice(1)) byYear.set(yearOf(change.second), [...(byYear.get(yearOf(change.second)) ?? []), change]);
  const inYear = (year: number): readonly Change[] => byYear.get(year) ?? [];
  if (inYear(lastYear).length === 0) return null;
  let found: Rule | null = null;
  const firsts: Change[] = [];
  const seconds: Change[] = [];
  for (let from = lastYear; from >= 1970; from -= 1) {
    const [first, second, ...more] = inYear(from);
    if (first === undefined || second === undefined || more.length > 0) break;
    firsts.push(first);
    seconds.push(second);
    if (firsts.length < fewestYears) continue;
    const [one, other] = [yearlyChangeOf(firsts), yearlyChangeOf(seconds)];
    if (one === null || other === null) break;
    found = { from, changes: [one, other] };
  }
  if (found === null) throw new Error(`${name} ends in changes that follow no rule`);
  const held = changes.findLast(({ second }) => second < startOf(found.from));
  if (held?.offset !== found.changes[1][4]) throw new Error(`${name} enters its rule with another offset`);
  return found;
}

function lineOf(names: readonly string[], packed: string): string {
  const name = names[0] ?? "";
  const changes = changesOf(packed);
  const rule = ruleOf(name, changes);
  const written = changes.filter(({ second }) => rule === null || second < startOf(rule.from));
  const offsets = [...new Set(written.map(({ offset }) => offset))];
  if (offsets.length > 36 || offsets.some((offset) => !Number.isInteger(offset)))
    throw new Error(`${name} has offsets that cannot be written`);
  let last = 0;
  const tokens = written.slice(1).map(({ second, offset }) => {
    const gap = second - last;
    last = second;
    return gap.toString(36) + offsets.indexOf(offset).toString(36);
  });
  const ruleText = rule === null ? "" : [rule.from, ...rule.changes.flat()].join(" ");
  return [names.join(" "), offsets.join(" "), tokens.join(" "), ruleText].join("|");
}

const aliases = new Map<string, string[]>();
for (const link of compiled.links) {
  const [name = "", alias = ""] = link.split("|");
  aliases.set(name, [...(aliases.get(name) ?? []), alias]);
}
const lines = compiled.zones.map((packed) => {
  const name = packed.split("|")[0] ?? "";
  return lineOf([name, ...(aliases.get(name) ?? [])], packed);
});

const root = new URL("../", import.meta.url);
const file = fileURLToPath(new URL("src/zones/zone-data.ts", root));
mkdirSync(new URL("src/zones/", root), { recursive: true });
writeFileSync(
  file,
  `// Written by scripts/make-zones.ts.

/** The IANA tz release. */
export const release: string = ${JSON.stringify(compiled.version)};

/** As \`ZoneTables\` describes them. */
export const zones: readonly string[] = ${JSON.stringify(lines, null, 2)};
`,
);
const formatter = fileURLToPath(new URL("node_modules/@biomejs/biome/bin/biome", root));
const { status } = spawnSync(process.execPath, [formatter, "format", "--write", file], { stdio: "inherit" });
console.log(`written: ${file}`);
process.exitCode = status ?? 1;
