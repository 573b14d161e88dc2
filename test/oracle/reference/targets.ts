/* Chapter T, T1–T8. */
import { isDeepStrictEqual } from "node:util";
import type { Catalog, FilterDefinition, Permission, Resource, TargetDefinition } from "../../../src/index.js";
import { nfc, same } from "./conditions.js";
import { readQuery } from "./query.js";

type Facts = { readonly resources: readonly Resource[]; readonly catalog?: Catalog | undefined };
type Given = [Resource, string][];
type Named = { readonly id?: string | undefined; readonly name: string };

export const entitlementKey = (resource: string, permission: string): string => JSON.stringify([nfc(resource), nfc(permission)]);
export const nameOf = (permission: Permission): string => (typeof permission === "string" ? permission : permission.name);
/** T7: two records of one id that differ. */
export const clashes = (resource: Resource, all: readonly Resource[]): boolean =>
  all.some((other) => same(other.id, resource.id) && !isDeepStrictEqual(other, resource));
/** T6: of two permissions with one name the first counts. */
export const offered = ({ permissions = [] }: Resource): Permission[] =>
  permissions.filter((one, index) => permissions.findIndex((other) => same(nameOf(other), nameOf(one))) === index);

/** Which entitlements, each with the positions of the targets that give it, and what is reported. */
export function resolve(targets: readonly TargetDefinition[], facts: Facts): { given: Map<string, Set<number>>; codes: Set<string> } {
  const codes = new Set(facts.resources.some((resource) => clashes(resource, facts.resources)) ? ["resource_clash"] : []);
  const given = new Map<string, Set<number>>();
  const pairs = targets.map((target) => givenBy(target, facts, codes).map(([{ id }, permission]) => entitlementKey(id, permission)));
  for (const key of pairs.flat()) given.set(key, new Set([...targets.keys()].filter((position) => pairs[position]?.includes(key))));
  return { given, codes };
}

function givenBy(target: TargetDefinition, facts: Facts, codes: Set<string>): Given {
  const { resources, catalog = {} } = facts;
  const usable = resources.filter((one) => !clashes(one, resources) && (one.status ?? "active") === "active");
  if (target.kind === "bundle") {
    const targets = lookUp(target.bundle, catalog.bundles, "bundle", codes)?.targets ?? [];
    if (targets.some(({ kind }) => kind === "bundle")) codes.add("bundle_nested");
    return targets.filter(({ kind }) => kind !== "bundle").flatMap((inner) => givenBy(inner, facts, codes));
  }
  const pairs = usable.flatMap((resource) => offered(resource).map((permission) => ({ resource, permission, catalog })));
  if (target.kind === "accessScope") {
    const scope = lookUp(target.accessScope, catalog.accessScopes, "access_scope", codes);
    const question = scope && readQuery(scope.query);
    if (question === null) codes.add("query_invalid");
    return pairs.filter((pair) => question?.(pair) === "holds").map(({ resource, permission }) => [resource, nameOf(permission)]);
  }
  // T1: an id goes first; without an entry the text is the resource's own `integration`.
  const entries = catalog.integrations ?? [];
  const named = entries.some(({ id }) => same(id, target.integration)) ? [] : entries.filter(({ name }) => same(name, target.integration));
  const known = [...entries.map(({ id }) => id), ...resources.map(({ integration }) => integration)];
  if (named.length > 1) codes.add("integration_ambiguous");
  if (named.length === 0 && !known.some((id) => same(id, target.integration))) codes.add("integration_unknown");
  const integration = named.length > 1 ? null : (named[0]?.id ?? target.integration);
  const { include, exclude } = target.resources === "any" || target.resources === undefined ? {} : target.resources;
  // T4: where nobody knows what is offered, what the target lists is given.
  const mayOffer = ({ permissions }: Resource, name: string) => permissions?.some((one) => same(nameOf(one), name)) ?? true;
  return usable
    .filter((one) => integration !== null && same(one.integration, integration) && same(one.type, target.resourceType))
    .filter((one) => include === undefined || include.some((filter) => picks(filter, one, false)))
    .filter((one) => !exclude?.some((filter) => picks(filter, one, true)))
    .flatMap((one) => target.permissions.filter((name) => mayOffer(one, name)).map((name): Given[number] => [one, name]));
}

/** T5: an id wins over a name; none or two give nothing. */
function lookUp<T extends Named>(text: string, entries: readonly T[] = [], kind: string, codes: Set<string>): T | undefined {
  const byId = entries.filter(({ id }) => id !== undefined && same(id, text));
  const [found, ...others] = byId.length > 0 ? byId : entries.filter(({ name }) => same(name, text));
  if (found !== undefined && others.length === 0) return found;
  codes.add(found === undefined ? `${kind}_unknown` : `${kind}_ambiguous`);
  return undefined;
}

/** T2, T3. */
function picks(filter: FilterDefinition, resource: Resource, whenUnknown: boolean): boolean {
  const listed = (text: string) => filter.values.some((value) => same(value, text));
  if (filter.by !== "tag") return listed(resource[filter.by]);
  if (resource.tags === undefined) return whenUnknown;
  return Object.entries(resource.tags).some(([key, value]) => same(key, filter.key) && listed(value));
}
