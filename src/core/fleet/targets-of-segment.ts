import { givenOn } from "../evaluate/target-grants.js";
import { planTargets } from "../evaluate/target-plan.js";
import type { CheckedCatalog } from "../facts/catalog.js";
import type { Resource } from "../facts/resource.js";
import type { Target } from "../flow/target.js";
import { normalText } from "../kernel/text.js";
import { addBit, type BitSet, makeBitSet } from "./bit-set.js";
import { type Lists, makeLists } from "./lists.js";
import type { Segment } from "./segment.js";

/** The targets of a segment's flows, equal ones once. */
type SegmentTargets = {
  readonly targets: readonly Target[];
  /** By target: positions of the flows that have it. */
  readonly flowsOf: Lists;
  /** By normal text of integration, then of type: positions of targets. */
  readonly places: ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>;
  /** Positions of bundles and access scopes: only the catalogue tells what they are about. */
  readonly references: readonly number[];
};

/** Made when a segment is first asked what covers an entitlement; segments never change. */
const known = new WeakMap<Segment, SegmentTargets>();

/** Positions of the flows that give a permission on a resource (T8). */
export function coveringIn(segment: Segment, resource: Resource, permission: string, catalog: CheckedCatalog): BitSet {
  const { targets, flowsOf, places, references } = targetsOf(segment);
  const covering = makeBitSet(segment.flows.length);
  const type = normalText(resource.type);
  const wanted = normalText(permission);
  const ask = (position: number): void => {
    const target = targets[position];
    // What a flow gives is what its targets give, each by itself.
    if (target === undefined || !givenOn(planTargets([target], catalog), resource, ignore).has(wanted)) return;
    const end = flowsOf.starts[position + 1] ?? 0;
    for (let i = flowsOf.starts[position] ?? 0; i < end; i += 1) addBit(covering, flowsOf.items[i] ?? 0);
  };
  for (const text of textsOf(resource, catalog)) places.get(text)?.get(type)?.forEach(ask);
  references.forEach(ask);
  return covering;
}

const ignore = (): void => {};

/** The texts by which a flow may name the integration of a resource: itself, and what the catalogue calls it (T1). */
function textsOf(resource: Resource, { integrations }: CheckedCatalog): ReadonlySet<string> {
  const id = normalText(resource.integration);
  const names = integrations.filter((entry) => normalText(entry.id) === id).map((entry) => normalText(entry.name));
  return new Set([id, ...names]);
}

function targetsOf(segment: Segment): SegmentTargets {
  const found = known.get(segment) ?? collectTargets(segment);
  known.set(segment, found);
  return found;
}

function collectTargets({ flows }: Segment): SegmentTargets {
  const targets: Target[] = [];
  const positions = new Map<string, number>();
  const owners: number[] = [];
  const places = new Map<string, Map<string, number[]>>();
  const references: number[] = [];
  flows.forEach((flow, owner) => {
    for (const target of flow.targets) {
      const key = JSON.stringify(target);
      let position = positions.get(key);
      if (position === undefined) {
        position = targets.push(target) - 1;
        positions.set(key, position);
        place(target, position);
      }
      owners.push(position, owner);
    }
  });

  function place(target: Target, position: number): void {
    if (target.kind !== "integration") {
      references.push(position);
      return;
    }
    const integration = normalText(target.integration);
    const types = places.get(integration) ?? new Map<string, number[]>();
    places.set(integration, types);
    const type = normalText(target.resourceType);
    types.set(type, [...(types.get(type) ?? []), position]);
  }

  return { targets, flowsOf: makeLists(targets.length, owners), places, references };
}
