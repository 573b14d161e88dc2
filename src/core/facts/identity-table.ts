import { normalText } from "../kernel/text.js";
import type { Identity } from "./identity.js";
import { isList, isReservedAttribute, valueId } from "./identity-values.js";

/** The values of one attribute, ready to be looked up. */
export type HeldIds = {
  /** Their ids, as normal text (C6), whatever their source. */
  readonly ids: ReadonlySet<string>;
  /** Whether an unknown value is among them (C4). */
  readonly unknown: boolean;
  /** The first of those ids as they are written, in their order; frozen. */
  readonly first: readonly string[];
  /** How many values are known, equal ones among them. */
  readonly count: number;
};

/** An identity's own attributes by the normal text of their names; absent is what `heldValues` does not know. */
export type IdentityTable = ReadonlyMap<string, HeldIds>;

/**
 * What is known about an identity's values beforehand; it makes answers quicker and changes none. `texts`: they are
 * bare texts and lists of them. null: nothing is known.
 */
export type Beforehand = IdentityTable | "texts" | null;

/** A trace shows no more of an identity's values than this. */
export const shownValues = 5;

/** Pays for itself after a few decisions about the same identity; below that, going through its values is sooner done. */
export function identityTable({ attributes = {} }: Identity): IdentityTable {
  const table = new Map<string, HeldIds>();
  const spelled = new Set<string>();
  for (const key of Object.keys(attributes)) {
    const held = attributes[key];
    const name = normalText(key);
    if (held === undefined || isReservedAttribute(name)) continue;
    // Where two keys are equal under NFC, nobody can say which is meant.
    if (spelled.has(name)) {
      table.delete(name);
      continue;
    }
    spelled.add(name);
    if (held === null) continue;
    const ids = new Set<string>();
    let unknown = false;
    const first: string[] = [];
    let count = 0;
    for (const value of isList(held) ? held : [held]) {
      if (value === null) {
        unknown = true;
        continue;
      }
      count += 1;
      if (count <= shownValues) first.push(valueId(value));
      ids.add(normalText(valueId(value)));
    }
    table.set(name, { ids, unknown, first: Object.freeze(first), count });
  }
  return table;
}
