import type { NonEmptyArray } from "../kernel/non-empty-array.js";

/** Picks resources by name, id or tag (T1); its values are alternatives. */
export type Filter =
  | { readonly by: "name" | "id"; readonly values: NonEmptyArray<string> }
  | { readonly by: "tag"; readonly key: string; readonly values: NonEmptyArray<string> };

/** Every resource, or those an `include` filter matches and no `exclude` filter does (T2). */
export type ResourceSelection =
  | "any"
  | { readonly include?: NonEmptyArray<Filter> | undefined; readonly exclude?: NonEmptyArray<Filter> | undefined };

/** Permissions on resources of one integration and type. */
export type IntegrationTarget = {
  readonly kind: "integration";
  /** An id, or a name the catalogue turns into one. */
  readonly integration: string;
  readonly resourceType: string;
  readonly permissions: NonEmptyArray<string>;
  readonly resources: ResourceSelection;
};

/** What can be asked for ("For what"). */
export type Target =
  | IntegrationTarget
  | { readonly kind: "bundle"; readonly bundle: string }
  | { readonly kind: "accessScope"; readonly accessScope: string };
