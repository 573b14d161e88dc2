import type { Catalog } from "../core/facts/catalog.js";
import type { Resource } from "../core/facts/resource.js";
import type { Page } from "./page.js";

/** Knows the resources. A rejected promise means *unknown*, never *none*. */
export interface ResourceInventory {
  catalog(): Promise<{ readonly catalog: Catalog; readonly version: string }>;
  /** Answers for every id asked, `gone: true` included; absent `tags` are unknown. */
  resources(ids: readonly string[]): Promise<readonly (Resource | { readonly id: string; readonly gone: true })[]>;
  /** Which resources a target may mean: too many are harmless, too few are not. */
  search(selector: ResourceSelector, after: string | null): Promise<Page<Resource>>;
}

export type ResourceSelector =
  | { readonly integration: string; readonly resourceType: string; readonly names: readonly string[] | null }
  | "everything";
