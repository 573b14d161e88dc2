import type { AccessFlow } from "../core/flow/access-flow.js";
import type { Target } from "../core/flow/target.js";
import type { Path } from "../core/kernel/path.js";

/** Something that was carried over with a change: `path` points into the published document. */
export type Note = { readonly path: Path; readonly message: string };

/** What a published document says, in this library's definitions, and what changed on the way. Deep-frozen. */
export type Imported = ImportedFlow | ImportedBundle | ImportedAccessScope;

/** `flow` is in normal form. */
export type ImportedFlow = { readonly kind: "flow"; readonly flow: AccessFlow; readonly notes: readonly Note[] };

/** `bundle` fits `Catalog.bundles`. */
export type ImportedBundle = {
  readonly kind: "bundle";
  readonly bundle: { readonly id?: string; readonly name: string; readonly targets: readonly [Target, ...Target[]] };
  readonly notes: readonly Note[];
};

/** `accessScope` fits `Catalog.accessScopes`; its query has been read once (Q7). */
export type ImportedAccessScope = {
  readonly kind: "accessScope";
  readonly accessScope: { readonly id?: string; readonly name: string; readonly query: string };
  readonly notes: readonly Note[];
};
