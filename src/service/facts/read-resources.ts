import { acceptCatalog, resourceFaults } from "../../core/define/check-facts.js";
import type { Catalog } from "../../core/facts/catalog.js";
import type { Resource } from "../../core/facts/resource.js";
import { normalText } from "../../core/kernel/text.js";
import { withinTime } from "../guard/within-time.js";
import type { ServiceContext } from "../service-context.js";

/** Records in the order of the ids asked for; `"gone"` where the inventory says that there is none any more. */
export type ResourcesRead = readonly (Resource | "gone")[];

/** The resources as they are now, an answer for every id asked for; else `"unknown"`. Ids compare as NFC (T3). */
export async function readResources(context: ServiceContext, ids: readonly string[]): Promise<ResourcesRead | "unknown"> {
  const wanted = [...new Set(ids)];
  const asked = await withinTime(context.settings.portTimeoutMs, () => context.ports.inventory.resources(wanted));
  if (!asked.answered || !Array.isArray(asked.value)) return "unknown";
  const read = new Map<string, Resource | "gone">();
  for (const record of asked.value as readonly (Resource | { readonly id: string; readonly gone: true })[]) {
    const isGone = "gone" in record;
    if (!isGone && resourceFaults("resource", record).length > 0) return "unknown";
    read.set(normalText(record.id), isGone ? "gone" : record);
  }
  const found = ids.flatMap((id) => read.get(normalText(id)) ?? []);
  return found.length === ids.length ? found : "unknown";
}

/** The names that flows refer to, as they are now. */
export async function readCatalog(context: ServiceContext): Promise<Catalog | "unknown"> {
  const asked = await withinTime(context.settings.portTimeoutMs, () => context.ports.inventory.catalog());
  if (!asked.answered) return "unknown";
  const { catalog } = asked.value;
  return acceptCatalog("catalog", catalog).ok ? catalog : "unknown";
}
