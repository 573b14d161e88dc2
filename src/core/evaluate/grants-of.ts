import type { Resource } from "../facts/resource.js";
import { Defect } from "../kernel/defect.js";
import { type Reason, reason } from "../kernel/reason.js";
import { sortTexts } from "../kernel/sort-texts.js";
import { startRows } from "./grant-rows.js";
import { type GrantGroup, grantsOfGroup, reasonsOfGroup } from "./group-grants.js";
import { type Classes, startClasses } from "./resource-class.js";
import { givenOn } from "./target-grants.js";
import { integrationTargetsFor, type PlannedIntegration, type TargetPlan } from "./target-plan.js";
import { grantsOfEach, type TargetGrant } from "./target-rows.js";

/** Resources of one integration and type, in one spelling, and the targets that are about them. */
type Lot = {
  readonly targets: readonly PlannedIntegration[];
  readonly classes: Classes;
  /** By class, then by the places of the targets that pick them. */
  readonly groups: Map<string, Group>[];
};

type Group = GrantGroup & { readonly ids: string[] };

type Report = (reason: Reason) => void;

/** Rows, sorted, and what is worth saying about them. */
export type Grants = { readonly grants: readonly TargetGrant[]; readonly reasons: readonly Reason[] };

/** What a plan gives on resources: `givenOn` for each of them. An access scope may ask for anything that only one resource says. */
export function grantsOf(plan: TargetPlan, resources: readonly Resource[]): Grants {
  return plan.scopes.length > 0 ? grantsOfEach(plan, resources) : grantsOfAlike(plan, resources);
}

/**
 * Decides once for all resources that are alike: of one class, and picked by the same targets. All that is done for
 * one more is to put its id to the others.
 */
function grantsOfAlike(plan: TargetPlan, resources: readonly Resource[]): Grants {
  const lots = new Map<string, Map<string, Lot | null>>();
  const reasons: Reason[] = [];
  const report: Report = (each) => reasons.push(each);
  let last: Resource | null = null;
  let lot: Lot | null = null;
  for (const resource of resources) {
    // Resources that stand side by side mostly are of one integration and type.
    if (last === null || last.integration !== resource.integration || last.type !== resource.type) lot = lotOf(lots, plan, resource);
    last = resource;
    if (lot === null) continue;
    if (resource.status === undefined || resource.status === "active") addToLot(lot, resource, report);
    else givenOn(plan, resource, report);
  }
  const rows = startRows();
  for (const group of groupsOf(lots)) {
    const ids = Object.freeze(sortTexts(group.ids));
    for (const { permission, targets } of grantsOfGroup(group)) rows.add(group.of, permission, targets, ids);
    for (const each of reasonsOfGroup(group, ids)) report(each);
  }
  return { grants: rows.finish(), reasons };
}

/** Null where no target is about resources of that integration and type. */
function lotOf(lots: Map<string, Map<string, Lot | null>>, plan: TargetPlan, resource: Resource): Lot | null {
  const types = lots.get(resource.integration) ?? new Map<string, Lot | null>();
  lots.set(resource.integration, types);
  const known = types.get(resource.type);
  if (known !== undefined) return known;
  const targets = integrationTargetsFor(plan, resource);
  const lot = targets.length === 0 ? null : { targets, classes: startClasses(), groups: [] };
  types.set(resource.type, lot);
  return lot;
}

function addToLot(lot: Lot, resource: Resource, report: Report): void {
  const { targets, classes } = lot;
  const number = classes.numberOf(resource);
  for (const permission of classes.list[number]?.offered?.clashes ?? none) {
    report(reason("permission_clash", "T6", Object.freeze([]), { resource: resource.id, permission }));
  }
  let places = "";
  for (let place = 0; place < targets.length; place += 1) {
    const picked = targets[place]?.picks(resource);
    if (picked === "holds") places = places === "" ? String(place) : `${places},${place}`;
    else if (picked === "unknown") report(reason("tags_unknown", "T3", targets[place]?.path ?? [], { resource: resource.id }));
  }
  if (places === "") return;
  const group = lot.groups[number]?.get(places) ?? startGroup(lot, number, places);
  group.ids.push(resource.id);
}

const none: readonly string[] = Object.freeze([]);

function startGroup({ targets, classes, groups }: Lot, number: number, places: string): Group {
  const of = classes.list[number];
  if (of === undefined) throw new Defect("a class that was not seen");
  const picking = places.split(",").flatMap((place) => targets[Number(place)] ?? []);
  const group = { of, targets: picking, ids: [] };
  groups[number] = (groups[number] ?? new Map<string, Group>()).set(places, group);
  return group;
}

function groupsOf(lots: ReadonlyMap<string, ReadonlyMap<string, Lot | null>>): readonly Group[] {
  const all = [...lots.values()].flatMap((types) => [...types.values()]).flatMap((lot) => lot?.groups ?? []);
  return all.flatMap((groups) => [...groups.values()]);
}
