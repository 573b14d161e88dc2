/** Positions of resources in an index, ascending, each once. */
export type Positions = Uint32Array;

export const noPositions: Positions = new Uint32Array(0);

/** What stands in one of the lists. A list of its own, which the caller may keep. */
export function union(lists: readonly Positions[]): Positions {
  const [first, ...more] = lists.filter((list) => list.length > 0);
  if (first === undefined) return noPositions;
  if (more.length === 0) return first.slice();
  let merged: readonly Positions[] = [first, ...more];
  // Neighbours first: no position is looked at more often than the number of lists can be halved.
  while (merged.length > 1) merged = mergeNeighbours(merged);
  return merged[0] ?? noPositions;
}

function mergeNeighbours(lists: readonly Positions[]): readonly Positions[] {
  const merged: Positions[] = [];
  for (let i = 0; i < lists.length; i += 2) merged.push(merge(lists[i] ?? noPositions, lists[i + 1] ?? noPositions));
  return merged;
}

function merge(left: Positions, right: Positions): Positions {
  if (right.length === 0) return left;
  const merged = new Uint32Array(left.length + right.length);
  let length = 0;
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    const one = left[i] ?? 0;
    const other = right[j] ?? 0;
    merged[length] = Math.min(one, other);
    length += 1;
    if (one <= other) i += 1;
    if (other <= one) j += 1;
  }
  // One of the two has come to its end.
  merged.set(left.subarray(i), length);
  merged.set(right.subarray(j), length + left.length - i);
  return merged.subarray(0, length + left.length - i + right.length - j);
}

/** Any positions, in order and each once. Takes the list over. */
export function ascending(positions: Uint32Array): Positions {
  if (isAscending(positions)) return positions;
  positions.sort();
  let length = 0;
  for (let i = 0; i < positions.length; i += 1) {
    const position = positions[i] ?? 0;
    if (positions[length - 1] === position) continue;
    positions[length] = position;
    length += 1;
  }
  return positions.subarray(0, length);
}

function isAscending(positions: Uint32Array): boolean {
  for (let i = 1; i < positions.length; i += 1) if ((positions[i - 1] ?? 0) >= (positions[i] ?? 0)) return false;
  return true;
}

/** Where positions follow each other without a gap: from one place in the list to before another. */
export function runsOf(positions: Positions): readonly (readonly [from: number, to: number])[] {
  const runs: (readonly [number, number])[] = [];
  for (let from = 0; from < positions.length; ) {
    const to = endOfRun(positions, from);
    runs.push([from, to]);
    from = to;
  }
  return runs;
}

/** Positions ascend, so that between two of them nothing is missing exactly where they are as far apart as their places. */
function endOfRun(positions: Positions, from: number): number {
  const follows = (place: number): boolean => (positions[place] ?? 0) - (positions[from] ?? 0) === place - from;
  let low = from + 1;
  let step = 1;
  // Behind the end nothing follows.
  while (follows(low + step - 1)) {
    low += step;
    step *= 2;
  }
  let high = low + step - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (follows(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What stands in one list and not in the other: the runs between what is left out are copied whole. */
export function without(positions: Positions, left: Positions): Positions {
  if (left.length === 0) return positions;
  const kept = new Uint32Array(positions.length);
  let length = 0;
  let from = 0;
  for (let i = 0; i < left.length && from < positions.length; i += 1) {
    const at = firstFrom(positions, left[i] ?? 0, from);
    kept.set(positions.subarray(from, at), length);
    length += at - from;
    from = positions[at] === left[i] ? at + 1 : at;
  }
  kept.set(positions.subarray(from), length);
  return kept.subarray(0, length + positions.length - from);
}

/** Where the first position stands that is not below `wanted`, looked for from `start` on in steps that double. */
function firstFrom(positions: Positions, wanted: number, start: number): number {
  let step = 1;
  let low = start;
  let high = start;
  while (high < positions.length && (positions[high] ?? 0) < wanted) {
    low = high + 1;
    high += step;
    step *= 2;
  }
  high = Math.min(high, positions.length);
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((positions[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
