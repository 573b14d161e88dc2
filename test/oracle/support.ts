import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { expect } from "vitest";

/** Cases per property: `ACCESSFLOW_CASES=1000000` for a long run. */
export const cases: number = Number(process.env["ACCESSFLOW_CASES"] ?? 10_000);

/** Room for a machine that is busy with something else. */
export const timeout: number = 120_000 + cases * 20;

/**
 * Runs one comparison over that many cases. The predicate names the classes a case belongs to; afterwards each
 * class named in `shares` must make up at least that share of the cases, chance apart, so that a property cannot go
 * vacuous unnoticed when a generator changes.
 */
export function compare<Case>(
  arbitrary: fc.Arbitrary<Case>,
  shares: { readonly [className: string]: number },
  predicate: (value: Case) => readonly string[],
  runs: number = cases,
): void {
  const seen = new Map<string, number>();
  let total = 0;
  const property = fc.property(arbitrary, (value) => {
    const classes = predicate(deepFrozen(value));
    total += 1;
    for (const name of new Set(classes)) seen.set(name, (seen.get(name) ?? 0) + 1);
  });
  fc.assert(property, { numRuns: runs });
  // Of few cases shares say little.
  for (const [name, share] of total < 2000 ? [] : Object.entries(shares)) {
    expect(seen.get(name) ?? 0, `cases of ${total} that are ${name}: ${JSON.stringify([...seen])}`).toBeGreaterThanOrEqual(
      fewestOf(total, share),
    );
  }
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
