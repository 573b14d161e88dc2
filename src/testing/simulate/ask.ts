import { checkAccessFlow } from "../../core/define/check-access-flow.js";
import { entitlementsOf } from "../../core/evaluate/entitlements-of.js";
import { resolveTargets } from "../../core/evaluate/resolve-targets.js";
import type { Entitlement, Resource } from "../../core/facts/resource.js";
import type { AccessFlow } from "../../core/flow/access-flow.js";
import { errorOfIssues } from "../../core/kernel/access-flow-error.js";
import type { RequestInput } from "../../core/request/request-input.js";
import type { Scenario } from "./scenario.js";
import { identityOf, type World } from "./world.js";

export function requireFlow(flow: unknown): AccessFlow {
  const checked = checkAccessFlow(flow);
  if (checked.ok) return checked.value;
  throw errorOfIssues("not an access flow definition:", checked.error);
}

/** The resources of a scenario; without any, one that the flow's first target picks. */
export function resourcesOf(flow: AccessFlow, { resources }: Scenario): readonly Resource[] {
  if (resources !== undefined) return resources;
  const target = flow.targets.find((each) => each.kind === "integration");
  if (target === undefined) return [];
  const { integration, resourceType, permissions, resources: selection } = target;
  const named = selection === "any" ? undefined : selection.include?.find((filter) => filter.by !== "tag")?.values[0];
  const tag = selection === "any" ? undefined : selection.include?.find((filter) => filter.by === "tag");
  const tags = tag?.by === "tag" ? { [tag.key]: tag.values[0] ?? "" } : {};
  const name = named ?? "example";
  return [{ id: name, name, type: resourceType, integration, tags, permissions }];
}

/** What is asked for; where the scenario does not say, the first entitlement that the flow gives. */
function entitlementsFor(flow: AccessFlow, scenario: Scenario, { resources, catalog }: World): readonly Entitlement[] {
  if (scenario.request.entitlements !== undefined) return scenario.request.entitlements;
  const given = entitlementsOf(resolveTargets(flow, catalog === undefined ? { resources } : { resources, catalog }));
  for (const entitlement of given) return [entitlement];
  return [];
}

/** The submission of a scenario. */
export function submissionOf(flow: AccessFlow, scenario: Scenario, world: World): RequestInput {
  const { request } = scenario;
  return {
    id: "simulated",
    requestor: identityOf(world, request.requestor),
    grantee: request.grantee === undefined ? undefined : identityOf(world, request.grantee),
    entitlements: entitlementsFor(flow, scenario, world),
    resources: world.resources,
    catalog: world.catalog,
    requestedDuration: request.requestedDuration,
    startAt: request.startAt,
    justification: request.justification,
    mfa: request.mfa,
    at: scenario.at,
    zones: scenario.zones,
  };
}
