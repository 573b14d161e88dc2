import { acceptCatalog, resourceFaults } from "../define/check-facts.js";
import type { Catalog } from "../facts/catalog.js";
import type { Permission, Resource } from "../facts/resource.js";
import { isNonEmpty } from "../kernel/non-empty-array.js";
import { type Reason, reason } from "../kernel/reason.js";
import { normalText } from "../kernel/text.js";
import type { Truth } from "../kernel/truth.js";
import { compileQuery, type PermissionRecord } from "../query/compile-query.js";
import type { Query } from "../query/query.js";
import { requireQuery } from "../query/require-query.js";
import { integrationNames } from "./catalog-lookup.js";
import { errorOfFaults } from "./error-of-faults.js";
import { offeredPermissions } from "./resource-permissions.js";

/**
 * Whether a query selects one pair of resource and permission (Q5, Q6). Only `"holds"` selects; `"unknown"`
 * says that a field is lacking which could decide.
 *
 * `permission` is a record, or a name: then the resource's own record of that name is used, and where it lists
 * none, a permission of which nothing but the name is known. Whether the resource offers it, and is active, is
 * not asked. `query` is a tree or its text. Without `catalog`, `integration_name` is unknown.
 *
 * Throws `AccessFlowError`: with the issues of a text that does not parse, and `facts_invalid` for any other
 * argument of the wrong shape.
 *
 * @example
 * const database = { id: "db-1", name: "ledger", type: "database", integration: "pg", tags: { env: "prod" } };
 * matchQuery('resource_tag["env"] = "prod" and permission in ("read", "list")', database, "read");
 * // => "holds"
 * matchQuery('resource_tag["env"] != "prod"', database, "read");
 * // => "fails"
 * matchQuery('not resource_tag["team"] = "core"', database, "read");
 * // => "unknown"
 */
export function matchQuery(query: Query | string, resource: Resource, permission: Permission, catalog?: Catalog): Truth {
  const usable = requireQuery(query);
  const checked = acceptCatalog("catalog", catalog);
  const faults: Reason[] = [...resourceFaults("resource", resource), ...permissionFaults(permission), ...(checked.ok ? [] : checked.error)];
  if (isNonEmpty(faults)) throw errorOfFaults(faults);
  return checked.ok ? compileQuery(usable, integrationNames(checked.value))(resource, recordOf(resource, permission)) : "unknown";
}

/** A permission is checked where its shape is known: in the list of a resource. */
function permissionFaults(permission: unknown): readonly Reason[] {
  const holder = { id: "resource", name: "", type: "", integration: "", permissions: [permission] };
  return resourceFaults("permission", holder).length === 0 ? [] : [reason("facts_invalid", "C4", [], { argument: "permission", at: [] })];
}

function recordOf(resource: Resource, permission: Permission): PermissionRecord {
  if (typeof permission !== "string") return permission;
  return offeredPermissions(resource)?.byName.get(normalText(permission)) ?? { name: permission };
}
