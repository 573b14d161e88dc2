import type { CheckedCatalog } from "../facts/catalog.js";
import type { Resource } from "../facts/resource.js";
import type { IntegrationTarget, Target } from "../flow/target.js";
import type { Path } from "../kernel/path.js";
import { type Reason, reason } from "../kernel/reason.js";
import { normalText } from "../kernel/text.js";
import { compileQuery, type IntegrationName, type QueryTest } from "../query/compile-query.js";
import { parseQuery } from "../query/parse-query.js";
import type { Query } from "../query/query.js";
import { findEntry, integrationNames } from "./catalog-lookup.js";
import { compileSelection, type NormalSelection, normalSelection, type ResourceTest } from "./resource-selection.js";

/** Where a target stands among the flow's: what a bundle holds stands where the bundle does. */
type Place = { readonly position: number; readonly path: Path };

export type PlannedIntegration = Place & {
  /** As the flow writes them, under their normal text. */
  readonly permissions: ReadonlyMap<string, string>;
  readonly selection: NormalSelection;
  readonly picks: ResourceTest;
};

export type PlannedScope = Place & {
  readonly selects: QueryTest;
  /** Whether the query asks for a tag of the resource. */
  readonly asksTags: boolean;
};

/** A flow's targets with every reference followed, ready to be put to resources. */
export type TargetPlan = {
  /** By normal text of integration, then of type; in the order of the flow. */
  readonly integrations: ReadonlyMap<string, ReadonlyMap<string, readonly PlannedIntegration[]>>;
  readonly scopes: readonly PlannedScope[];
  /** References that give nothing (T5). */
  readonly reasons: readonly Reason[];
  /** Integrations the catalogue does not list: some resource should know them (T5). */
  readonly unlisted: readonly (Place & { readonly name: string })[];
};

/** Follows the references of targets and prepares their selections and queries (T1, T5). */
export function planTargets(targets: readonly Target[], catalog: CheckedCatalog): TargetPlan {
  const integrations = new Map<string, Map<string, PlannedIntegration[]>>();
  const scopes: PlannedScope[] = [];
  const reasons: Reason[] = [];
  const unlisted: (Place & { readonly name: string })[] = [];
  const nameOf: IntegrationName = integrationNames(catalog);

  targets.forEach((target, position) => {
    const place = { position, path: Object.freeze(["targets", position]) };
    if (target.kind === "bundle") addBundle(target.bundle, place);
    else addMember(target, place);
  });
  return { integrations, scopes, reasons, unlisted };

  function addBundle(name: string, place: Place): void {
    const found = findEntry(catalog.bundles, name);
    if (found.outcome !== "found") {
      const code = found.outcome === "absent" ? "bundle_unknown" : "bundle_ambiguous";
      reasons.push(reason(code, "T5", place.path, { name }));
      return;
    }
    for (const member of found.entry.targets) {
      if (member.kind === "bundle") reasons.push(reason("bundle_nested", "T5", place.path, { name: member.bundle }));
      else addMember(member, place);
    }
  }

  function addMember(target: Exclude<Target, { readonly kind: "bundle" }>, place: Place): void {
    if (target.kind === "integration") addIntegration(target, place);
    else addScope(target.accessScope, place);
  }

  function addIntegration(target: IntegrationTarget, place: Place): void {
    const name = target.integration;
    const found = findEntry(catalog.integrations, name);
    if (found.outcome === "ambiguous") {
      reasons.push(reason("integration_ambiguous", "T5", place.path, { name }));
      return;
    }
    if (found.outcome === "absent") unlisted.push({ ...place, name });
    const integration = entryOf(integrations, normalText(found.outcome === "found" ? found.entry.id : name), () => new Map());
    const planned = entryOf(integration, normalText(target.resourceType), () => []);
    const selection = normalSelection(target.resources);
    planned.push({
      ...place,
      permissions: new Map(target.permissions.map((permission) => [normalText(permission), permission])),
      selection,
      picks: compileSelection(selection),
    });
  }

  function addScope(name: string, place: Place): void {
    const found = findEntry(catalog.accessScopes, name);
    if (found.outcome !== "found") {
      const code = found.outcome === "absent" ? "access_scope_unknown" : "access_scope_ambiguous";
      reasons.push(reason(code, "T5", place.path, { name }));
      return;
    }
    const parsed = parseQuery(found.entry.query);
    if (!parsed.ok) {
      const { line = 1, column = 1 } = parsed.error[0];
      reasons.push(reason("query_invalid", "T5", place.path, { name, line, column }));
      return;
    }
    scopes.push(planScope(parsed.value, nameOf, place));
  }
}

/** A plan of nothing but one query: an access scope that no catalogue holds yet. */
export function planQuery(query: Query, catalog: CheckedCatalog): TargetPlan {
  const place = { position: 0, path: Object.freeze(["targets", 0]) };
  return { integrations: new Map(), scopes: [planScope(query, integrationNames(catalog), place)], reasons: [], unlisted: [] };
}

function planScope(query: Query, nameOf: IntegrationName, place: Place): PlannedScope {
  return { ...place, selects: compileQuery(query, nameOf), asksTags: asksTags(query) };
}

/** The targets of kind `integration` that are about a resource's integration and type. */
export function integrationTargetsFor(plan: TargetPlan, resource: Resource): readonly PlannedIntegration[] {
  return plan.integrations.get(normalText(resource.integration))?.get(normalText(resource.type)) ?? [];
}

/** The value under a key, made where there is none yet. */
function entryOf<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function asksTags(query: Query): boolean {
  switch (query.kind) {
    case "or":
    case "and":
      return query.terms.some(asksTags);
    case "not":
      return asksTags(query.term);
    case "comparison":
      return query.field === "resource_tag";
  }
}
