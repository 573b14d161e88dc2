import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { type ConformanceOperations, libraryOperations, runConformance } from "../../src/conformance/index.js";
import { conformanceTexts, conformanceFiles as files } from "./conformance-files.js";
import { isValidInput } from "./is-valid-input.js";

const root = new URL("../../", import.meta.url);
const cases = files.flatMap((file) => file.cases);
const schema = JSON.parse(readFileSync(new URL("conformance/conformance.v1.schema.json", root), "utf8"));

/** Rules of sentences and closed lists: no input and answer show them. `test/core/explain` and `test/laws` do. */
const elsewhere = ["E2", "E3"];

/** The library with one answer turned round. */
const wrong = (operation: keyof typeof libraryOperations, answer: (right: never, input: never) => unknown): ConformanceOperations => ({
  ...libraryOperations,
  [operation]: (input: never) => answer((libraryOperations[operation] as (input: never) => never)(input), input),
});
const failuresOf = (operations: ConformanceOperations) => files.flatMap((file) => runConformance(file, operations));

describe("the conformance cases", () => {
  it.each(files.map((file) => [file.chapter, file] as const))(
    "chapter %s has the shape of the schema, and the rules of its chapter alone",
    (_, file) => {
      const isValid = new Ajv2020({ strict: true, allErrors: true }).compile(schema);
      isValid(file);
      expect(isValid.errors).toBeNull();
      expect(file.cases.filter(({ rule }) => !rule.startsWith(file.chapter))).toEqual([]);
    },
  );

  it("are at least 2,000, no question is asked twice under a rule, and all together are no more than 1.5 MB", () => {
    expect(cases.length).toBeGreaterThanOrEqual(2_000);
    expect(new Set(cases.map(({ rule, operation, input }) => JSON.stringify([rule, operation, input]))).size).toBe(cases.length);
    expect(conformanceTexts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)).toBeLessThan(1_500_000);
  });

  it("ask nothing that the rules have no answer for: all but definitions and instants are of the stated shape", () => {
    const unsound = cases.filter(({ operation, input }) => operation !== "checkAccessFlow" && !isValidInput(operation, input));
    expect(unsound).toEqual([]);
    expect(cases.filter(({ expected }) => JSON.stringify(expected).includes("facts_invalid"))).toEqual([]);
  });

  it("show every rule that input and answer can show", () => {
    const text = readFileSync(new URL("docs/semantics.md", root), "utf8");
    const rules = [...text.matchAll(/^- \*\*([A-Z]\d+)\*\*/gm)].flatMap(([, id]) => (id === undefined ? [] : [id]));
    expect(rules.length).toBeGreaterThan(70);
    const shown = new Set(cases.map(({ rule }) => rule));
    expect(rules.filter((rule) => !shown.has(rule) && !elsewhere.includes(rule))).toEqual([]);
    expect([...shown].filter((rule) => !rules.includes(rule))).toEqual([]);
  });

  it("ask for every operation, and for no other", () => {
    const asked = [...new Set(cases.map(({ operation }) => operation))].sort();
    expect(asked).toEqual(Object.keys(libraryOperations).sort());
    expect(schema.$defs.case.properties.operation.enum.toSorted()).toEqual(asked);
  });

  it.each(files.map((file) => [file.chapter, file] as const))("chapter %s: the library answers every case", (_, file) => {
    expect(runConformance(file, libraryOperations)).toEqual([]);
  });
});

describe("an implementation that does not conform", () => {
  const controls: { readonly [fault: string]: readonly [ConformanceOperations, rule: string] } = {
    "takes what is unknown for a yes": [wrong("conditionTruth", (truth: string) => (truth === "unknown" ? "holds" : truth)), "C4"],
    "compares names without case": [
      wrong("conditionTruth", (truth, input) => {
        const folded = JSON.parse(
          JSON.stringify(input)
            .toLowerCase()
            .replaceAll(
              /isnot|doesnotcontain|startswith/g,
              (word) => ({ isnot: "isNot", doesnotcontain: "doesNotContain" })[word] ?? "startsWith",
            ),
        );
        return libraryOperations.conditionTruth(folded) ?? truth;
      }),
      "C6",
    ],
    "includes the end of a window": [
      wrong("isInForce", (right, { window, at }: { window: { end: number | null }; at: number }) => right || at === window.end),
      "W5",
    ],
    "lets everybody ask": [wrong("evaluateRequestor", () => ({ outcome: "eligible", codes: [] })), "R2"],
    "gives what is not active": [wrong("coversEntitlement", () => true), "T8"],
    "always approves": [
      wrong("approvalCourse", (steps: unknown[]) => steps.map((_, index) => ({ status: "approved", revision: index + 1 }))),
      "A6",
    ],
    "forgets an operation": [{ ...libraryOperations, reconcileGrants: undefined } as never, "M1"],
    throws: [
      wrong("parseQuery", () => {
        throw new Error("broken");
      }),
      "Q7",
    ],
  };

  it.each(Object.entries(controls))("%s", (_, [operations, rule]) => {
    expect(failuresOf(operations).map((failure) => failure.rule)).toContain(rule);
  });

  it("answers in any order of keys", () => {
    const reversed = (value: unknown): unknown =>
      typeof value === "object" && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).reverse()) : value;
    const file = {
      format: "accessflow-conformance/v1",
      chapter: "W",
      cases: cases.filter(({ operation }) => operation === "computeGrantWindow"),
    } as const;
    expect(runConformance(file, wrong("computeGrantWindow", reversed))).toEqual([]);
  });
});
