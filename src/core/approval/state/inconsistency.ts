import type { Path } from "../../kernel/path.js";
import { personKey } from "../../kernel/text.js";

/** What cannot be, in a state whose every place is of the right shape. */
export type Inconsistency = { readonly path: Path; readonly says: string };

/** What has been found so far. Where nothing is wrong, which is nearly always, nothing is made to say so. */
export type Found = Inconsistency[];

export function when(isWrong: boolean, path: Path, says: string): readonly Inconsistency[] {
  return isWrong ? [{ path, says }] : [];
}

/** A person's keys at a place: in the form in which they compare, sorted, each once, the id among them (A6). */
export function findInKeys(found: Found, at: Path, id: string, keys: readonly string[]): void {
  if (!areSorted(keys)) found.push({ path: [...at, "keys"], says: "are not sorted, each once, as keys compare" });
  if (!keys.includes(personKey(id))) found.push({ path: [...at, "keys"], says: "lack the id" });
}

function areSorted(keys: readonly string[]): boolean {
  let before: string | null = null;
  for (const key of keys) {
    if (key !== personKey(key) || (before !== null && key <= before)) return false;
    before = key;
  }
  return true;
}
