import type { CheckedCatalog } from "../../facts/catalog.js";
import type { Resource } from "../../facts/resource.js";
import type { AccessFlow } from "../../flow/access-flow.js";
import type { Reason } from "../../kernel/reason.js";
import { normalText } from "../../kernel/text.js";
import { awsWarnings } from "../aws-policy.js";
import type { FaultyRecord } from "../resource-inventory.js";
import { planTargets, type TargetPlan } from "../target-plan.js";
import type { Positions } from "./position-set.js";
import { makeStock, type Stock } from "./stock.js";

/** What one index knows. The stock is shared with the indexes before and after it; what differs from it is listed. */
export type IndexState = {
  readonly names: PlannedNames;
  readonly stock: Stock;
  /** Positions of the stock that count no more. */
  readonly removed: Positions;
  /** By normal text of their ids; none of these stands in the stock, but among the removed. */
  readonly added: ReadonlyMap<string, Resource>;
  readonly clashes: ReadonlyMap<string, ReadonlySet<string>>;
  readonly faulty: readonly FaultyRecord[];
};

/** A catalogue, and flows whose references were followed in it: a memo, on flows that are frozen. */
export type PlannedNames = { readonly catalog: CheckedCatalog; readonly plans: WeakMap<AccessFlow, PlannedFlow> };

export type PlannedFlow = { readonly plan: TargetPlan; readonly warnings: readonly Reason[] };

export function planOf({ catalog, plans }: PlannedNames, flow: AccessFlow): PlannedFlow {
  const known = plans.get(flow);
  if (known !== undefined) return known;
  const planned = { plan: planTargets(flow.targets, catalog), warnings: awsWarnings(flow.targets, catalog) };
  plans.set(flow, planned);
  return planned;
}

/** So many differences are looked through at a question; beyond, the stock is put in order anew. */
const mostDifferences = 512;

/** The state with a record in place of every one of its id, or with none. */
export function replaced(state: IndexState, id: string, resource: Resource | null): IndexState {
  const added = new Map(state.added);
  added.delete(id);
  if (resource !== null) added.set(id, resource);
  const clashes = new Map(state.clashes);
  clashes.delete(id);
  const faulty = state.faulty.filter((record) => record.id !== id);
  const next = { ...state, removed: withPosition(state.removed, state.stock.find(id)), added, clashes, faulty };
  if (added.size + next.removed.length <= mostDifferences) return next;
  return { ...next, stock: makeStock(resourcesOf(next)), removed: new Uint32Array(0), added: new Map() };
}

function withPosition(removed: Positions, position: number | undefined): Positions {
  if (position === undefined || removed.includes(position)) return removed;
  return Uint32Array.from([...removed, position]).sort();
}

/** Every resource that counts. */
export function resourcesOf({ stock, removed, added }: IndexState): readonly Resource[] {
  if (removed.length === 0 && added.size === 0) return stock.resources;
  const gone = new Set(removed);
  return [...stock.resources.filter((_, position) => !gone.has(position)), ...added.values()];
}

/** The one resource of an id. */
export function resourceOf({ stock, removed, added }: IndexState, id: string): Resource | undefined {
  const position = stock.find(id);
  return added.get(id) ?? (position === undefined || removed.includes(position) ? undefined : stock.resources[position]);
}

/** The resource at a position: those of the stock, then those that were added. */
export function resourceAt({ stock, removed, added }: IndexState, position: number): Resource | undefined {
  if (position >= stock.resources.length) return [...added.values()][position - stock.resources.length];
  return removed.includes(position) ? undefined : stock.resources[position];
}

/** Whether some resource names an integration (T5), be it one that clashes. */
export function knowsIntegration({ stock, removed, added, clashes }: IndexState, integration: string): boolean {
  for (const { start, active, inactive } of stock.segments.get(integration)?.values() ?? []) {
    const size = active.length + inactive.length;
    const gone = removed.filter((position) => position >= start && position < start + size).length;
    if (gone < size) return true;
  }
  for (const resource of added.values()) if (normalText(resource.integration) === integration) return true;
  for (const named of clashes.values()) if (named.has(integration)) return true;
  return false;
}
