import { acceptCatalog } from "../define/check-facts.js";
import type { Catalog } from "../facts/catalog.js";
import type { Entitlement, Resource } from "../facts/resource.js";
import { deepFreeze } from "../kernel/deep-freeze.js";
import { isNonEmpty } from "../kernel/non-empty-array.js";
import type { Reason } from "../kernel/reason.js";
import { compareText } from "../kernel/text.js";
import type { Query } from "../query/query.js";
import { requireQuery } from "../query/require-query.js";
import { errorOfFaults } from "./error-of-faults.js";
import { readInventory } from "./resource-inventory.js";
import { givenOn } from "./target-grants.js";
import { planQuery } from "./target-plan.js";

/**
 * The preview of an access scope: exactly what a flow with that scope as its only target would give on these
 * resources, sorted by resource and permission (T4, T6, T7, Q6).
 *
 * So resources that are not active, ids that clash and resources whose list of permissions is unknown give
 * nothing, and what a query does not know, it does not select. Why, `resolveTargets` says. `query` is a tree
 * or its text.
 *
 * Throws `AccessFlowError`: with the issues of a text that does not parse, and `facts_invalid` for any other
 * argument of the wrong shape, a single resource included: a list has no room to say that it was left out.
 *
 * @example
 * selectByQuery('resource_risk_level = "3" and permission != "admin"', [
 *   { id: "db-2", name: "wages", type: "database", integration: "pg", riskLevel: "3", permissions: ["read", "admin"] },
 *   { id: "db-1", name: "ledger", type: "database", integration: "pg", riskLevel: "3", permissions: ["write", "read"] },
 *   { id: "db-3", name: "menu", type: "database", integration: "pg", permissions: ["read"] },
 * ]);
 * // => [{ resource: "db-1", permission: "read" }, { resource: "db-1", permission: "write" }, { resource: "db-2", permission: "read" }]
 */
export function selectByQuery(query: Query | string, resources: Iterable<Resource>, catalog?: Catalog): readonly Entitlement[] {
  const usable = requireQuery(query);
  const checked = acceptCatalog("catalog", catalog);
  const inventory = readInventory("resources", resources);
  const faults: Reason[] = [...inventory.faults, ...(checked.ok ? [] : checked.error)];
  if (isNonEmpty(faults)) throw errorOfFaults(faults);
  // Only for the compiler: what was refused has thrown.
  if (!checked.ok) return [];
  const plan = planQuery(usable, checked.value);
  const rows: Entitlement[] = [];
  for (const resource of inventory.resources) {
    for (const { name } of givenOn(plan, resource, () => {}).values()) rows.push({ resource: resource.id, permission: name });
  }
  rows.sort((left, right) => compareText(left.resource, right.resource) || compareText(left.permission, right.permission));
  return deepFreeze(rows);
}
