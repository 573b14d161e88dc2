import type { NormalFilter, NormalSelection } from "../resource-selection.js";
import { ascending, noPositions, type Positions, union, without } from "./position-set.js";
import type { Segment } from "./segment.js";

/** Finds a resource of the index by the normal text of its id. */
export type FindId = (id: string) => number | undefined;

/**
 * The active resources of a segment that a selection picks (T2, T3): what `compileSelection` says holds of them.
 * The segment's own list where it is all of them, else a list that the caller may keep.
 */
export function pickedBy(selection: NormalSelection, segment: Segment, find: FindId): Positions {
  if (selection === "any") return segment.positions;
  const { include, exclude } = selection;
  const included = include === null ? segment.positions : matching(include, segment, find);
  if (exclude === null) return included;
  return without(without(included, matching(exclude, segment, find)), unsure(exclude, segment));
}

/** Those of which a selection cannot tell, because their tags are unknown (T3). */
export function unknownTo(selection: NormalSelection, segment: Segment, find: FindId): Positions {
  if (selection === "any") return noPositions;
  const { include, exclude } = selection;
  if (unsure([...(include ?? []), ...(exclude ?? [])], segment).length === 0) return noPositions;
  const mayBeIncluded = include === null ? segment.positions : union([matching(include, segment, find), unsure(include, segment)]);
  const known = without(mayBeIncluded, exclude === null ? noPositions : matching(exclude, segment, find));
  return without(known, pickedBy(selection, segment, find));
}

function matching(filters: readonly NormalFilter[], segment: Segment, find: FindId): Positions {
  const lists = filters.map((filter) => matchingOne(filter, segment, find));
  // Each is the caller's own already.
  return lists.length === 1 ? (lists[0] ?? noPositions) : union(lists);
}

function matchingOne(filter: NormalFilter, segment: Segment, find: FindId): Positions {
  switch (filter.by) {
    case "name":
      return listed(filter.values, segment.named);
    case "id": {
      const end = segment.start + segment.active.length;
      return listed(filter.values, (id) => {
        const position = find(id) ?? -1;
        return position >= segment.start && position < end ? position : undefined;
      });
    }
    case "tag":
      return union(filter.values.map((value) => segment.tagged(filter.key, value) ?? noPositions));
  }
}

function listed(values: readonly string[], find: (value: string) => number | readonly number[] | undefined): Positions {
  const positions: number[] = [];
  for (const value of values) {
    const found = find(value);
    if (typeof found === "number") positions.push(found);
    else if (found !== undefined) for (const position of found) positions.push(position);
  }
  return ascending(new Uint32Array(positions));
}

/** Those that one of the filters may match, for all that is known. It may match them surely, too. */
function unsure(filters: readonly NormalFilter[], segment: Segment): Positions {
  return filters.some(({ by }) => by === "tag") ? segment.untagged() : noPositions;
}
