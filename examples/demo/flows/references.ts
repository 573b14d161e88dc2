import type { Catalog, TargetDefinition } from "accessflow";
import type { Document } from "./read-document.js";

/** Bundles and access scopes that a file names and the folder has not, or has twice: such a target gives nothing. */
export function missingReferences(document: Document, catalog: Catalog): string[] {
  const targets: readonly TargetDefinition[] = document.flow?.targets ?? (document.issues.length > 0 ? [] : bundleTargets(document));
  return targets.flatMap((target) => {
    switch (target.kind) {
      case "integration":
        return [];
      case "bundle":
        return whatIsWrong("bundle", catalog.bundles, target.bundle);
      case "accessScope":
        return whatIsWrong("access scope", catalog.accessScopes, target.accessScope);
      default:
        return [];
    }
  });
}

function bundleTargets({ catalog }: Document): readonly TargetDefinition[] {
  return (catalog.bundles ?? []).flatMap((bundle) => bundle.targets);
}

type Entry = { readonly id?: string | undefined; readonly name: string };

/** An id wins over a name, and what names two entries names none. */
function whatIsWrong(what: string, entries: readonly Entry[] = [], reference: string): string[] {
  const byId = entries.filter(({ id }) => id === reference);
  const named = byId.length > 0 ? byId : entries.filter(({ name }) => name === reference);
  if (named.length === 1) return [];
  return named.length === 0
    ? [`the ${what} \`${reference}\` is not in this folder: until it is, that target gives nothing`]
    : [`the ${what} \`${reference}\` is ${named.length} times in this folder: until it is there once, that target gives nothing`];
}
