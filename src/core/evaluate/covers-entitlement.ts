import { acceptFlow } from "../define/accept.js";
import { acceptCatalog, resourceFaults } from "../define/check-facts.js";
import type { Catalog } from "../facts/catalog.js";
import type { Resource } from "../facts/resource.js";
import type { AccessFlow } from "../flow/access-flow.js";
import { isNonEmpty } from "../kernel/non-empty-array.js";
import { type Reason, reason } from "../kernel/reason.js";
import { normalText } from "../kernel/text.js";
import { errorOfFaults } from "./error-of-faults.js";
import { givenOn } from "./target-grants.js";
import { planTargets } from "./target-plan.js";

/**
 * Whether a flow gives a permission, by name, on a resource: whether `resolveTargets` on an inventory with
 * this record holds that entitlement (T8). Only this one resource is looked at.
 *
 * What is unknown gives nothing, as there; a bare `false` cannot say why, `resolveTargets` on `[resource]` can.
 * Throws `AccessFlowError` (`facts_invalid`) for a flow, a resource, a permission or a catalogue of the wrong
 * shape, and for unknown keys.
 *
 * @example
 * const flow = defineAccessFlow({
 *   name: "Read the ledgers",
 *   requestors: { conditions: [{ attribute: "group", values: ["finance"] }] },
 *   targets: [{ kind: "integration", integration: "pg", resourceType: "database", permissions: ["read"],
 *     resources: { exclude: [{ by: "tag", key: "env", values: ["prod"] }] } }],
 * });
 * const ledger = { id: "db-1", name: "ledger", type: "database", integration: "pg", permissions: ["read", "write"] };
 * coversEntitlement(flow, { ...ledger, tags: { env: "test" } }, "read");
 * // => true
 * coversEntitlement(flow, { ...ledger, tags: { env: "test" } }, "write");
 * // => false
 * coversEntitlement(flow, ledger, "read"); // its tags are unknown: it may be `prod`
 * // => false
 */
export function coversEntitlement(flow: AccessFlow, resource: Resource, permission: string, catalog?: Catalog): boolean {
  const accepted = acceptFlow(flow);
  const checked = acceptCatalog("catalog", catalog);
  const faults: Reason[] = [
    ...(accepted.ok ? [] : accepted.error),
    ...resourceFaults("resource", resource),
    ...(typeof permission === "string" ? [] : [reason("facts_invalid", "C4", [], { argument: "permission", at: [] })]),
    ...(checked.ok ? [] : checked.error),
  ];
  if (isNonEmpty(faults)) throw errorOfFaults(faults);
  // Only for the compiler: what was refused has thrown.
  if (!accepted.ok || !checked.ok) return false;
  const given = givenOn(planTargets(accepted.value.targets, checked.value), resource, () => {});
  return given.has(normalText(permission));
}
