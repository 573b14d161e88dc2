import type { AccessFlow } from "../flow/access-flow.js";
import { compareText } from "../kernel/text.js";
import { addBit, type BitSet, hasBit, makeBitSet } from "./bit-set.js";
import { makeSegment, type Segment } from "./segment.js";

/** A segment without the flows that were taken out since. */
export type Part = {
  readonly segment: Segment;
  /** null: none. */
  readonly removed: BitSet | null;
  /** How many flows are left. */
  readonly size: number;
};

/** Takes flows in the order of their ids. */
export function makePart(flows: readonly AccessFlow[]): Part {
  return { segment: makeSegment(flows), removed: null, size: flows.length };
}

/** The flows that are left, in the order of their ids. */
export function flowsOf({ segment, removed }: Part): readonly AccessFlow[] {
  return removed === null ? segment.flows : segment.flows.filter((_, position) => !hasBit(removed, position));
}

/** The part without that flow; null where nothing is left; the same part where it has no such flow. */
export function partWithout(part: Part, id: string): Part | null {
  const { segment, removed, size } = part;
  const position = positionOf(segment.flows, id);
  if (position === null || (removed !== null && hasBit(removed, position))) return part;
  if (size === 1) return null;
  const without = removed === null ? makeBitSet(segment.flows.length) : removed.slice();
  addBit(without, position);
  const left = { segment, removed: without, size: size - 1 };
  // Half empty, it is worth to be made anew: that many removals have paid for it.
  return left.size * 2 < segment.flows.length ? makePart(flowsOf(left)) : left;
}

/**
 * Parts and one flow more, each part larger than what follows it. As when one is added to a binary number, small
 * parts are carried into a larger one, so that each flow is indexed again only as often as the number of flows
 * doubles, and there are few parts to be asked.
 */
export function partsWith(parts: readonly Part[], flow: AccessFlow): readonly Part[] {
  const kept = [...parts];
  let carried: readonly AccessFlow[] = [flow];
  for (let last = kept.at(-1); last !== undefined && last.size <= carried.length; last = kept.at(-1)) {
    carried = merge(flowsOf(last), carried);
    kept.pop();
  }
  return [...kept, makePart(carried)];
}

function merge(left: readonly AccessFlow[], right: readonly AccessFlow[]): readonly AccessFlow[] {
  return [...left, ...right].sort((one, other) => compareText(one.id, other.id));
}

function positionOf(flows: readonly AccessFlow[], id: string): number | null {
  let low = 0;
  let high = flows.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const order = compareText(flows[middle]?.id ?? "", id);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return null;
}
