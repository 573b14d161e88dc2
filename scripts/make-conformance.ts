// Writes `conformance/cases/*.json`: the written cases, the disagreements ever found, and random ones. These are drawn once and
// kept: with --draw anew. Whatever is kept is held against library and reference. With --check, compares instead.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { type ConformanceCase, type ConformanceFile, libraryOperations } from "../src/conformance/index.js";
import { isValidInput } from "../test/conformance/is-valid-input.js";
import { randomCases } from "../test/conformance/random-cases.js";
import { writtenCases } from "../test/conformance/written-cases.js";
import { asLoose, compareAnswers, referenceOperations } from "../test/oracle/reference-operations.js";

const root = new URL("..", import.meta.url);
const folder = new URL("conformance/cases/", root);
const library = libraryOperations as { readonly [operation: string]: (input: never) => unknown };
const fileOf = (chapter: string): URL => new URL(`${chapter}.json`, folder);
const all = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

const corpus: readonly ConformanceCase[] = JSON.parse(readFileSync(new URL("test/oracle/corpus.json", root), "utf8"));
/** Nobody reads a random case that is longer. */
const longest = 2_000;
const drawn = (process.argv.includes("--draw") ? randomCases() : keptCases()).filter((each) => JSON.stringify(each).length <= longest);
const chosen = new Map([...drawn, ...corpus, ...writtenCases].map((each) => [keyOf(each), each]));
for (const each of chosen.values()) holdAgainstBoth(each);

const stale = all.filter((chapter) => {
  const cases = [...chosen.values()].filter(({ rule }) => rule.startsWith(chapter)).sort(byRule);
  if (cases.length === 0) return existsSync(fileOf(chapter));
  const lines = cases.map((each) => JSON.stringify(each));
  const text = `{"format":"accessflow-conformance/v1","chapter":"${chapter}","cases":[\n${lines.join(",\n")}\n]}\n`;
  if (process.argv.includes("--check")) return !existsSync(fileOf(chapter)) || readFileSync(fileOf(chapter), "utf8") !== text;
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileOf(chapter), text);
  return false;
});
if (stale.length > 0) {
  console.error(`conformance/cases is not what the sources say (${stale.join(", ")}): run \`npm run conformance\``);
  process.exitCode = 1;
}

/** The random cases that are there: those without a title. */
function keptCases(): ConformanceCase[] {
  const files = all.filter((chapter) => existsSync(fileOf(chapter)));
  const cases = files.flatMap((chapter) => (JSON.parse(readFileSync(fileOf(chapter), "utf8")) as ConformanceFile).cases);
  return cases.filter(({ title, operation, input }) => title === undefined && isValidInput(operation, input));
}

/** What a case expects must be what the library answers and, where it has an answer, the reference. */
function holdAgainstBoth({ rule, title, operation, input, expected }: ConformanceCase): void {
  const copy = (): never => JSON.parse(JSON.stringify(input)) as never;
  const answer = JSON.parse(JSON.stringify(library[operation]?.(copy())));
  const told = `${rule} ${title ?? ""}: ${JSON.stringify(input)}`;
  if (!isDeepStrictEqual(answer, expected)) throw new Error(`${told}\n the library says ${JSON.stringify(answer)}`);
  // What the reference knows nothing of: bad input, pinned zones, refused submissions.
  const isFaulty = operation === "checkAccessFlow" && (expected as { ok: boolean }).ok === false;
  const isBeyond = isFaulty || JSON.stringify(input).includes('"zones"') || JSON.stringify(expected).includes("instant_invalid");
  const isRefused = operation === "requestCourse" && (expected as { refused?: unknown }[])[0]?.refused !== undefined;
  if (isBeyond || isRefused || !Object.hasOwn(referenceOperations, operation)) return;
  const second = JSON.parse(JSON.stringify(referenceOperations[operation]?.(copy()) ?? null));
  if (compareAnswers(operation, expected, second) !== "agrees")
    throw new Error(`${told}\n the reference says ${JSON.stringify(second)}, not ${JSON.stringify(asLoose(operation, expected))}`);
}

function keyOf({ rule, operation, input }: ConformanceCase): string {
  return JSON.stringify([rule, operation, input]);
}

function byRule(left: ConformanceCase, right: ConformanceCase): number {
  return Number(left.rule.slice(1)) - Number(right.rule.slice(1));
}
