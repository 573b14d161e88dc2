import { isNonEmpty, type NonEmptyArray } from "../../kernel/non-empty-array.js";
import { kindOf, valueAt } from "../../kernel/read-json.js";
import { type Reason, reason } from "../../kernel/reason.js";
import { failure, type Result, success } from "../../kernel/result.js";
import { codePoints, hasLoneSurrogate } from "../../kernel/text.js";

const longestId = 128;

/** The id that a host gives a request: 1 to 128 characters, none of them a control character. */
export function readRequestId(input: unknown): Result<string, NonEmptyArray<Reason>> {
  const id = kindOf(input) === "record" ? valueAt(input as object, "id") : undefined;
  const faults = isRequestId(id) ? [] : [reason("facts_invalid", "C4", [], { argument: "id", at: [] })];
  // Without faults it is a text.
  return isNonEmpty(faults) ? failure(faults) : success(id as string);
}

export function isRequestId(id: unknown): id is string {
  if (typeof id !== "string" || id.trim() === "" || id.length > 2 * longestId) return false;
  return codePoints(id) <= longestId && !hasLoneSurrogate(id) && !/\p{Cc}/u.test(id);
}
