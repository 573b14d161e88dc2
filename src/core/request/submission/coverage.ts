import { entitlementsOf } from "../../evaluate/entitlements-of.js";
import { resolveTargets } from "../../evaluate/resolve-targets.js";
import type { Entitlement, Resource } from "../../facts/resource.js";
import { type Reason, type ReasonCode, reason } from "../../kernel/reason.js";
import { normalText } from "../../kernel/text.js";
import { entitlementKey } from "./read-entitlements.js";
import type { Submission } from "./read-submission.js";

/** Whether the flow gives everything that is asked for (T8), and the records of the resources that are meant. */
export type Coverage = {
  readonly reasons: readonly Reason[];
  readonly notices: readonly Reason[];
  readonly resources: readonly Resource[];
};

/** Said of what is asked for, whatever it comes to. */
const warnings: readonly ReasonCode[] = [
  "tags_unknown",
  "permissions_unknown",
  "permission_clash",
  "aws_many_resources",
  "aws_policy_size",
];

export function coverageOf({ flow, entitlements, resources, catalog }: Submission): Coverage {
  if (entitlements.length === 0) return { reasons: [reason("nothing_asked", "L1", [])], notices: [], resources: [] };
  const asked = new Set(entitlements.map(({ resource }) => normalText(resource)));
  const named = resources.filter(({ id }) => asked.has(normalText(id)));
  const known = new Set(named.map(({ id }) => normalText(id)));
  const missing = [...asked].filter((id) => !known.has(id)).map((resource) => reason("resource_unknown", "L1", [], { resource }));
  // The rest of the inventory is not here, so what is said about integrations nobody knows is not meant.
  const resolved = resolveTargets(flow, { resources: named, catalog });
  const given = new Set([...entitlementsOf(resolved)].map(entitlementKey));
  const lacking = entitlements.filter((each) => known.has(normalText(each.resource)) && !given.has(entitlementKey(each)));
  const said = resolved.reasons.filter(({ code }) => code !== "integration_unknown");
  const isCause = lacking.length === 0 ? () => false : causeOf(lacking);
  const reasons = [...missing, ...lacking.map((each) => reason("not_covered", "T8", ["targets"], each)), ...said.filter(isCause)];
  // A reference that gives nothing is worth knowing; what a resource does not offer, and nobody asks for, is not.
  const notices = said.filter((each) => !isCause(each) && each.code !== "permission_not_offered");
  return { reasons, notices, resources: named };
}

/** Why something is not given: a reference that gives nothing, or what is said about the very resource. */
function causeOf(lacking: readonly Entitlement[]): (said: Reason) => boolean {
  const keys = new Set(lacking.map(entitlementKey));
  const resources = new Set(lacking.map(({ resource }) => normalText(resource)));
  return (said) => {
    if (said.code === "permission_not_offered") return keys.has(entitlementKey(said));
    if ("resource" in said && said.resource !== null) return resources.has(normalText(said.resource ?? ""));
    return !warnings.includes(said.code);
  };
}
