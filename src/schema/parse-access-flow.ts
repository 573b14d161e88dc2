import { checkAccessFlow } from "../core/define/check-access-flow.js";
import type { AccessFlow } from "../core/flow/access-flow.js";
import type { Issue } from "../core/kernel/issue.js";
import type { NonEmptyArray } from "../core/kernel/non-empty-array.js";
import type { Result } from "../core/kernel/result.js";

/**
 * The door for definitions that come as data: a parsed file, a request's body, a row of a store. The answers
 * of `checkAccessFlow`: the normal form, or all issues in the order of the document. Takes any value, throws
 * nothing. A JSON *text* is no record: parse it first.
 *
 * @example
 * const parsed = parseAccessFlow(JSON.parse('{ "name": "S3 read", "requestors": { "conditions": [] }, "targets": [{ "kind": "bundle", "bundle": "b" }] }'));
 * parsed.ok ? [] : parsed.error.map((issue) => issue.message);
 * // => ["requestors.conditions is empty: at least one entry is needed"]
 */
export function parseAccessFlow(json: unknown): Result<AccessFlow, NonEmptyArray<Issue>> {
  return checkAccessFlow(json);
}
