import { accessFlowError } from "../kernel/access-flow-error.js";
import { checkQuery } from "./check-query.js";
import { isListOperator, type Query, type QueryComparison } from "./query.js";

/**
 * The text of a query in its one canonical form: one line, one blank between the parts, words in lower case,
 * and no parentheses that are not needed. `parseQuery` reads it back as the same tree (Q7).
 *
 * Throws `AccessFlowError` (`facts_invalid`) for what is no tree of `parseQuery`: such a value may have no
 * text that means it, for example a value with a line break in it.
 *
 * @example
 * const parsed = parseQuery('(resource_type="db") AND (permission="read" OR permission="list")');
 * parsed.ok ? printQuery(parsed.value) : "";
 * // => 'resource_type = "db" and (permission = "read" or permission = "list")'
 */
export function printQuery(query: Query): string {
  const checked = checkQuery(query);
  if (checked === null) throw accessFlowError("facts_invalid", "query is no query as `parseQuery` gives them");
  return print(checked);
}

function print(query: Query): string {
  switch (query.kind) {
    case "or":
      return query.terms.map(print).join(" or ");
    case "and":
      return query.terms.map((term) => (term.kind === "or" ? `(${print(term)})` : print(term))).join(" and ");
    case "not":
      return query.term.kind === "or" || query.term.kind === "and" ? `not (${print(query.term)})` : `not ${print(query.term)}`;
    case "comparison":
      return printComparison(query);
  }
}

function printComparison({ field, key, operator, values }: QueryComparison): string {
  const name = key === null ? field : `${field}[${quote(key)}]`;
  const value = isListOperator(operator) ? `(${values.map(quote).join(", ")})` : quote(values[0]);
  return `${name} ${operator} ${value}`;
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, (character) => `\\${character}`)}"`;
}
