import type { NonEmptyArray } from "../kernel/non-empty-array.js";

/** Fields that hold one text (Q1). */
export const plainFields = [
  "resource_type",
  "resource_name",
  "resource_path",
  "resource",
  "resource_source_id",
  "resource_status",
  "resource_risk_level",
  "permission",
  "permission_name",
  "permission_risk_level",
  "integration",
  "integration_name",
] as const;

/** Fields that hold a text under each key: `resource_tag["env"]` (Q1). */
export const keyedFields = ["resource_tag", "resource_context", "permission_tag", "permission_context"] as const;

/** Operators that take one value; the last four look for parts of a text (Q2). */
export const singleOperators = ["=", "!=", "contains", "not_contains", "starts_with", "ends_with"] as const;

/** Operators that take a list of values (Q2). */
export const listOperators = ["in", "not_in"] as const;

/** A field that holds one text. */
export type PlainField = (typeof plainFields)[number];
/** A field that holds a text under each key. */
export type KeyedField = (typeof keyedFields)[number];
/** What a query may ask about (Q1). */
export type QueryField = PlainField | KeyedField;
/** An operator that takes one value. */
export type SingleOperator = (typeof singleOperators)[number];
/** An operator that takes a list of values. */
export type ListOperator = (typeof listOperators)[number];
/** How a field is compared (Q2). */
export type QueryOperator = SingleOperator | ListOperator;

/** `field operator "value"`: one test of a resource, a permission or their integration (Q1, Q2). */
export type QueryComparison = {
  readonly kind: "comparison";
  readonly field: QueryField;
  /** The key of a keyed field, null for any other. */
  readonly key: string | null;
  readonly operator: QueryOperator;
  /** Exactly one, but for `in` and `not_in`. */
  readonly values: NonEmptyArray<string>;
};

/**
 * A query of an access scope, parsed: plain frozen JSON without positions (Q).
 *
 * `and` and `or` hold all their terms side by side and never one of their own kind: `a and (b and c)` is
 * `a and b and c`. So two texts that differ in parentheses only give one tree.
 */
export type Query =
  | { readonly kind: "or"; readonly terms: readonly [Query, Query, ...Query[]] }
  | { readonly kind: "and"; readonly terms: readonly [Query, Query, ...Query[]] }
  | { readonly kind: "not"; readonly term: Query }
  | QueryComparison;

/** Parentheses and `not`s that may stand inside each other (Q7). */
export const maximumNesting = 200;

/** UTF-16 code units of a query: the text that a whole document may hold (D4). */
export const maximumQueryLength: number = 4 * 1024 * 1024;

export function isPlainField(text: string): text is PlainField {
  return (plainFields as readonly string[]).includes(text);
}

export function isKeyedField(text: string): text is KeyedField {
  return (keyedFields as readonly string[]).includes(text);
}

export function isSingleOperator(text: string): text is SingleOperator {
  return (singleOperators as readonly string[]).includes(text);
}

export function isListOperator(text: string): text is ListOperator {
  return (listOperators as readonly string[]).includes(text);
}

/** An empty text is part of every text: looking for it would select everything (Q3). */
export function looksForParts(operator: QueryOperator): boolean {
  return operator === "contains" || operator === "not_contains" || operator === "starts_with" || operator === "ends_with";
}
