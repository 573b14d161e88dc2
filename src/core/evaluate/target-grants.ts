import type { Resource } from "../facts/resource.js";
import { type Reason, reason } from "../kernel/reason.js";
import { type OfferedPermissions, offeredPermissions } from "./resource-permissions.js";
import { integrationTargetsFor, type PlannedIntegration, type PlannedScope, type TargetPlan } from "./target-plan.js";

/** A permission that targets give on one resource: its name, and the positions of those targets. */
export type GivenPermission = { readonly name: string; readonly targets: ReadonlySet<number> };

type Given = Map<string, { readonly name: string; readonly targets: Set<number> }>;

type Report = (reason: Reason) => void;

/**
 * What a flow gives on one resource, under the normal text of the permissions' names (T6): the one place
 * where it is decided, for the whole inventory and for a single question alike (T8).
 */
export function givenOn(plan: TargetPlan, resource: Resource, report: Report): ReadonlyMap<string, GivenPermission> {
  if (resource.status === undefined || resource.status === "active") return collect(plan, resource, report);
  const wouldBeGiven = collect(plan, resource, () => {});
  if (wouldBeGiven.size > 0) report(reason("resource_not_active", "T7", Object.freeze([]), { resource: resource.id }));
  return new Map();
}

function collect(plan: TargetPlan, resource: Resource, report: Report): Given {
  const given: Given = new Map();
  const targets = integrationTargetsFor(plan, resource);
  if (targets.length === 0 && plan.scopes.length === 0) return given;
  const offered = offeredPermissions(resource);
  for (const permission of offered?.clashes ?? []) {
    report(reason("permission_clash", "T6", Object.freeze([]), { resource: resource.id, permission }));
  }
  for (const target of targets) addIntegration(given, target, resource, offered, report);
  for (const scope of plan.scopes) addScope(given, scope, resource, offered, report);
  return given;
}

function addIntegration(
  given: Given,
  { path, picks, permissions, position }: PlannedIntegration,
  resource: Resource,
  offered: OfferedPermissions | null,
  report: Report,
): void {
  const picked = picks(resource);
  if (picked === "unknown") report(reason("tags_unknown", "T3", path, { resource: resource.id }));
  if (picked !== "holds") return;
  if (offered === null) report(reason("permissions_unknown", "T4", path, { resource: resource.id }));
  for (const [key, written] of permissions) {
    const name = offered === null ? written : offered.byName.get(key)?.name;
    if (name !== undefined) add(given, key, name, position);
    else report(reason("permission_not_offered", "T4", path, { resource: resource.id, permission: written }));
  }
}

function addScope(
  given: Given,
  { path, selects, asksTags, position }: PlannedScope,
  resource: Resource,
  offered: OfferedPermissions | null,
  report: Report,
): void {
  let unknown = false;
  if (offered === null) {
    // What it offers is unknown, and a query selects pairs: it selects nothing here (T4).
    const answer = selects(resource, null);
    if (answer === "fails") return;
    report(reason("permissions_unknown", "T4", path, { resource: resource.id }));
    unknown = answer === "unknown";
  } else {
    for (const [key, permission] of offered.byName) {
      const answer = selects(resource, permission);
      if (answer === "holds") add(given, key, permission.name, position);
      if (answer === "unknown") unknown = true;
    }
  }
  if (unknown && asksTags && resource.tags === undefined) report(reason("tags_unknown", "T3", path, { resource: resource.id }));
}

function add(given: Given, key: string, name: string, position: number): void {
  const known = given.get(key);
  if (known === undefined) given.set(key, { name, targets: new Set([position]) });
  else known.targets.add(position);
}
