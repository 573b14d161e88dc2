import type { Path } from "../core/kernel/path.js";

/** Where there are issues: a tree of the steps of their paths, so that asking costs the length of a path, not the number of issues. */
export type IssuePlaces = { hasIssue: boolean; readonly below: Map<string | number, IssuePlaces> };

export function noPlaces(): IssuePlaces {
  return { hasIssue: false, below: new Map() };
}

export function addPlace(places: IssuePlaces, path: Path): void {
  let place = places;
  for (const step of path) {
    const known = place.below.get(step);
    const next = known ?? noPlaces();
    if (known === undefined) place.below.set(step, next);
    place = next;
  }
  place.hasIssue = true;
}

/** Whether there is an issue at, above or below a place. */
export function holdsOneAt(places: IssuePlaces, path: Path): boolean {
  let place = places;
  for (const step of path) {
    if (place.hasIssue) return true;
    const next = place.below.get(step);
    if (next === undefined) return false;
    place = next;
  }
  // Every place of the tree is on the way to an issue, but for the root of an empty one.
  return place.hasIssue || place.below.size > 0;
}
