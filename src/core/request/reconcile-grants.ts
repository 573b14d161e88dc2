import { readList } from "../approval/event/read-list.js";
import { acceptFlow } from "../define/accept.js";
import { acceptCatalog, identityFaults, inputFaults, resourceFaults } from "../define/check-facts.js";
import { resolveTargets } from "../evaluate/resolve-targets.js";
import type { Catalog } from "../facts/catalog.js";
import type { Identity } from "../facts/identity.js";
import type { Resource } from "../facts/resource.js";
import type { AccessFlow } from "../flow/access-flow.js";
import { deepFreeze } from "../kernel/deep-freeze.js";
import { isNonEmpty } from "../kernel/non-empty-array.js";
import { kindOf, valueAt } from "../kernel/read-json.js";
import { type Reason, reason } from "../kernel/reason.js";
import { type InstantInput, toInstant } from "../time/instant.js";
import type { CurrentGrant, GrantPlan } from "./grant-plan.js";
import { planGrants } from "./reconcile/plan-grants.js";
import { readEntitlements } from "./submission/read-entitlements.js";

/** Who there is, what stands, and what can be given. */
export type ReconcileInput = {
  readonly identities: readonly Identity[];
  readonly current: readonly CurrentGrant[];
  readonly resources: readonly Resource[];
  readonly catalog?: Catalog | undefined;
  readonly at: InstantInput;
  /** How many grants one run may end: a whole number from 0. Absent: the larger of 10 and a fifth of `current` (M3). */
  readonly maxEnds?: number | undefined;
};

/**
 * What an automatic flow would begin and end now (M1–M3): a grant for who meets its conditions and has none, the end
 * of the grants of who is known to meet them no more or to be inactive, or whose entitlement the flow is known to
 * give no more. The rest is kept.
 *
 * Unknown facts begin nothing and end nothing: whom they are about is listed as undetermined, with the reasons,
 * and so is a holder who is not among `identities`, since a page may have been cut off. The plan does not depend
 * on the order of its inputs; applied, and computed again, it is empty (M2). A flow that is switched off begins
 * nothing. More ends than `maxEnds` halt the run: nothing is ended.
 *
 * Bad input gets an empty plan whose `reasons` say what is wrong: `facts_invalid` (for a flow that people ask for
 * themselves, too, at its `trigger`), `instant_invalid`.
 *
 * @example
 * const flow = defineAccessFlow({
 *   name: "Everybody reads",
 *   trigger: "automatic",
 *   requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
 *   targets: [{ kind: "integration", integration: "pg", resourceType: "database", permissions: ["read"] }],
 * });
 * const entitlement = { resource: "db-1", permission: "read" };
 * const plan = reconcileGrants(flow, {
 *   identities: [{ id: "ada", attributes: { group: ["staff"] } }, { id: "bob", attributes: { group: [] } }, { id: "cy" }],
 *   current: [{ grantee: "bob", entitlement, request: "g7" }],
 *   resources: [{ id: "db-1", name: "reports", type: "database", integration: "pg", tags: {}, permissions: ["read"] }],
 *   at: 0,
 * });
 * [plan.grants, plan.ends.map(({ request }) => request), plan.undetermined.map(({ grantee }) => grantee)];
 * // => [[{ grantee: "ada", entitlements: [{ resource: "db-1", permission: "read" }] }], ["g7"], ["cy"]]
 */
export function reconcileGrants(flow: AccessFlow, input: ReconcileInput): GrantPlan {
  const accepted = acceptFlow(flow);
  const record = kindOf(input) === "record" ? input : ({} as object);
  const read = (key: string): unknown => valueAt(record, key);
  const identities = readList<Identity>("identities", read("identities"), (each, position) =>
    identityFaults("identities", each, [position]),
  );
  const current = readList<CurrentGrant>("current", read("current"), currentFaults);
  const resources = readList<Resource>("resources", read("resources"), (each, position) => resourceFaults("resources", each, [position]));
  const catalog = acceptCatalog("catalog", read("catalog"));
  const maxEnds = read("maxEnds");
  const isLimit = maxEnds === undefined || (typeof maxEnds === "number" && Number.isSafeInteger(maxEnds) && maxEnds >= 0);
  const faults: readonly Reason[] = [
    ...(accepted.ok ? automaticFaults(accepted.value) : accepted.error),
    ...inputFaults(input, ["identities", "current", "resources", "catalog", "at", "maxEnds"]),
    ...(identities.ok ? [] : identities.error),
    ...(current.ok ? [] : current.error),
    ...(resources.ok ? [] : resources.error),
    ...(catalog.ok ? [] : catalog.error),
    ...(toInstant(read("at")) === null ? [reason("instant_invalid", "S8", [], { argument: "at" })] : []),
    ...(isLimit ? [] : [reason("facts_invalid", "M3", [], { argument: "maxEnds", at: [] })]),
  ];
  if (isNonEmpty(faults) || !accepted.ok || !identities.ok || !current.ok || !resources.ok || !catalog.ok) return nothingPlanned(faults);
  const resolved = resolveTargets(accepted.value, { resources: resources.value, catalog: catalog.value });
  // Given a number it was checked.
  const limit = (maxEnds as number | undefined) ?? Math.max(10, Math.floor(current.value.length / 5));
  return deepFreeze(
    planGrants(accepted.value, { identities: identities.value, current: current.value, resources: resources.value, resolved }, limit),
  );
}

function nothingPlanned(reasons: readonly Reason[]): GrantPlan {
  return deepFreeze({ kind: "grantPlan", grants: [], ends: [], keeps: [], undetermined: [], halted: false, reasons, notices: [] });
}

function automaticFaults(flow: AccessFlow): readonly Reason[] {
  return flow.trigger === "automatic" ? [] : [reason("facts_invalid", "M1", ["trigger"], { argument: "flow", at: ["trigger"] })];
}

function currentFaults(grant: unknown, position: number): readonly Reason[] {
  const known = ["grantee", "entitlement", "request"];
  if (inputFaults(grant, known).length > 0) return [invalid(position)];
  // A record with no other keys than these.
  const [grantee, entitlement, request] = known.map((key) => valueAt(grant as object, key));
  return [
    ...(typeof grantee === "string" && grantee !== "" ? [] : [invalid(position, "grantee")]),
    ...(readEntitlements([entitlement]).ok ? [] : [invalid(position, "entitlement")]),
    ...(typeof request === "string" && request !== "" ? [] : [invalid(position, "request")]),
  ];
}

function invalid(...at: (string | number)[]): Reason {
  return reason("facts_invalid", "C4", [], { argument: "current", at });
}
