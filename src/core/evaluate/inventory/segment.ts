import type { Resource } from "../../facts/resource.js";
import { compareText, normalText } from "../../kernel/text.js";
import { type OfferedPermissions, offeredPermissions } from "../resource-permissions.js";
import type { Positions } from "./position-set.js";

/** What resources have in common that offer the same permissions: whatever a target gives on one, it gives on all it picks. */
export type ResourceClass = {
  /** As the resources write them. */
  readonly integration: string;
  readonly resourceType: string;
  readonly offered: OfferedPermissions | null;
};

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
  readonly classOf: Uint16Array | Uint32Array;
  /** Active ones by the normal text of their name. */
  readonly named: (name: string) => number | readonly number[] | undefined;
  /** Active ones that say this value under this key, both in normal text. */
  readonly tagged: (key: string, value: string) => Positions | null;
  /** Active ones whose tags are unknown. */
  readonly untagged: () => Positions;
};

/** Names and tags are put in order when they are first asked for. */
export function makeSegment(resources: readonly Resource[], start: number): Segment {
  const active = resources.filter(isActive).sort((left, right) => compareText(left.id, right.id));
  const { classes, classOf } = classify(active);
  let names: Map<string, number | number[]> | null = null;
  let tags: Tags | null = null;
  let frozen: readonly string[] | null = null;
  const ids = active.map(({ id }) => id);

  function tagsOf(): Tags {
    tags ??= readTags(active, start);
    return tags;
  }

  return {
    start,
    active,
    inactive: resources.filter((resource) => !isActive(resource)),
    ids,
    positions: Uint32Array.from(active, (_, index) => start + index),
    frozenIds: () => {
      frozen ??= Object.freeze([...ids]);
      return frozen;
    },
    classes,
    classOf,
    named: (name) => {
      names ??= readNames(active, start);
      return names.get(name);
    },
    tagged: (key, value) => tagsOf().listed.get(key)?.get(value) ?? null,
    untagged: () => tagsOf().untagged,
  };
}

function isActive({ status }: Resource): boolean {
  return status === undefined || status === "active";
}

function classify(active: readonly Resource[]): Pick<Segment, "classes" | "classOf"> {
  const classes: ResourceClass[] = [];
  const numbers = new Map<string, number>();
  const classOf = new Uint32Array(active.length);
  active.forEach((resource, index) => {
    const key = classKey(resource);
    let number = numbers.get(key);
    if (number === undefined) {
      number = classes.length;
      numbers.set(key, number);
      classes.push({ integration: resource.integration, resourceType: resource.type, offered: offeredPermissions(resource) });
    }
    classOf[index] = number;
  });
  // Most inventories know a handful of classes.
  return { classes, classOf: classes.length < 65_536 ? Uint16Array.from(classOf) : classOf };
}

/** Everything that a class is about, each text after its length: none can pass for two. */
function classKey({ integration, type, permissions }: Resource): string {
  let key = `${integration.length}:${integration}${type.length}:${type}`;
  if (permissions === undefined) return `${key}?`;
  for (const permission of permissions) {
    const name = typeof permission === "string" ? permission : permission.name;
    key += `${name.length}:${name}`;
  }
  return key;
}

function readNames(active: readonly Resource[], start: number): Map<string, number | number[]> {
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

type Tags = { readonly listed: ReadonlyMap<string, ReadonlyMap<string, Positions>>; readonly untagged: Positions };

function readTags(active: readonly Resource[], start: number): Tags {
  const lists = new Map<string, Map<string, number[]>>();
  const untagged: number[] = [];
  active.forEach(({ tags }, index) => {
    const position = start + index;
    if (tags === undefined) {
      untagged.push(position);
      return;
    }
    for (const name of Object.keys(tags)) {
      const text = tags[name];
      if (text === undefined) continue;
      const list = listUnder(lists, normalText(name), normalText(text));
      // One key in two Unicode forms can say one value twice.
      if (list.at(-1) !== position) list.push(position);
    }
  });
  const listed = new Map(
    [...lists].map(([key, values]) => [key, new Map([...values].map(([value, list]) => [value, Uint32Array.from(list)]))] as const),
  );
  return { listed, untagged: Uint32Array.from(untagged) };
}

function listUnder(lists: Map<string, Map<string, number[]>>, key: string, value: string): number[] {
  let values = lists.get(key);
  if (values === undefined) {
    values = new Map();
    lists.set(key, values);
  }
  let list = values.get(value);
  if (list === undefined) {
    list = [];
    values.set(value, list);
  }
  return list;
}
