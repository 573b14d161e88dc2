import { resourceFaults } from "../define/check-facts.js";
import { isResource } from "../define/is-fact.js";
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
 * Reads an inventory (T7).
 *
 * A record of the wrong shape is left out and reported, the others stay. Where it bears the id of another
 * record, both are out: one of them is wrong, and nobody can say which. Where the inventory itself cannot be
 * read to its end, nothing of it counts: the missing part might contradict the rest.
 */
export function readInventory(argument: string, resources: unknown): Inventory {
  const records = listOfIterable(resources);
  if (records === null) {
    const fault = reason("facts_invalid", "C4", Object.freeze([]), { argument, at: Object.freeze([]) });
    return { ...unread, faults: [fault] };
  }
  const sound: Resource[] = [];
  const faulty: FaultyRecord[] = [];
  const integrations = new Set<string>();
  // Ids that ascend differ from each other, and most inventories come in order of their ids; from where one does not, ids are kept.
  let ids: Set<string> | null = null;
  let lastId = "";
  let lastIntegration: string | null = null;
  for (let index = 0; index < records.length; index += 1) {
    const record = records[index];
    const faults = isResource(record) ? none : resourceFaults(argument, record, [index]);
    if (faults.length > 0) {
      faulty.push({ id: ownId(record), faults });
      continue;
    }
    // Its shape was checked just now.
    const resource = record as Resource;
    const { integration } = resource;
    if (integration !== lastIntegration) integrations.add(normalText(integration));
    lastIntegration = integration;
    const id = normalText(resource.id);
    if (ids === null && lastId >= id) ids = new Set(sound.map((each) => normalText(each.id)));
    ids?.add(id);
    lastId = id;
    sound.push(resource);
  }
  const faults = faulty.flatMap((record) => record.faults);
  const areDistinct = ids === null || ids.size === sound.length;
  if (areDistinct && faulty.length === 0) return { ...unread, readable: true, resources: sound, integrations };
  return { ...withoutClashes(sound, faulty), readable: true, integrations, faulty, faults };
}

const none: readonly Reason[] = Object.freeze([]);

const unread: Inventory = { readable: false, resources: [], clashes: new Map(), integrations: new Set(), faulty: [], faults: [] };

function withoutClashes(records: readonly Resource[], faulty: readonly FaultyRecord[]): Pick<Inventory, "resources" | "clashes"> {
  const byId = new Map<string, Resource>();
  const clashes = new Map<string, Set<string>>();
  const clashOf = (id: string): Set<string> => {
    const named = clashes.get(id) ?? new Set();
    clashes.set(id, named);
    return named;
  };
  for (const resource of records) {
    const id = normalText(resource.id);
    const known = byId.get(id);
    if (known === undefined) byId.set(id, resource);
    else if (!sameRecord(known, resource)) clashOf(id).add(normalText(resource.integration));
  }
  for (const { id } of faulty) if (id !== null && byId.has(id)) clashOf(id);
  for (const [id, named] of clashes) {
    // The record that came first was not known to clash.
    const first = byId.get(id);
    if (first !== undefined) named.add(normalText(first.integration));
    byId.delete(id);
  }
  return { resources: byId.size === records.length ? records : [...byId.values()], clashes };
}

function ownId(record: unknown): string | null {
  // What is no object has none.
  const id = valueAt(record as object, "id");
  return typeof id === "string" ? normalText(id) : null;
}
