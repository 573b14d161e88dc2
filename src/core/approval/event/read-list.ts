import { isNonEmpty, type NonEmptyArray } from "../../kernel/non-empty-array.js";
import { kindOf, lengthOf, valueAt } from "../../kernel/read-json.js";
import { type Reason, reason } from "../../kernel/reason.js";
import { failure, type Result, success } from "../../kernel/result.js";

/** Nobody reads on after a thousand faults. */
const mostFaults = 1_000;

/**
 * A copy of a list that may be anything, or what is wrong with it and its entries. By position: a hole in the list
 * is a fault like any other entry that is not of the stated shape. Who calls says by `faultsOf` what `Entry` is.
 */
export function readList<Entry>(
  argument: string,
  list: unknown,
  faultsOf: (entry: unknown, position: number) => readonly Reason[],
): Result<readonly Entry[], NonEmptyArray<Reason>> {
  const length = kindOf(list) === "list" ? lengthOf(list as object) : null;
  if (length === null) return failure([reason("facts_invalid", "C4", [], { argument, at: [] })]);
  const entries: unknown[] = [];
  const faults: Reason[] = [];
  for (let position = 0; position < length && faults.length < mostFaults; position += 1) {
    const entry = valueAt(list as object, position);
    entries.push(entry);
    for (const fault of faultsOf(entry, position)) if (faults.length < mostFaults) faults.push(fault);
  }
  return isNonEmpty(faults) ? failure(faults) : success(entries as readonly Entry[]);
}
