import type { Resource } from "../../facts/resource.js";
import { type Reason, reason } from "../../kernel/reason.js";
import type { GrantRows } from "../grant-rows.js";
import { grantsOfGroup, reasonsOfGroup } from "../group-grants.js";
import { givenOn } from "../target-grants.js";
import type { PlannedIntegration, TargetPlan } from "../target-plan.js";
import { type Group, groupResources } from "./group-resources.js";
import type { IndexState } from "./index-state.js";
import { pickedBy, unknownTo } from "./pick-positions.js";
import { type Positions, runsOf, without } from "./position-set.js";
import type { Segment } from "./segment.js";

/** A segment of the stock that targets are about. */
export type Asked = { readonly segment: Segment; readonly targets: readonly PlannedIntegration[] };

/** The segments that a plan's targets are about. */
export function askedSegments(plan: TargetPlan, { stock }: IndexState): readonly Asked[] {
  const asked: Asked[] = [];
  for (const [integration, types] of plan.integrations) {
    for (const [type, targets] of types) {
      const segment = stock.segments.get(integration)?.get(type);
      if (segment !== undefined) asked.push({ segment, targets });
    }
  }
  return asked;
}

/** What targets pick of a segment, in groups of which each gets the same. */
export function groupsOf({ segment, targets }: Asked, { stock, removed }: IndexState): readonly Group[] {
  const picks = targets.map((target) => ({ target, positions: without(pickedBy(target.selection, segment, stock.find), removed) }));
  return groupResources(segment, picks);
}

/** What a plan gives on a segment, in rows, and what is worth saying about it: `givenOn` for every resource. */
export function resolveSegment(plan: TargetPlan, asked: Asked, state: IndexState, rows: GrantRows): readonly Reason[] {
  const { segment, targets } = asked;
  const reasons: Reason[] = [];
  const idsAt = (positions: Positions): readonly string[] => idsIn(segment, positions);
  for (const group of groupsOf(asked, state)) {
    const ids = idsAt(group.positions);
    for (const { permission, targets: from } of grantsOfGroup(group)) rows.add(group.of, permission, from, ids);
    for (const each of reasonsOfGroup(group, ids)) reasons.push(each);
  }
  for (const { selection, path } of targets) {
    const unknown = without(unknownTo(selection, segment, state.stock.find), state.removed);
    for (const resource of idsAt(unknown)) reasons.push(reason("tags_unknown", "T3", path, { resource }));
  }
  for (const each of clashReasons(segment, state)) reasons.push(each);
  for (const resource of inactiveOf(segment, state)) givenOn(plan, resource, (each) => reasons.push(each));
  return reasons;
}

/** So many lists are joined in one call. */
const mostRuns = 1_000;

/** The ids at positions, sorted: the segment's own list where it is all of them. Where few are left out, the rest is copied whole. */
function idsIn({ start, positions: all, ids, frozenIds }: Segment, positions: Positions): readonly string[] {
  if (positions === all) return frozenIds();
  const found: string[] = [];
  const runs = positions.length * 2 > all.length ? runsOf(positions) : [];
  if (runs.length > 0 && runs.length <= mostRuns) {
    const parts = runs.map(([from, to]) => ids.slice((positions[from] ?? 0) - start, (positions[to - 1] ?? 0) - start + 1));
    return Object.freeze(found.concat(...parts));
  }
  for (let i = 0; i < positions.length; i += 1) found.push(ids[(positions[i] ?? 0) - start] ?? "");
  return Object.freeze(found);
}

/** Permissions that one resource names twice (T6), whether or not it is picked. */
function clashReasons({ start, classes, classOf, ids, positions }: Segment, { removed }: IndexState): readonly Reason[] {
  if (classes.every(({ offered }) => (offered?.clashes.length ?? 0) === 0)) return [];
  const reasons: Reason[] = [];
  for (const position of without(positions, removed)) {
    const clashes = classes[classOf[position - start] ?? 0]?.offered?.clashes ?? [];
    const resource = ids[position - start] ?? "";
    for (const permission of clashes) reasons.push(reason("permission_clash", "T6", Object.freeze([]), { resource, permission }));
  }
  return reasons;
}

function inactiveOf({ start, active, inactive }: Segment, { removed }: IndexState): readonly Resource[] {
  return inactive.filter((_, index) => !removed.includes(start + active.length + index));
}
