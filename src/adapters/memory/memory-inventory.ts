import { acceptCatalog, resourceFaults } from "../../core/define/check-facts.js";
import { errorOfFaults } from "../../core/evaluate/error-of-faults.js";
import type { Catalog } from "../../core/facts/catalog.js";
import type { Resource } from "../../core/facts/resource.js";
import { accessFlowError } from "../../core/kernel/access-flow-error.js";
import { isNonEmpty } from "../../core/kernel/non-empty-array.js";
import { quotedText } from "../../core/kernel/quoted.js";
import { normalText } from "../../core/kernel/text.js";
import type { ResourceInventory, ResourceSelector } from "../../ports/resource-inventory.js";
import { frozenCopy } from "./frozen-copy.js";
import { pageAfter, usualPageSize } from "./page-after.js";

/** An inventory whose resources can be changed while it serves. */
export type MemoryInventory = ResourceInventory & {
  /** Puts a resource in, in place of the one with this id. */
  set(resource: Resource): void;
  /** Takes a resource out: from now on it is gone. */
  remove(id: string): void;
  /** Puts another catalogue in the place of the present one; `version` changes. */
  setCatalog(catalog: Catalog): void;
};

/**
 * An inventory kept in memory: for tests and demos.
 *
 * Ids, names and types compare exactly (NFC). A selector may name an integration by id or, where the catalogue
 * knows it, by name; where a name is ambiguous, the resources of all that bear it are found, and a target's own
 * rules decide (T5). `search` gives resources in the order of their ids. `version` counts changes of the catalogue.
 *
 * Throws `AccessFlowError` (`facts_invalid`) for a record that is no resource, for two resources of one id, and
 * for a catalogue that is none.
 *
 * @example
 * const inventory = memoryInventory([{ id: "r1", name: "payroll", type: "database", integration: "pg" }]);
 * await inventory.resources(["r1", "r2"]);
 * // => [{ id: "r1", name: "payroll", type: "database", integration: "pg" }, { id: "r2", gone: true }]
 */
export function memoryInventory(
  resources: Iterable<Resource> = [],
  catalog: Catalog = {},
  options: { readonly pageSize?: number | undefined } = {},
): MemoryInventory {
  const kept = new Map<string, Resource>();
  for (const given of resources) {
    const resource = acceptedResource(given);
    const key = normalText(resource.id);
    if (kept.has(key)) throw accessFlowError("facts_invalid", `two resources have the id ${quotedText(resource.id)}`);
    kept.set(key, resource);
  }
  let current = acceptedCatalog(catalog);
  let version = 0;
  return Object.freeze<MemoryInventory>({
    async catalog() {
      return Object.freeze({ catalog: current, version: String(version) });
    },
    async resources(ids) {
      return Object.freeze(ids.map((id) => kept.get(normalText(id)) ?? Object.freeze({ id, gone: true as const })));
    },
    async search(selector, after) {
      const selected = [...kept].filter(([, resource]) => maySelect(selector, resource, current));
      return pageAfter(new Map(selected), after, options.pageSize ?? usualPageSize);
    },
    set(given) {
      const resource = acceptedResource(given);
      kept.set(normalText(resource.id), resource);
    },
    remove(id) {
      kept.delete(normalText(id));
    },
    setCatalog(given) {
      current = acceptedCatalog(given);
      version += 1;
    },
  });
}

function acceptedResource(resource: Resource): Resource {
  const faults = resourceFaults("resource", resource);
  if (isNonEmpty(faults)) throw errorOfFaults(faults);
  return frozenCopy(resource);
}

function acceptedCatalog(catalog: Catalog): Catalog {
  const accepted = acceptCatalog("catalog", catalog);
  if (!accepted.ok) throw errorOfFaults(accepted.error);
  return frozenCopy(catalog);
}

function maySelect(selector: ResourceSelector, resource: Resource, catalog: Catalog): boolean {
  if (selector === "everything") return true;
  const { integration, resourceType, names } = selector;
  if (!sameText(resource.type, resourceType)) return false;
  if (names !== null && !names.some((name) => sameText(resource.name, name))) return false;
  const named = (catalog.integrations ?? []).filter(({ name }) => sameText(name, integration)).map(({ id }) => id);
  return [integration, ...named].some((id) => sameText(resource.integration, id));
}

function sameText(left: string, right: string): boolean {
  return normalText(left) === normalText(right);
}
