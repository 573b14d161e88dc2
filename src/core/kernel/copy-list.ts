import { kindOf, lengthOf, valueAt } from "./read-json.js";

/** A copy of every entry of a list; null where there is no list, or where one entry has no copy. A hole is undefined. */
export function copyList<T>(list: unknown, copy: (entry: unknown) => T | null): readonly T[] | null {
  const length = kindOf(list) === "list" ? lengthOf(list as object) : null;
  if (length === null) return null;
  const entries: T[] = [];
  for (let index = 0; index < length; index += 1) {
    const entry = copy(valueAt(list as object, index));
    if (entry === null) return null;
    entries.push(entry);
  }
  return entries;
}
