import { acceptFlow } from "../define/accept.js";
import { acceptCatalog, inputFaults } from "../define/check-facts.js";
import type { Catalog } from "../facts/catalog.js";
import type { Resource } from "../facts/resource.js";
import type { AccessFlow } from "../flow/access-flow.js";
import { deepFreeze } from "../kernel/deep-freeze.js";
import { kindOf, valueAt } from "../kernel/read-json.js";
import { type Reason, reason } from "../kernel/reason.js";
import { normalText } from "../kernel/text.js";
import { awsWarnings } from "./aws-policy.js";
import { grantsOf } from "./grants-of.js";
import { readInventory } from "./resource-inventory.js";
import { planTargets, type TargetPlan } from "./target-plan.js";
import { sortReasons } from "./target-reasons.js";
import type { TargetGrant } from "./target-rows.js";

/** The inventory a flow is resolved on, and the names flows refer to. */
export type TargetInput = {
  /** Read once, to its end. */
  readonly resources: Iterable<Resource>;
  /** Absent: nothing is named, and integrations are compared as written (T1). */
  readonly catalog?: Catalog | undefined;
};

/** What a flow gives on an inventory, and whatever kept it from giving more. Plain, deep-frozen JSON. */
export type ResolvedTargets = {
  readonly kind: "resolvedTargets";
  /** How many entitlements: pairs of resource and permission. */
  readonly size: number;
  /** Faults of the arguments first, then by position of the target, code and resource; none twice. */
  readonly reasons: readonly Reason[];
  /** Sorted by integration, type, permission and targets. */
  readonly grants: readonly TargetGrant[];
};

/**
 * What a flow gives on an inventory: every entitlement once, with the targets that give it (T1–T7).
 *
 * The answer does not depend on the order of resources or catalogue. `reasons` says what gave nothing and
 * why – references, clashing or inactive resources, permissions that are not offered –, which facts were
 * unknown and therefore closed (`tags_unknown`), and warns about AWS policies (T9); so there may be reasons
 * beside grants. Whether the flow is active, and who may ask for it, is not looked at.
 *
 * Never throws for bad input. A flow, an input or a catalogue of the wrong shape, an unknown key, or
 * resources that cannot be iterated to their end: no grants, and a `facts_invalid` for each fault. A single
 * resource of the wrong shape gives nothing and is reported (`at` begins with its place in the inventory);
 * the others are resolved, but for one that bears the same id.
 *
 * @example
 * const flow = defineAccessFlow({
 *   name: "Read the ledgers",
 *   requestors: { conditions: [{ attribute: "group", values: ["finance"] }] },
 *   targets: [{ kind: "integration", integration: "pg", resourceType: "database", permissions: ["read"],
 *     resources: { include: [{ by: "tag", key: "team", values: ["finance"] }] } }],
 * });
 * resolveTargets(flow, { resources: [
 *   { id: "db-2", name: "ledger 2026", type: "database", integration: "pg", tags: { team: "finance" }, permissions: ["read", "write"] },
 *   { id: "db-1", name: "ledger 2025", type: "database", integration: "pg", tags: { team: "finance" }, permissions: ["read"] },
 *   { id: "db-3", name: "ledger 2024", type: "database", integration: "pg", permissions: ["read"] },
 * ] });
 * // => { kind: "resolvedTargets", size: 2,
 * //      reasons: [{ code: "tags_unknown", rule: "T3", path: ["targets", 0], resource: "db-3" }],
 * //      grants: [{ integration: "pg", resourceType: "database", permission: "read", resources: ["db-1", "db-2"], targets: [0] }] }
 */
export function resolveTargets(flow: AccessFlow, input: TargetInput): ResolvedTargets {
  const accepted = acceptFlow(flow);
  const record = kindOf(input) === "record" ? input : {};
  const catalog = acceptCatalog("catalog", valueAt(record, "catalog"));
  const inventory = readInventory("resources", valueAt(record, "resources"));
  const faults = [
    ...(accepted.ok ? [] : accepted.error),
    ...inputFaults(input, ["resources", "catalog"]),
    ...(catalog.ok ? [] : catalog.error),
    ...inventory.faults,
  ];
  const wellFormed = faults.length === inventory.faults.length && inventory.readable;
  if (!accepted.ok || !catalog.ok || !wellFormed) return resolved(faults, [], []);
  const plan = planTargets(accepted.value.targets, catalog.value);
  const { grants, reasons } = grantsOf(plan, inventory.resources);
  const warnings = awsWarnings(accepted.value.targets, catalog.value);
  const about = inventoryReasons(plan, inventory.clashes.keys(), (name) => inventory.integrations.has(name));
  return resolved(faults, [...warnings, ...about, ...reasons], grants);
}

/** The answer, in its order. The lists of ids may be frozen before: then they are not walked through. */
export function resolved(faults: readonly Reason[], reasons: readonly Reason[], grants: readonly TargetGrant[]): ResolvedTargets {
  const size = grants.reduce((sum, grant) => sum + grant.resources.length, 0);
  return deepFreeze({ kind: "resolvedTargets", size, reasons: [...faults, ...sortReasons(reasons)], grants });
}

/** What is said about the inventory as a whole: its clashes, and the integrations that no resource knows. */
export function inventoryReasons(
  plan: TargetPlan,
  clashes: Iterable<string>,
  isKnown: (integration: string) => boolean,
): readonly Reason[] {
  const clashing = [...clashes].map((resource) => reason("resource_clash", "T7", Object.freeze([]), { resource }));
  const unknown = plan.unlisted
    .filter(({ name }) => !isKnown(normalText(name)))
    .map(({ name, path }) => reason("integration_unknown", "T5", path, { name }));
  return [...plan.reasons, ...clashing, ...unknown];
}
