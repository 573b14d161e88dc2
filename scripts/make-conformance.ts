// Writes `conformance/cases/*.json`: the written cases, the disagreements ever found, and random ones, chosen so that every
// answer of every operation has a few, the smallest. With --check, compares instead.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { type ConformanceCase, libraryOperations } from "../src/conformance/index.js";
import { randomCases } from "../test/conformance/random-cases.js";
import { writtenCases } from "../test/conformance/written-cases.js";
import { asLoose, compareAnswers, referenceOperations } from "../test/oracle/reference-operations.js";

const root = new URL("..", import.meta.url);
const library = libraryOperations as { readonly [operation: string]: (input: never) => unknown };

const corpus: readonly ConformanceCase[] = JSON.parse(readFileSync(new URL("test/oracle/corpus.json", root), "utf8"));
const chosen = new Map<string, ConformanceCase>();
for (const each of [...writtenCases, ...corpus]) {
  holdAgainstBoth(each);
  chosen.set(keyOf(each), each);
}
for (const each of randomCases()) if (!chosen.has(keyOf(each))) chosen.set(keyOf(each), each);

const chapters = new Map<string, ConformanceCase[]>();
for (const each of chosen.values()) {
  const chapter = each.rule.charAt(0);
  chapters.set(chapter, [...(chapters.get(chapter) ?? []), each]);
}
let stale = false;
if (!process.argv.includes("--check")) mkdirSync(new URL("conformance/cases/", root), { recursive: true });
for (const [chapter, cases] of [...chapters].sort()) {
  const target = new URL(`conformance/cases/${chapter}.json`, root);
  const lines = cases.sort(byRule).map((each) => JSON.stringify(each));
  const text = `{"format":"accessflow-conformance/v1","chapter":"${chapter}","cases":[\n${lines.join(",\n")}\n]}\n`;
  if (!process.argv.includes("--check")) writeFileSync(target, text);
  else if (!existsSync(target) || readFileSync(target, "utf8") !== text) stale = true;
}
if (stale) {
  console.error("conformance/cases is not what the sources say: run `npm run conformance`");
  process.exitCode = 1;
}

/** A written case is right by its own words; library and, where it answers, reference must say the same. */
function holdAgainstBoth({ rule, title, operation, input, expected }: ConformanceCase): void {
  const copy = (): never => JSON.parse(JSON.stringify(input)) as never;
  const answer = JSON.parse(JSON.stringify(library[operation]?.(copy())));
  const told = `${rule} ${title ?? ""}: ${JSON.stringify(input)}`;
  if (!isDeepStrictEqual(answer, expected)) throw new Error(`${told}\n the library says ${JSON.stringify(answer)}`);
  // What the reference knows nothing of: bad input, pinned zones, refused submissions.
  const isBeyond = JSON.stringify(input).includes('"zones"') || JSON.stringify(expected).includes("_invalid");
  const isRefused = operation === "requestCourse" && (expected as { refused?: unknown }[])[0]?.refused !== undefined;
  if (isBeyond || isRefused || !Object.hasOwn(referenceOperations, operation)) return;
  const second = JSON.parse(JSON.stringify(referenceOperations[operation]?.(copy()) ?? null));
  if (compareAnswers(operation, expected, second) === "disagrees")
    throw new Error(`${told}\n the reference says ${JSON.stringify(second)}, not ${JSON.stringify(asLoose(operation, expected))}`);
}

function keyOf({ rule, operation, input }: ConformanceCase): string {
  return JSON.stringify([rule, operation, input]);
}

function byRule(left: ConformanceCase, right: ConformanceCase): number {
  return Number(left.rule.slice(1)) - Number(right.rule.slice(1));
}
