import { acceptFlow } from "../define/accept.js";
import { acceptCatalog, resourceFaults } from "../define/check-facts.js";
import type { Catalog } from "../facts/catalog.js";
import type { Resource } from "../facts/resource.js";
import type { AccessFlow } from "../flow/access-flow.js";
import { isNonEmpty } from "../kernel/non-empty-array.js";
import { type Reason, reason } from "../kernel/reason.js";
import { normalText } from "../kernel/text.js";
import { errorOfFaults } from "./error-of-faults.js";
import { startRows } from "./grant-rows.js";
import { grantsOf } from "./grants-of.js";
import { grantsOfGroup } from "./group-grants.js";
import {
  type IndexState,
  knowsIntegration,
  type PlannedFlow,
  planOf,
  replaced,
  resourceAt,
  resourceOf,
  resourcesOf,
} from "./inventory/index-state.js";
import { ascending } from "./inventory/position-set.js";
import { askedSegments, groupsOf, resolveSegment } from "./inventory/segment-answers.js";
import { makeStock } from "./inventory/stock.js";
import { inventoryReasons, type ResolvedTargets, resolved } from "./resolve-targets.js";
import { readInventory } from "./resource-inventory.js";
import { givenOn } from "./target-grants.js";

/**
 * An inventory put in order once, for many flows. It never changes: `with` and `without` give another one, which
 * shares what did not change.
 */
export type InventoryIndex = {
  /** What `resolveTargets` answers for the flow on this inventory (T1–T7). */
  readonly resolve: (flow: AccessFlow) => ResolvedTargets;
  /** Its `size`, without making the rows. */
  readonly count: (flow: AccessFlow) => number;
  /** The positions of the resources on which the flow gives something, ascending. The list is the caller's own. */
  readonly positions: (flow: AccessFlow) => Uint32Array;
  /** The resource at a position of this very index; undefined where there is none. */
  readonly at: (position: number) => Resource | undefined;
  /** Whether the flow gives the permission, by name, on the resource of that id: membership in `resolve` (T8). */
  readonly covers: (flow: AccessFlow, resource: string, permission: string) => boolean;
  /** The inventory with this record in place of every one of its id. */
  readonly with: (resource: Resource) => InventoryIndex;
  /** The inventory without the records of this id. */
  readonly without: (id: string) => InventoryIndex;
};

/**
 * Puts an inventory in order, so that what flows give on it is looked up and not searched for (T1–T8).
 *
 * Names, ids and tags are looked up; only access scopes, whose queries may ask for anything, are still put to every
 * resource. The index holds the records as they were given: like every fact they are data, and must not be changed
 * afterwards. A single record of the wrong shape gives nothing and is reported by every `resolve`, as by
 * `resolveTargets`, until a record of its id takes its place.
 *
 * Throws `AccessFlowError` (`facts_invalid`) for resources that cannot be iterated to their end and for a catalogue
 * of the wrong shape; so do the functions of the index for a flow (`resolve` reports it), an id, a permission or a
 * resource of the wrong shape.
 *
 * @example
 * const flow = defineAccessFlow({
 *   name: "Read the ledgers",
 *   requestors: { conditions: [{ attribute: "group", values: ["finance"] }] },
 *   targets: [{ kind: "integration", integration: "pg", resourceType: "database", permissions: ["read"],
 *     resources: { include: [{ by: "tag", key: "team", values: ["finance"] }] } }],
 * });
 * const ledger = { name: "ledger", type: "database", integration: "pg", tags: { team: "finance" }, permissions: ["read"] };
 * const index = createInventoryIndex([{ ...ledger, id: "db-2" }, { ...ledger, id: "db-1" }, { ...ledger, id: "db-3", tags: {} }]);
 * index.resolve(flow).grants;
 * // => [{ integration: "pg", resourceType: "database", permission: "read", resources: ["db-1", "db-2"], targets: [0] }]
 * index.count(flow);
 * // => 2
 * [...index.positions(flow)].map((position) => index.at(position)?.id);
 * // => ["db-1", "db-2"]
 * index.without("db-1").with({ ...ledger, id: "db-3" }).resolve(flow).grants[0]?.resources;
 * // => ["db-2", "db-3"]
 */
export function createInventoryIndex(resources: Iterable<Resource>, catalog?: Catalog): InventoryIndex {
  const checked = acceptCatalog("catalog", catalog);
  const inventory = readInventory("resources", resources);
  const faults = [...(inventory.readable ? [] : inventory.faults), ...(checked.ok ? [] : checked.error)];
  if (isNonEmpty(faults)) throw errorOfFaults(faults);
  // Only for the compiler: what was refused has thrown.
  const names = { catalog: checked.ok ? checked.value : { integrations: [], bundles: [], accessScopes: [] }, plans: new WeakMap() };
  const { clashes, faulty } = inventory;
  return indexOf({ names, stock: makeStock(inventory.resources), removed: new Uint32Array(0), added: new Map(), clashes, faulty });
}

