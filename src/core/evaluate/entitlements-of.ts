import type { Entitlement } from "../facts/resource.js";
import { accessFlowError } from "../kernel/access-flow-error.js";
import { copyList } from "../kernel/copy-list.js";
import { kindOf, valueAt } from "../kernel/read-json.js";
import type { ResolvedTargets } from "./resolve-targets.js";
import type { TargetGrant } from "./target-rows.js";

/**
 * The entitlements of resolved targets, one after the other, in the order of the rows and of the ids in them
 * (T6). They are made as they are asked for; asking again starts from the beginning.
 *
 * Takes what `resolveTargets` gave, stored and read back maybe. Throws `AccessFlowError` (`facts_invalid`) at
 * once for anything else.
 *
 * @example
 * const flow = defineAccessFlow({
 *   name: "Ledgers",
 *   requestors: { conditions: [{ attribute: "group", values: ["finance"] }] },
 *   targets: [{ kind: "integration", integration: "pg", resourceType: "database", permissions: ["read"] }],
 * });
 * const ledgers = ["db-2", "db-1"].map((id) => ({ id, name: id, type: "database", integration: "pg" }));
 * [...entitlementsOf(resolveTargets(flow, { resources: ledgers }))];
 * // => [{ resource: "db-1", permission: "read" }, { resource: "db-2", permission: "read" }]
 */
export function entitlementsOf(resolved: ResolvedTargets): Iterable<Entitlement> {
  const rows = rowsOf(resolved);
  if (rows === null) throw accessFlowError("facts_invalid", "resolved is not what `resolveTargets` gives");
  return Object.freeze({ [Symbol.iterator]: () => entitlementsIn(rows) });
}

/** What of a row makes entitlements: a copy, so that what was checked is what is given. */
type Row = Pick<TargetGrant, "permission" | "resources">;

function* entitlementsIn(rows: readonly Row[]): Iterator<Entitlement> {
  for (const { resources, permission } of rows) {
    for (const resource of resources) yield Object.freeze({ resource, permission });
  }
}

function rowsOf(value: unknown): readonly Row[] | null {
  if (kindOf(value) !== "record" || valueAt(value as object, "kind") !== "resolvedTargets") return null;
  return copyList(valueAt(value as object, "grants"), rowOf);
}

function rowOf(value: unknown): Row | null {
  if (kindOf(value) !== "record") return null;
  const permission = valueAt(value as object, "permission");
  const resources = copyList(valueAt(value as object, "resources"), (id) => (typeof id === "string" ? id : null));
  return typeof permission === "string" && resources !== null ? { permission, resources } : null;
}
