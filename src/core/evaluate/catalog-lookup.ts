import type { CheckedCatalog, CheckedIntegration } from "../facts/catalog.js";
import type { Resource } from "../facts/resource.js";
import { normalText } from "../kernel/text.js";

type Entry = { readonly id?: string | undefined; readonly name: string };

/** What a reference of a flow names in one list of the catalogue. */
type Lookup<E> = { readonly outcome: "found"; readonly entry: E } | { readonly outcome: "absent" } | { readonly outcome: "ambiguous" };

/** The entry a flow means by `text` (T1, T5): an id wins over a name, and what names two entries names none. */
export function findEntry<E extends Entry>(entries: readonly E[], text: string): Lookup<E> {
  const wanted = normalText(text);
  const byId = only(entries.filter((entry) => idOf(entry) === wanted));
  if (byId.outcome !== "absent") return byId;
  return only(entries.filter((entry) => normalText(entry.name) === wanted));
}

/**
 * The catalogue's entry of a resource's integration, or null where it has none or two.
 *
 * A resource names its integration by id (Q6), never by a name of the catalogue: only the texts of flows are
 * turned from names into ids (T1), and a name that happens to be another integration's id must not open.
 */
export function integrationOf(resource: Resource, catalog: CheckedCatalog): CheckedIntegration | null {
  const wanted = normalText(resource.integration);
  const found = only(catalog.integrations.filter((entry) => idOf(entry) === wanted));
  return found.outcome === "found" ? found.entry : null;
}

/** The same for many resources: looked up once for each integration. */
export function integrationNames(catalog: CheckedCatalog): (resource: Resource) => string | null {
  const names = new Map<string, string | null>();
  return (resource) => {
    const known = names.get(resource.integration);
    if (known !== undefined) return known;
    const name = integrationOf(resource, catalog)?.name ?? null;
    names.set(resource.integration, name);
    return name;
  };
}

function idOf(entry: Entry): string | null {
  return entry.id === undefined ? null : normalText(entry.id);
}

function only<E>(entries: readonly E[]): Lookup<E> {
  const [entry] = entries;
  if (entry === undefined) return { outcome: "absent" };
  return entries.length === 1 ? { outcome: "found", entry } : { outcome: "ambiguous" };
}
