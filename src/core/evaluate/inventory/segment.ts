import type { Resource } from "../../facts/resource.js";
import { compareText, normalText } from "../../kernel/text.js";
import { entriesUnder } from "../../query/entries-under.js";
import { type ResourceClass, startClasses } from "../resource-class.js";
import type { Positions } from "./position-set.js";

/** The resources of one integration and type, with what targets look for in them. */
export type Segment = {
  /** The position of the first. Active ones come first, by id. */
  readonly start: number;
  readonly active: readonly Resource[];
  readonly inactive: readonly Resource[];
  /** The ids and the positions of the active ones. Not frozen: parts of a frozen list are copied ten times slower. */
  readonly ids: readonly string[];
  readonly positions: Positions;
  /** The ids as a list that can be given away. */
  readonly frozenIds: () => readonly string[];
  readonly classes: readonly ResourceClass[];
  /** By place among the active ones. */
  readonly classOf: Uint32Array;
  /** Active ones by the normal text of their name. */
  readonly named: (name: string) => number | readonly number[] | undefined;
  /** Active ones that say this value under this key, both in normal text. */
  readonly tagged: (key: string, value: string) => Positions | null;
  /** Active ones whose tags are unknown. */
  readonly untagged: () => Positions;
};

/** Names are put in order when a name is first asked for, the values under a key when that key is. */
export function makeSegment(resources: readonly Resource[], start: number): Segment {
  const active = resources.filter(isActive).sort((left, right) => compareText(left.id, right.id));
  const classes = startClasses();
  const classOf = new Uint32Array(active.length);
  const positions = new Uint32Array(active.length);
  const ids: string[] = [];
  for (const resource of active) {
    classOf[ids.length] = classes.numberOf(resource);
    positions[ids.length] = start + ids.length;
    ids.push(resource.id);
  }
  let names: Map<string, number | number[]> | null = null;
  const tags = new Map<string, ReadonlyMap<string, Positions>>();
  let untagged: Positions | null = null;
  let frozen: readonly string[] | null = null;

  function valuesUnder(key: string): ReadonlyMap<string, Positions> {
    const known = tags.get(key) ?? positionsByValue(active, key, start);
    tags.set(key, known);
    return known;
  }

  return {
    start,
    active,
    inactive: resources.filter((resource) => !isActive(resource)),
    ids,
    positions,
    frozenIds: () => {
      frozen ??= Object.freeze([...ids]);
      return frozen;
    },
    classes: classes.list,
    classOf,
    named: (name) => {
      names ??= positionsByName(active, start);
      return names.get(name);
    },
    tagged: (key, value) => valuesUnder(key).get(value) ?? null,
    untagged: () => {
      untagged ??= positions.filter((position) => active[position - start]?.tags === undefined);
      return untagged;
    },
  };
}

function isActive({ status }: Resource): boolean {
  return status === undefined || status === "active";
}

function positionsByName(active: readonly Resource[], start: number): Map<string, number | number[]> {
  const names = new Map<string, number | number[]>();
  active.forEach(({ name }, index) => {
    const key = normalText(name);
    const known = names.get(key);
    if (known === undefined) names.set(key, start + index);
    else if (typeof known === "number") names.set(key, [known, start + index]);
    else known.push(start + index);
  });
  return names;
}

/** Active ones by what they say under a key, both in normal text. */
function positionsByValue(active: readonly Resource[], key: string, start: number): ReadonlyMap<string, Positions> {
  const entries = entriesUnder(key);
  const lists = new Map<string, number[]>();
  active.forEach((resource, index) => {
    for (const value of entries(resource.tags)) {
      const list = lists.get(value);
      if (list === undefined) lists.set(value, [start + index]);
      // One key in two Unicode forms can say one value twice.
      else if (list.at(-1) !== start + index) list.push(start + index);
    }
  });
  return new Map([...lists].map(([value, list]) => [value, new Uint32Array(list)] as const));
}
