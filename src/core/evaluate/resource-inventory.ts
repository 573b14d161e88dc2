import { resourceFaults } from "../define/check-facts.js";
import type { Resource } from "../facts/resource.js";
import { listOfIterable } from "../kernel/list-of-iterable.js";
import { valueAt } from "../kernel/read-json.js";
import { type Reason, reason } from "../kernel/reason.js";
import { normalText } from "../kernel/text.js";
import { sameRecord } from "./resource-equality.js";

export type Inventory = {
  /** Whether it could be read to its end; nothing of it counts otherwise. */
  readonly readable: boolean;
  /** Every id once, without the ids that clash (T7). */
  readonly resources: readonly Resource[];
  /** Ids, as normal text, of records that contradict each other, and the integrations that these name. */
  readonly clashes: ReadonlyMap<string, ReadonlySet<string>>;
  /** The integrations that some resource names, as normal text (T5). */
  readonly integrations: ReadonlySet<string>;
  /** Records of the wrong shape, in the order of the inventory; they give nothing. */
  readonly faulty: readonly FaultyRecord[];
  readonly faults: readonly Reason[];
};

/** A record of the wrong shape: what is wrong with it, and its id, as normal text, where it has one. */
export type FaultyRecord = { readonly id: string | null; readonly faults: readonly Reason[] };

/**
 * Reads an inventory in one pass (T7).
 *
 * A record of the wrong shape is left out and reported, the others stay. Where it bears the id of another
 * record, both are out: one of them is wrong, and nobody can say which. Where the inventory itself cannot be
 * read to its end, nothing of it counts: the missing part might contradict the rest.
 */
export function readInventory(argument: string, resources: unknown): Inventory {
  const records = listOfIterable(resources);
  const fault = reason("facts_invalid", "C4", Object.freeze([]), { argument, at: Object.freeze([]) });
  if (records === null) {
    return { readable: false, resources: [], clashes: new Map(), integrations: new Set(), faulty: [], faults: [fault] };
  }
  const byId = new Map<string, Resource>();
  const clashes = new Map<string, Set<string>>();
  const integrations = new Set<string>();
  const faulty: FaultyRecord[] = [];
  const clashOf = (id: string): Set<string> => {
    const named = clashes.get(id) ?? new Set();
    clashes.set(id, named);
    return named;
  };
  records.forEach((record, index) => {
    const found = resourceFaults(argument, record, [index]);
    if (found.length > 0) {
      faulty.push({ id: ownId(record), faults: found });
      return;
    }
    // Its shape was checked just now.
    const resource = record as Resource;
    const id = normalText(resource.id);
    const known = byId.get(id);
    const integration = normalText(resource.integration);
    integrations.add(integration);
    if (known === undefined) byId.set(id, resource);
    else if (!sameRecord(known, resource)) clashOf(id).add(integration);
  });
  for (const { id } of faulty) if (id !== null && byId.has(id)) clashOf(id);
  for (const [id, named] of clashes) {
    // The record that came first was not known to clash.
    const first = byId.get(id);
    if (first !== undefined) named.add(normalText(first.integration));
    byId.delete(id);
  }
  return { readable: true, resources: [...byId.values()], clashes, integrations, faulty, faults: faulty.flatMap(({ faults }) => faults) };
}

function ownId(record: unknown): string | null {
  if (typeof record !== "object" || record === null) return null;
  const id = valueAt(record, "id");
  return typeof id === "string" ? normalText(id) : null;
}
