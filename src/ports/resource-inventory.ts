import type { Catalog } from "../core/facts/catalog.js";
import type { Resource } from "../core/facts/resource.js";
import type { Page } from "./page.js";

/** Knows the resources. A rejected promise means *unknown*, never *none*. */
export interface ResourceInventory {
  /** What names mean: integrations, bundles, access scopes. `version` changes when any of them does. */
  catalog(): Promise<{ readonly catalog: Catalog; readonly version: string }>;
  /** Answers for every id asked, `gone: true` included; absent `tags` are unknown. */
  resources(ids: readonly string[]): Promise<readonly (Resource | { readonly id: string; readonly gone: true })[]>;
  /** Which resources a target may mean: too many are harmless, too few are not. */
  search(selector: ResourceSelector, after: string | null): Promise<Page<Resource>>;
}

/** Resources of one type in one integration (by id or name), by name where `names` is given; or all there are. */
export type ResourceSelector =
  | { readonly integration: string; readonly resourceType: string; readonly names: readonly string[] | null }
  | "everything";
