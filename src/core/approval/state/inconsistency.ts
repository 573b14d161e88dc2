import type { Path } from "../../kernel/path.js";
import { personKey } from "../../kernel/text.js";

/** What cannot be, in a state whose every place is of the right shape. */
export type Inconsistency = { readonly path: Path; readonly says: string };

export function when(isWrong: boolean, path: Path, says: string): readonly Inconsistency[] {
  return isWrong ? [{ path, says }] : [];
}

/** A person's keys: in the form in which they compare, sorted, each once, the id among them (A6). */
export function keysInconsistencies(path: Path, id: string, keys: readonly string[]): readonly Inconsistency[] {
  const isSorted = keys.every((key, position) => key === personKey(key) && (position === 0 || key > (keys[position - 1] ?? "")));
  return [
    ...when(!isSorted, path, "are not sorted, each once, as keys compare"),
    ...when(!keys.includes(personKey(id)), path, "lack the id"),
  ];
}
