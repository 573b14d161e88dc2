import { copyList } from "../kernel/copy-list.js";
import { deepFreeze } from "../kernel/deep-freeze.js";
import { keysOf, kindOf, valueAt } from "../kernel/read-json.js";
import { hasLoneSurrogate } from "../kernel/text.js";
import {
  isKeyedField,
  isListOperator,
  isPlainField,
  isSingleOperator,
  looksForParts,
  maximumNesting,
  maximumQueryLength,
  type Query,
  type QueryComparison,
} from "./query.js";

/** Queries this library made itself: they need no second look. */
const made = new WeakMap<object, Query>();

/** Remembers a frozen query that came out of the parser. */
export function rememberQuery(query: Query): Query {
  made.set(query, query);
  return query;
}

/**
 * A query as `parseQuery` gives them, stored and read back maybe: one that can be written as text. Null for
 * anything else.
 *
 * Gives a frozen copy: what was checked is what is used, whatever the value says when it is read again. The
 * copy is no larger than a text within the limit can make it, so parts that are used many times over end the
 * walk, too (D4).
 */
export function checkQuery(value: unknown): Query | null {
  if (typeof value !== "object" || value === null) return null;
  return made.get(value) ?? deepFreeze(copyOf(value, "root", 0, { left: maximumQueryLength }));
}

/** The characters that the text of a tree may still take. */
type Budget = { left: number };

/** No part of a tree is written in less: `not `; a comparison, with the word that joins it, takes several times as much. */
const charactersOfPart = 4;

const charactersOfQuotes = 2;

type Parent = "root" | Exclude<Query["kind"], "comparison">;

/** `nesting`: the parentheses and `not`s around the parent, once it is written as text. */
function copyOf(value: unknown, parent: Parent, nesting: number, budget: Budget): Query | null {
  if (kindOf(value) !== "record" || !spend(budget, charactersOfPart)) return null;
  const record = value as object;
  const kind = valueAt(record, "kind");
  // A chain inside a chain of its own kind is written as one.
  if (kind === parent && kind !== "not") return null;
  const here = nesting + levelsOf(kind, parent);
  if (here > maximumNesting) return null;
  switch (kind) {
    case "or":
    case "and":
      return copyOfChain(record, kind, here, budget);
    case "not": {
      const term = hasKeys(record, ["kind", "term"]) ? copyOf(valueAt(record, "term"), "not", here, budget) : null;
      return term === null ? null : { kind, term };
    }
    case "comparison":
      return copyOfComparison(record, budget);
    default:
      return null;
  }
}

/** How many levels deeper than its parent a part stands: for a `not` around it, for its parentheses. */
function levelsOf(kind: unknown, parent: Parent): number {
  if (parent === "not") return kind === "and" || kind === "or" ? 2 : 1;
  return parent === "and" && kind === "or" ? 1 : 0;
}

function copyOfChain(record: object, kind: "and" | "or", nesting: number, budget: Budget): Query | null {
  const terms = hasKeys(record, ["kind", "terms"])
    ? copyList(valueAt(record, "terms"), (term) => copyOf(term, kind, nesting, budget))
    : null;
  if (terms === null) return null;
  const [first, second, ...others] = terms;
  return first === undefined || second === undefined ? null : { kind, terms: [first, second, ...others] };
}

function copyOfComparison(record: object, budget: Budget): QueryComparison | null {
  if (!hasKeys(record, ["kind", "field", "key", "operator", "values"])) return null;
  const [field, operator] = [valueAt(record, "field"), valueAt(record, "operator")];
  const [first, ...others] = copyList(valueAt(record, "values"), (text) => writable(text, budget)) ?? [];
  if (typeof field !== "string" || typeof operator !== "string" || first === undefined) return null;
  const isList = isListOperator(operator);
  if (!isList && !isSingleOperator(operator)) return null;
  if (!isList && (others.length > 0 || (looksForParts(operator) && first === ""))) return null;
  const key = valueAt(record, "key");
  if (isPlainField(field)) return key === null ? { kind: "comparison", field, key, operator, values: [first, ...others] } : null;
  const usable = isKeyedField(field) ? writable(key, budget) : null;
  return isKeyedField(field) && usable !== null ? { kind: "comparison", field, key: usable, operator, values: [first, ...others] } : null;
}

/** A text, where it can stand between quotes (Q3). */
function writable(text: unknown, budget: Budget): string | null {
  if (typeof text !== "string" || !spend(budget, text.length + charactersOfQuotes)) return null;
  return /[\n\r]/.test(text) || hasLoneSurrogate(text) ? null : text;
}

function spend(budget: Budget, characters: number): boolean {
  budget.left -= characters;
  return budget.left >= 0;
}

function hasKeys(record: object, expected: readonly string[]): boolean {
  const keys = keysOf(record);
  return keys !== null && keys.length === expected.length && expected.every((key) => keys.includes(key));
}
