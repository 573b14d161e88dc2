import type { Resource } from "../../facts/resource.js";
import { normalText } from "../../kernel/text.js";
import { makeSegment, type Segment } from "./segment.js";

/** An inventory in order: resources that stand at positions from 0 on, by integration and type. */
export type Stock = {
  readonly resources: readonly Resource[];
  /** By normal text of integration, then of type. */
  readonly segments: ReadonlyMap<string, ReadonlyMap<string, Segment>>;
  /** The position of a resource, by the normal text of its id. */
  readonly find: (id: string) => number | undefined;
};

/** Takes resources whose ids differ. */
export function makeStock(resources: Iterable<Resource>): Stock {
  const parts = new Map<string, Map<string, Resource[]>>();
  let last: Resource | null = null;
  let part: Resource[] = [];
  for (const resource of resources) {
    // Resources that stand side by side mostly are of one integration and type.
    if (last === null || last.integration !== resource.integration || last.type !== resource.type) {
      part = partOf(parts, normalText(resource.integration), normalText(resource.type));
    }
    last = resource;
    part.push(resource);
  }
  const ordered: Resource[] = [];
  const segments = new Map<string, Map<string, Segment>>();
  for (const [integration, types] of parts) {
    const made = new Map<string, Segment>();
    for (const [type, members] of types) {
      const segment = makeSegment(members, ordered.length);
      for (const resource of segment.active) ordered.push(resource);
      for (const resource of segment.inactive) ordered.push(resource);
      made.set(type, segment);
    }
    segments.set(integration, made);
  }
  let places: Map<string, number> | null = null;
  return {
    resources: ordered,
    segments,
    find: (id) => {
      places ??= placesOf(ordered);
      return places.get(id);
    },
  };
}

function placesOf(resources: readonly Resource[]): Map<string, number> {
  const places = new Map<string, number>();
  for (const { id } of resources) places.set(normalText(id), places.size);
  return places;
}

function partOf(parts: Map<string, Map<string, Resource[]>>, integration: string, type: string): Resource[] {
  let types = parts.get(integration);
  if (types === undefined) {
    types = new Map();
    parts.set(integration, types);
  }
  let part = types.get(type);
  if (part === undefined) {
    part = [];
    types.set(type, part);
  }
  return part;
}
