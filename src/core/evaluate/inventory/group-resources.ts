import type { GrantGroup } from "../group-grants.js";
import type { PlannedIntegration } from "../target-plan.js";
import { type Positions, union } from "./position-set.js";
import type { Segment } from "./segment.js";

export type Group = GrantGroup & { readonly positions: Positions };

/** A target and what it picks of a segment. */
export type Pick = { readonly target: PlannedIntegration; readonly positions: Positions };

/** What targets pick of a segment, parted so that every resource stands in one group. */
export function groupResources(segment: Segment, picks: readonly Pick[]): readonly Group[] {
  const [pick, ...more] = picks;
  const [only, ...others] = segment.classes;
  if (pick === undefined || only === undefined) return [];
  if (more.length === 0 && others.length === 0) return [{ of: only, targets: [pick.target], positions: pick.positions }];
  return part(segment, picks);
}

/** Every resource moves from group to group as targets pick it: a group is known by the one before and the target. */
function part({ start, classes, classOf }: Segment, picks: readonly Pick[]): readonly Group[] {
  const kinds: GrantGroup[] = classes.map((of) => ({ of, targets: [] }));
  const kindOf = new Uint32Array(classOf);
  for (const { target, positions } of picks) {
    const next = new Map<number, number>();
    for (const position of positions) {
      const before = kindOf[position - start] ?? 0;
      let after = next.get(before);
      if (after === undefined) {
        const kind = kinds[before];
        if (kind === undefined) continue;
        after = kinds.push({ of: kind.of, targets: [...kind.targets, target] }) - 1;
        next.set(before, after);
      }
      kindOf[position - start] = after;
    }
  }
  const lists = new Map<number, number[]>();
  for (const position of union(picks.map(({ positions }) => positions))) {
    const kind = kindOf[position - start] ?? 0;
    const list = lists.get(kind);
    if (list === undefined) lists.set(kind, [position]);
    else list.push(position);
  }
  return [...lists].flatMap(([kind, list]) => {
    const found = kinds[kind];
    return found === undefined ? [] : [{ ...found, positions: Uint32Array.from(list) }];
  });
}
