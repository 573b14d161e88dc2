import { normalText } from "../kernel/text.js";
import type { AttributeValue, Identity } from "./identity.js";
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
  /** All values, as they are written, where each is a bare text; else null. */
  readonly texts: readonly string[] | null;
};

export type IdentityTable = {
  /** Its own attributes by the normal text of their names; absent is what `heldValues` does not know. */
  readonly held: ReadonlyMap<string, HeldIds>;
  /** Whether `attributes` also says something under a name that it cannot set (C8). */
  readonly setsReserved: boolean;
};

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
  let setsReserved = false;
  const spelled = new Set<string>();
  for (const key of Object.keys(attributes)) {
    const held = attributes[key];
    const name = normalText(key);
    if (held === undefined) continue;
    if (isReservedAttribute(name)) {
      setsReserved = true;
      continue;
    }
    // Where two keys are equal under NFC, nobody can say which is meant.
    if (spelled.has(name)) {
      table.delete(name);
      continue;
    }
    spelled.add(name);
    if (held !== null) table.set(name, heldIds(isList(held) ? held : [held]));
  }
  return { held: table, setsReserved };
}

function heldIds(values: readonly (AttributeValue | null)[]): HeldIds {
  const ids = new Set<string>();
  let unknown = false;
  let bare = true;
  const first: string[] = [];
  let count = 0;
  for (const value of values) {
    if (value === null) {
      unknown = true;
      continue;
    }
    const id = valueId(value);
    count += 1;
    if (count <= shownValues) first.push(id);
    ids.add(normalText(id));
    if (typeof value !== "string") bare = false;
  }
  // Nothing but texts was met.
  const texts = bare && !unknown ? (values as readonly string[]) : null;
  return { ids, unknown, first: Object.freeze(first), count, texts };
}
