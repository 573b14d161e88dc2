import type { Resource } from "../facts/resource.js";
import { normalText } from "../kernel/text.js";
import type { PermissionRecord } from "../query/compile-query.js";

export type OfferedPermissions = {
  /** Under the normal text of their names, in the resource's own order. */
  readonly byName: ReadonlyMap<string, PermissionRecord>;
  /** Names that stand there twice: the first counts (T6). */
  readonly clashes: readonly string[];
};

/** What a resource offers, or null where that is unknown (T4). */
export function offeredPermissions(resource: Resource): OfferedPermissions | null {
  if (resource.permissions === undefined) return null;
  const byName = new Map<string, PermissionRecord>();
  const clashes = new Set<string>();
  for (const permission of resource.permissions) {
    const record = typeof permission === "string" ? { name: permission } : permission;
    const name = normalText(record.name);
    if (byName.has(name)) clashes.add(name);
    else byName.set(name, record);
  }
  return { byName, clashes: [...clashes] };
}
