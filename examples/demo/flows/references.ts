import type { Catalog, TargetDefinition } from "accessflow";
import type { Document } from "./read-document.js";

/** Bundles and access scopes that a file names and the folder does not have: such a target gives nothing. */
export function missingReferences(document: Document, catalog: Catalog): string[] {
  const targets: readonly TargetDefinition[] = document.flow?.targets ?? (document.issues.length > 0 ? [] : bundleTargets(document));
  return targets.flatMap((target) => {
    switch (target.kind) {
      case "integration":
        return [];
      case "bundle":
        return known(catalog.bundles, target.bundle)
          ? []
          : [`the bundle \`${target.bundle}\` is not in this folder: until it is, that target gives nothing`];
      case "accessScope":
        return known(catalog.accessScopes, target.accessScope)
          ? []
          : [`the access scope \`${target.accessScope}\` is not in this folder: until it is, that target gives nothing`];
      default:
        return [];
    }
  });
}

function bundleTargets({ catalog }: Document): readonly TargetDefinition[] {
  return (catalog.bundles ?? []).flatMap((bundle) => bundle.targets);
}

function known(entries: readonly { readonly id?: string | undefined; readonly name: string }[] | undefined, reference: string): boolean {
  return (entries ?? []).some((entry) => entry.id === reference || entry.name === reference);
}
