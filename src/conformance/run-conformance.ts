import type { Json } from "../core/kernel/json.js";

/** One case: what an operation must answer for an input, by which rule. */
export type ConformanceCase = {
  readonly rule: string;
  readonly title?: string;
  readonly operation: string;
  readonly input: Json;
  readonly expected: Json;
};

/** A file of cases, one a chapter of the rules. */
export type ConformanceFile = {
  readonly format: "accessflow-conformance/v1";
  readonly chapter: string;
  readonly cases: readonly ConformanceCase[];
};

/** An implementation: one function an operation, each from a case's input to an answer in JSON. */
export type ConformanceOperations = {
  /** By the name that a case has under `operation`. */
  readonly [operation: string]: (input: never) => unknown;
};

/** A case that was answered otherwise; `thrown` where there was no answer at all. */
export type ConformanceFailure = ConformanceCase & ({ readonly actual: unknown } | { readonly thrown: string });

/**
 * Runs every case of a file against an implementation and returns those that it answers otherwise; none: it conforms.
 *
 * Answers are compared as JSON: keys in any order, lists in theirs. An operation that is missing fails all of its cases.
 * Never throws for what an operation does.
 *
 * @example
 * import { runConformance } from "accessflow/conformance";
 * const file = {
 *   format: "accessflow-conformance/v1" as const,
 *   chapter: "L",
 *   cases: [{ rule: "L9", operation: "productStatus", input: { status: "active" }, expected: "GRANTED" }],
 * };
 * runConformance(file, { productStatus: () => "PENDING" }).map(({ rule }) => rule);
 * // => ["L9"]
 */
export function runConformance(file: ConformanceFile, operations: ConformanceOperations): ConformanceFailure[] {
  return file.cases.flatMap((each): ConformanceFailure[] => {
    try {
      const operation = Object.hasOwn(operations, each.operation) ? operations[each.operation] : undefined;
      if (operation === undefined) return [{ ...each, thrown: `no operation ${each.operation}` }];
      // An operation may keep or change what it is given: each gets a copy of its own.
      const actual = operation(JSON.parse(JSON.stringify(each.input)) as never);
      return canonical(actual) === canonical(each.expected) ? [] : [{ ...each, actual }];
    } catch (error) {
      return [{ ...each, thrown: String(error) }];
    }
  });
}

/** The same text for the same JSON, in whatever order its keys stand. */
function canonical(value: unknown): string | undefined {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1)))
      : part,
  );
}
