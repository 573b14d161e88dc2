import { appendFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { expect } from "vitest";
import { referenceOperations } from "./reference-operations.js";

/**
 * The comparisons, and of a thousand random cases how many each gets: the cheap ones and those with the most to say about
 * edges get more. A course of a request is some thirty times the work of a condition.
 */
export const parts = {
  ...{ "C1–C10": 280, E1: 130, "S1–S7": 60, "R1–R4": 60, "T1–T7": 40, T8: 100, "Q1–Q6": 75, "Q3, Q7": 100, "W1–W4": 50 },
  ...{ "A1–A12": 30, A13: 20, "A13 played": 1, "L1–L7, W6": 25, "M1–M3": 10, D: 19 },
};

/** All random cases together: `ACCESSFLOW_CASES=10000000` for a long run. */
export const total: number = Number(process.env["ACCESSFLOW_CASES"] ?? 200_000);

/** With the same seed and number of cases a run is the same. */
const seed: number = Number(process.env["ACCESSFLOW_SEED"] ?? Math.floor(Math.random() * 2 ** 31));

/** Room for a machine that is busy with something else. */
export const timeout: number = 120_000 + total * 5;

/** An operation of the conformance cases, and an input of it: what library and reference were compared by. */
export type Question = { readonly rule: string; readonly operation: string; readonly input: unknown };

/**
 * Runs one comparison over its part of the cases. The predicate names the classes a case belongs to; afterwards each
 * class named in `shares` must make up at least that share of the cases, chance apart, so that a property cannot go
 * vacuous unnoticed when a generator changes.
 *
 * Where library and reference differ, the smallest such case is told as one of `corpus.json`, with the reference's answer.
 */
export function compare<Case>(
  part: keyof typeof parts,
  arbitrary: fc.Arbitrary<Case>,
  shares: { readonly [className: string]: number },
  predicate: (value: Case) => readonly string[],
  questionOf: (value: Case) => Question | null = () => null,
): void {
  const numRuns = Math.max(1, Math.round((total * parts[part]) / 1000));
  const seen = new Map<string, number>();
  let compared = 0;
  const property = fc.property(arbitrary, (value) => {
    const classes = predicate(deepFrozen(value));
    compared += 1;
    for (const name of new Set(classes)) seen.set(name, (seen.get(name) ?? 0) + 1);
  });
  const details = fc.check(property, { numRuns, seed });
  const question = details.counterexample === null ? null : questionOf(details.counterexample[0]);
  report({ part, cases: compared, seed, disagreement: details.failed ? caseOf(question, details.seed) : null });
  if (details.failed) {
    const pasted = JSON.stringify(caseOf(question, details.seed), null, 2);
    throw new Error(`${fc.defaultReportMessage(details)}\n\nFor test/oracle/corpus.json:\n${pasted}\n`);
  }
  // Of few cases shares say little.
  for (const [name, share] of compared < 2000 ? [] : Object.entries(shares)) {
    expect(seen.get(name) ?? 0, `cases of ${compared} that are ${name}: ${JSON.stringify([...seen])}`).toBeGreaterThanOrEqual(
      fewestOf(compared, share),
    );
  }
}

/** The case in the form of the corpus: what the rules say is what the reference answers. */
function caseOf(question: Question | null, at: number): unknown {
  if (question === null) return { seed: at };
  const { rule, operation, input } = question;
  return { rule, title: `found with seed ${at}`, operation, input, expected: referenceOperations[operation]?.(input as never) };
}

/** A line a comparison: into the file that `npm run prove` reads, or for whoever watches. */
function report(line: { readonly part: string; readonly cases: number; readonly seed: number; readonly disagreement: unknown }): void {
  const file = process.env["ACCESSFLOW_REPORT"];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(line)}\n`);
  else console.log(`${line.part}: ${line.cases.toLocaleString("en")} cases compared, seed ${line.seed}`);
}

/**
 * The fewest cases of a class that chance leaves of a share: three standard deviations below it, and one at least.
 * Without that room a class a little above its share is missed now and then, by no fault of anybody.
 */
export function fewestOf(total: number, share: number): number {
  const usual = total * share;
  return Math.max(1, Math.floor(usual - 3 * Math.sqrt(usual * (1 - share))));
}

/** Whoever changes what was lent to them throws. */
export function deepFrozen<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const member of Object.values(value)) deepFrozen(member);
  return value;
}

/** Fails, and says about what, unless both sides say the same. Fast where they do: it is asked a million times. */
export function agree(actual: unknown, expected: unknown, about: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual, JSON.stringify(about)).toStrictEqual(expected);
}

/** Codes, each once, sorted. */
export function codesOf(reasons: readonly { readonly code: string }[]): string[] {
  return [...new Set(reasons.map(({ code }) => code))].sort();
}

/** Codes that only add detail to one of the others. */
export const detailCodes: ReadonlySet<string> = new Set([
  ...["condition_fails", "attribute_missing", "value_unknown", "name_unknown", "aliases_unknown", "source_not_asked", "manager_unknown"],
  ...["no_resource_named", "owner_unknown", "no_owner", "not_the_manager"],
]);
