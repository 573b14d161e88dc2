import { type Reason, reason } from "../kernel/reason.js";
import type { ResourceClass } from "./resource-class.js";
import type { PlannedIntegration } from "./target-plan.js";

/** Resources of one class that the same targets pick: each gets the same. The targets stand in the order of the flow. */
export type GrantGroup = { readonly of: ResourceClass; readonly targets: readonly PlannedIntegration[] };

/** A permission that every resource of a group gets: its name, and the positions of the targets that give it, ascending. */
export type GroupGrant = { readonly permission: string; readonly targets: readonly number[] };

/** What every resource of a group gets: `givenOn` for all of them at once (T4, T6). */
export function grantsOfGroup({ of: { offered }, targets }: GrantGroup): readonly GroupGrant[] {
  const given = new Map<string, { readonly name: string; readonly targets: Set<number> }>();
  for (const { permissions, position } of targets) {
    for (const [key, written] of permissions) {
      const name = offered === null ? written : offered.byName.get(key)?.name;
      if (name === undefined) continue;
      const known = given.get(key);
      if (known === undefined) given.set(key, { name, targets: new Set([position]) });
      else known.targets.add(position);
    }
  }
  return [...given.values()].map(({ name, targets: from }) => ({
    permission: name,
    targets: Object.freeze([...from]),
  }));
}

/** What is worth saying about every resource of a group (T4). */
export function reasonsOfGroup({ of: { offered }, targets }: GrantGroup, ids: readonly string[]): readonly Reason[] {
  const reasons: Reason[] = [];
  for (const { path, permissions } of targets) {
    if (offered === null) for (const resource of ids) reasons.push(reason("permissions_unknown", "T4", path, { resource }));
    else {
      const lacking = [...permissions].filter(([key]) => !offered.byName.has(key));
      for (const [, permission] of lacking) {
        for (const resource of ids) reasons.push(reason("permission_not_offered", "T4", path, { resource, permission }));
      }
    }
  }
  return reasons;
}
