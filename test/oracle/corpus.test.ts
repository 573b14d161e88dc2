import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type ConformanceCase, libraryOperations } from "../../src/conformance/index.js";
import { asLoose, referenceOperations } from "./reference-operations.js";

/** Where library and reference once differed, or where a rule is easily read otherwise: what both must answer. */
const corpus: readonly ConformanceCase[] = JSON.parse(readFileSync(new URL("./corpus.json", import.meta.url), "utf8"));
const library: { readonly [operation: string]: (input: never) => unknown } = libraryOperations;

describe("the corpus", () => {
  it.each(corpus.map((value) => [`${value.rule}: ${value.title}`, value] as const))("%s", (_, { operation, input, expected }) => {
    expect(library[operation]?.(input as never)).toEqual(expected);
    expect(referenceOperations[operation]?.(input as never)).toEqual(asLoose(operation, expected));
  });
});