function indexOf(state: IndexState): InventoryIndex {
  return Object.freeze({
    resolve: (flow: AccessFlow) => resolve(state, flow),
    count: (flow: AccessFlow) => count(state, requirePlan(state, flow)),
    positions: (flow: AccessFlow) => positions(state, requirePlan(state, flow)),
    at: (position: number) => resourceAt(state, position),
    covers: (flow: AccessFlow, resource: string, permission: string) => covers(state, requirePlan(state, flow), resource, permission),
    with: (resource: Resource) => {
      const faults = resourceFaults("resource", resource);
      if (isNonEmpty(faults)) throw errorOfFaults(faults);
      return indexOf(replaced(state, normalText(resource.id), resource));
    },
    without: (id: string) => indexOf(replaced(state, normalText(requireText("id", id)), null)),
  });
}

function requirePlan({ names }: IndexState, flow: AccessFlow): PlannedFlow {
  const accepted = acceptFlow(flow);
  if (!accepted.ok) throw errorOfFaults(accepted.error);
  return planOf(names, accepted.value);
}

function requireText(argument: string, text: unknown): string {
  if (typeof text === "string") return text;
  throw errorOfFaults([reason("facts_invalid", "C4", [], { argument, at: [] })]);
}

function resolve(state: IndexState, flow: AccessFlow): ResolvedTargets {
  const faults = state.faulty.flatMap((record) => record.faults);
  const accepted = acceptFlow(flow);
  if (!accepted.ok) return resolved([...accepted.error, ...faults], [], []);
  const { plan, warnings } = planOf(state.names, accepted.value);
  const about = inventoryReasons(plan, state.clashes.keys(), (integration) => knowsIntegration(state, integration));
  if (plan.scopes.length > 0) {
    const { grants, reasons } = grantsOf(plan, resourcesOf(state));
    return resolved(faults, [...warnings, ...about, ...reasons], grants);
  }
  const rows = startRows();
  const reasons: Reason[] = [...warnings, ...about];
  for (const asked of askedSegments(plan, state)) for (const each of resolveSegment(plan, asked, state, rows)) reasons.push(each);
  const added = grantsOf(plan, [...state.added.values()]);
  for (const grant of added.grants) rows.add(grant, grant.permission, grant.targets, grant.resources);
  return resolved(faults, [...reasons, ...added.reasons], rows.finish());
}

function count(state: IndexState, { plan }: PlannedFlow): number {
  let entitlements = 0;
  for (const resource of plan.scopes.length > 0 ? resourcesOf(state) : state.added.values()) {
    entitlements += givenOn(plan, resource, ignored).size;
  }
  if (plan.scopes.length > 0) return entitlements;
  for (const asked of askedSegments(plan, state)) {
    for (const group of groupsOf(asked, state)) entitlements += group.positions.length * grantsOfGroup(group).length;
  }
  return entitlements;
}

function positions(state: IndexState, { plan }: PlannedFlow): Uint32Array {
  const { stock, removed, added } = state;
  if (plan.scopes.length > 0) {
    const gone = new Set(removed);
    const all = [...stock.resources, ...added.values()];
    return Uint32Array.from(all.flatMap((resource, position) => (gives(plan, resource) && !gone.has(position) ? [position] : [])));
  }
  const segments = askedSegments(plan, state);
  const lists = segments
    .flatMap((asked) => groupsOf(asked, state))
    .filter((group) => grantsOfGroup(group).length > 0)
    .map((group) => group.positions);
  const late = [...added.values()].flatMap((resource, index) => (gives(plan, resource) ? [stock.resources.length + index] : []));
  const [only, ...more] = late.length > 0 ? [...lists, Uint32Array.from(late)] : lists;
  if (only === undefined) return new Uint32Array(0);
  // A segment's own list is not given away.
  if (more.length === 0) return segments.some(({ segment }) => segment.positions === only) ? only.slice() : only;
  const joined = new Uint32Array([only, ...more].reduce((sum, list) => sum + list.length, 0));
  let length = 0;
  for (const list of [only, ...more]) {
    joined.set(list, length);
    length += list.length;
  }
  return ascending(joined);
}

function covers(state: IndexState, { plan }: PlannedFlow, id: string, permission: string): boolean {
  const resource = resourceOf(state, normalText(requireText("resource", id)));
  const name = normalText(requireText("permission", permission));
  return resource !== undefined && givenOn(plan, resource, ignored).has(name);
}

function gives(plan: PlannedFlow["plan"], resource: Resource): boolean {
  return givenOn(plan, resource, ignored).size > 0;
}

function ignored(): void {}
