import type { Permission, Resource } from "../facts/resource.js";
import { type OfferedPermissions, offeredPermissions } from "./resource-permissions.js";

/** What resources have in common that offer the same permissions: whatever a target gives on one, it gives on all it picks. */
export type ResourceClass = {
  /** As the resources write them. */
  readonly integration: string;
  readonly resourceType: string;
  readonly offered: OfferedPermissions | null;
};

/** The classes of resources that were seen. */
export type Classes = {
  /** The place of a resource's class in `list`, where it stands from then on. */
  readonly numberOf: (resource: Resource) => number;
  readonly list: readonly ResourceClass[];
};

type Permissions = readonly Permission[] | undefined;

/** Most inventories know a handful of classes, and resources that stand side by side mostly are of one. */
export function startClasses(): Classes {
  const list: ResourceClass[] = [];
  const numbers = new Map<string, number>();
  let number = 0;
  let last: Resource | null = null;

  function numberOf(resource: Resource): number {
    if (last !== null && areOfOneClass(last, resource)) return number;
    const key = classKey(resource);
    number = numbers.get(key) ?? list.length;
    if (number === list.length) {
      numbers.set(key, number);
      list.push({ integration: resource.integration, resourceType: resource.type, offered: offeredPermissions(resource) });
    }
    last = resource;
    return number;
  }

  return { numberOf, list };
}

function areOfOneClass(one: Resource, other: Resource): boolean {
  return one.integration === other.integration && one.type === other.type && haveSameNames(one.permissions, other.permissions);
}

function haveSameNames(some: Permissions, others: Permissions): boolean {
  if (some === undefined || others === undefined) return some === others;
  if (some.length !== others.length) return false;
  for (let i = 0; i < some.length; i += 1) if (nameOf(some[i]) !== nameOf(others[i])) return false;
  return true;
}

/** Everything that a class is about, each text after its length: none can pass for two. */
function classKey({ integration, type, permissions }: Resource): string {
  let key = `${integration.length}:${integration}${type.length}:${type}`;
  if (permissions === undefined) return `${key}?`;
  for (const permission of permissions) {
    const name = nameOf(permission);
    key += `${name.length}:${name}`;
  }
  return key;
}

function nameOf(permission: Permission | undefined): string {
  return typeof permission === "object" ? permission.name : (permission ?? "");
}
