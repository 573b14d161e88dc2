import type { AttributeCondition } from "../flow/condition.js";
import type { AttributeConditionDefinition, TargetDefinition } from "../flow/definition.js";
import type { Target } from "../flow/target.js";
import type { NonEmptyArray } from "../kernel/non-empty-array.js";

/** How an integration's owners are found (A8): whoever meets `attribute is <the resource's tag tagKey>`. */
export type OwnerMapping = { readonly tagKey: string; readonly attribute: string; readonly source?: string | undefined };

/** A system whose resources access is given to: flows name it by id or name (T1). */
export type Integration = {
  readonly id: string;
  readonly name: string;
  readonly ownerMapping?: OwnerMapping | undefined;
  /** Who owns a resource whose tag is known to be missing or empty, or where nothing is mapped (A8). */
  readonly owner?: AttributeConditionDefinition | undefined;
};

/** Targets under one name: integrations and access scopes, no other bundle (T5). */
export type Bundle = { readonly id?: string | undefined; readonly name: string; readonly targets: readonly TargetDefinition[] };

/** A saved query over the inventory (Q). */
export type AccessScope = { readonly id?: string | undefined; readonly name: string; readonly query: string };

/** The names that flows refer to, as the host keeps them. Plain JSON. */
export type Catalog = {
  readonly integrations?: readonly Integration[] | undefined;
  readonly bundles?: readonly Bundle[] | undefined;
  readonly accessScopes?: readonly AccessScope[] | undefined;
};

/** A catalogue in normal form: all lists there, targets and conditions with their defaults. Queries are text still. */
export type CheckedCatalog = {
  readonly integrations: readonly CheckedIntegration[];
  readonly bundles: readonly CheckedBundle[];
  readonly accessScopes: readonly AccessScope[];
};

export type CheckedIntegration = Omit<Integration, "owner"> & { readonly owner?: AttributeCondition | undefined };

export type CheckedBundle = Omit<Bundle, "targets"> & { readonly targets: NonEmptyArray<Target> };
