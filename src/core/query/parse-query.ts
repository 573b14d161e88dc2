import { deepFreeze } from "../kernel/deep-freeze.js";
import { Defect } from "../kernel/defect.js";
import type { Issue } from "../kernel/issue.js";
import { isNonEmpty, type NonEmptyArray } from "../kernel/non-empty-array.js";
import { failure, type Result, success } from "../kernel/result.js";
import { rememberQuery } from "./check-query.js";
import type { Query } from "./query.js";
import { queryTextFault } from "./query-text-fault.js";
import { readQuery } from "./read-query.js";

/**
 * Reads the query of an access scope (Q1–Q4, Q7).
 *
 * Answers with a frozen tree of plain JSON without positions, or with issues, each with `line` and `column`
 * from 1 by character, what was found and what was expected; `nearest` is the field, operator or word that
 * was probably meant. Faults that do not hide what follows are reported together; at most 100. Line breaks
 * may stand between the parts of a query, not inside a value.
 *
 * Takes time linear in the length. Refused, never thrown: what is no text (`wrong_type`), more than 4 MiB of
 * it (`too_large`), half a surrogate pair (`lone_surrogate`), more than 200 parentheses and `not`s inside
 * each other (`query_too_deep`).
 *
 * @example
 * parseQuery('resource_type = "db" and not resource_tag["env"] in ("prod", "stage")');
 * // => { ok: true, value: { kind: "and", terms: [
 * //      { kind: "comparison", field: "resource_type", key: null, operator: "=", values: ["db"] },
 * //      { kind: "not", term: { kind: "comparison", field: "resource_tag", key: "env", operator: "in", values: ["prod", "stage"] } },
 * //    ] } }
 */
export function parseQuery(text: string): Result<Query, NonEmptyArray<Issue>> {
  const fault = queryTextFault(text);
  if (fault !== null) return failure(deepFreeze([fault]));
  const { query, issues } = readQuery(text);
  if (isNonEmpty(issues)) return failure(deepFreeze(issues));
  if (query === null) throw new Defect("a query was given up without an issue");
  return success(rememberQuery(deepFreeze(query)));
}
