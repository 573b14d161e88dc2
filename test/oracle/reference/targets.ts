/* Chapter T, T1–T8. */
import { isDeepStrictEqual } from "node:util";
import type { Catalog } from "../../../src/core/facts/catalog.js";
import type { Permission, Resource } from "../../../src/core/facts/resource.js";
import type { FilterDefinition, TargetDefinition } from "../../../src/core/flow/definition.js";
import { nfc } from "./conditions.js";
import { readQuery } from "./query.js";

type Resolved = { given: Map<string, Set<number>>; codes: Set<string> };
type Named = { readonly id?: string | undefined; readonly name: string };

export const same = (left: string, right: string): boolean => nfc(left) === nfc(right);
export const entitlementKey = (resource: string, permission: string): string => JSON.stringify([nfc(resource), nfc(permission)]);

/** Which entitlements, and the positions of the targets that give each. */
export function resolve(targets: readonly TargetDefinition[], resources: readonly Resource[], catalog: Catalog | undefined): Resolved {
  const given = new Map<string, Set<number>>();
  const codes = new Set<string>();
  const unclear = (resource: Resource) => resources.some((other) => same(other.id, resource.id) && !isDeepStrictEqual(other, resource));
  if (resources.some(unclear)) codes.add("resource_clash");
  const usable = resources.filter((resource) => !unclear(resource) && (resource.status ?? "active") === "active");
  for (const [position, target] of targets.entries()) {
    for (const { resource, permission } of pairsOf(target, usable, resources, catalog, codes)) {
      const key = entitlementKey(resource.id, permission);
      given.set(key, (given.get(key) ?? new Set()).add(position));
    }
  }
  return { given, codes };
}

type Pairs = { resource: Resource; permission: string }[];

function pairsOf(
  target: TargetDefinition,
  usable: readonly Resource[],
  everything: readonly Resource[],
  catalog: Catalog | undefined,
  codes: Set<string>,
): Pairs {
  if (target.kind === "bundle") {
    const bundle = lookUp(target.bundle, catalog?.bundles ?? [], "bundle", codes);
    return (bundle?.targets ?? []).flatMap((inner) => {
      if (inner.kind !== "bundle") return pairsOf(inner, usable, everything, catalog, codes);
      codes.add("bundle_nested");
      return [];
    });
  }
  if (target.kind === "accessScope") {
    const scope = lookUp(target.accessScope, catalog?.accessScopes ?? [], "access_scope", codes);
    if (scope === null) return [];
    const question = readQuery(scope.query);
    if (question === null) codes.add("query_invalid");
    return usable.flatMap((resource) =>
      offered(resource)
        .filter((permission) => question?.({ resource, permission, catalog }) === "holds")
        .map((permission) => ({ resource, permission: nameOf(permission) })),
    );
  }
  const integration = integrationOf(target.integration, everything, catalog, codes);
  const selection = target.resources ?? "any";
  return usable
    .filter((resource) => integration !== null && same(resource.integration, integration) && same(resource.type, target.resourceType))
    .filter(
      (resource) =>
        selection === "any" || selection.include === undefined || selection.include.some((filter) => picks(filter, resource, false)),
    )
    .filter((resource) => selection === "any" || !selection.exclude?.some((filter) => picks(filter, resource, true)))
    .flatMap((resource) =>
      target.permissions
        .filter((permission) => resource.permissions === undefined || offered(resource).some((one) => same(nameOf(one), permission)))
        .map((permission) => ({ resource, permission })),
    );
}

/** T5: an id wins over a name; none or two give nothing. */
function lookUp<Entry extends Named>(text: string, entries: readonly Entry[], kind: string, codes: Set<string>): Entry | null {
  const byId = entries.filter(({ id }) => id !== undefined && same(id, text));
  const found = byId.length > 0 ? byId : entries.filter(({ name }) => same(name, text));
  if (found.length !== 1) codes.add(found.length === 0 ? `${kind}_unknown` : `${kind}_ambiguous`);
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** T1: the id that the text means; without an entry, the text itself. */
function integrationOf(text: string, resources: readonly Resource[], catalog: Catalog | undefined, codes: Set<string>): string | null {
  const entries = catalog?.integrations ?? [];
  if (entries.some(({ id }) => same(id, text))) return text;
  const named = entries.filter(({ name }) => same(name, text));
  if (named.length > 1) codes.add("integration_ambiguous");
  if (named.length === 0 && !resources.some(({ integration }) => same(integration, text))) codes.add("integration_unknown");
  return named.length > 1 ? null : (named[0]?.id ?? text);
}

function picks(filter: FilterDefinition, resource: Resource, whenUnknown: boolean): boolean {
  const listed = (text: string) => filter.values.some((value) => same(value, text));
  if (filter.by !== "tag") return listed(filter.by === "id" ? resource.id : resource.name);
  if (resource.tags === undefined) return whenUnknown;
  return Object.entries(resource.tags).some(([key, value]) => same(key, filter.key) && listed(value));
}

const nameOf = (permission: Permission): string => (typeof permission === "string" ? permission : permission.name);

/** T6: of two permissions with one name the first counts. */
function offered(resource: Resource): Permission[] {
  const list = resource.permissions ?? [];
  return list.filter((permission, index) => list.findIndex((other) => same(nameOf(other), nameOf(permission))) === index);
}
