import { entitlementsOf } from "../../evaluate/entitlements-of.js";
import { judgeConditions } from "../../evaluate/judge-conditions.js";
import type { ResolvedTargets } from "../../evaluate/resolve-targets.js";
import type { Identity } from "../../facts/identity.js";
import type { Entitlement, Resource } from "../../facts/resource.js";
import type { AccessFlow } from "../../flow/access-flow.js";
import { isNonEmpty, type NonEmptyArray } from "../../kernel/non-empty-array.js";
import { type Reason, type ReasonCode, reason } from "../../kernel/reason.js";
import { compareText, normalText } from "../../kernel/text.js";
import type { CurrentGrant, GrantPlan } from "../grant-plan.js";
import { entitlementKey } from "../submission/read-entitlements.js";

/** What a plan is made from. */
export type Holdings = {
  readonly identities: readonly Identity[];
  readonly current: readonly CurrentGrant[];
  readonly resources: readonly Resource[];
  readonly resolved: ResolvedTargets;
};

/** Whether somebody is to hold what the flow gives, and why not or why nobody knows. */
type Standing = { readonly truth: "holds" | "fails" | "unknown"; readonly reasons: readonly Reason[] };

/** References that give nothing: what they would give is not known to be taken away. */
const references: readonly ReasonCode[] = [
  ...(["bundle_unknown", "bundle_ambiguous", "bundle_nested", "access_scope_unknown", "access_scope_ambiguous"] as const),
  ...(["query_invalid", "integration_unknown", "integration_ambiguous"] as const),
];

/** A plan's entries hold no more than a request may ask for (D4). */
const entitlementLimit = 1_000;

export function planGrants(flow: AccessFlow, holdings: Holdings, maxEnds: number): GrantPlan {
  const { current, resolved } = holdings;
  const wanted = [...entitlementsOf(resolved)];
  const standings = standingsOf(flow, holdings.identities);
  const coverage = coverageJudge(wanted, holdings);
  const judged = [...current].sort(byGrant).map((grant) => ({ grant, ...judgeGrant(grant, standings, coverage) }));
  const ends = judged.flatMap(({ grant, truth, reasons }) => (truth === "fails" && isNonEmpty(reasons) ? [{ ...grant, reasons }] : []));
  const halted = ends.length > maxEnds;
  const begins = flow.active ? grantsFor(wanted, standings, current) : [];
  return {
    kind: "grantPlan",
    grants: begins,
    ends: halted ? [] : ends,
    keeps: judged.flatMap(({ grant, truth }) => (truth === "fails" && !halted ? [] : [grant])),
    undetermined: undeterminedOf(standings, judged),
    halted,
    reasons: halted ? [reason("run_halted", "M3", [], { ends: ends.length, limit: maxEnds })] : [],
    notices: [...(flow.active ? [] : [reason("flow_inactive", "R2", ["active"])]), ...resolved.reasons],
  };
}

/** By normal text of the id. Two records of one person that do not agree leave open which of them is right; known inactive is known. */
function standingsOf(flow: AccessFlow, identities: readonly Identity[]): ReadonlyMap<string, Standing & { readonly id: string }> {
  const standings = new Map<string, Standing & { readonly id: string }>();
  for (const identity of [...identities].sort((left, right) => compareText(left.id, right.id))) {
    const key = normalText(identity.id);
    const standing = standingOf(flow, identity);
    const known = standings.get(key);
    standings.set(key, { id: known?.id ?? identity.id, ...(known === undefined ? standing : joined(known, standing)) });
  }
  return standings;
}

function standingOf(flow: AccessFlow, identity: Identity): Standing {
  if (identity.active === false) return { truth: "fails", reasons: [reason("grantee_inactive", "C9", [])] };
  const { truth, reasons } = judgeConditions(flow.requestors, identity, "grantee", ["requestors"]);
  return { truth, reasons };
}

function joined(left: Standing, right: Standing): Standing {
  const inactive = [left, right].find(({ reasons }) => reasons.some(({ code }) => code === "grantee_inactive"));
  if (inactive !== undefined) return inactive;
  // In an order that is not the order in which the records came.
  const reasons = new Map([...left.reasons, ...right.reasons].map((each) => [JSON.stringify(each), each]));
  const sorted = [...reasons].sort(([one], [other]) => compareText(one, other)).map(([, each]) => each);
  return { truth: left.truth === right.truth ? left.truth : "unknown", reasons: sorted };
}

/** Whether the flow still gives an entitlement: known only where the resource and all references are known (M1). */
function coverageJudge(wanted: readonly Entitlement[], { resources, resolved }: Holdings): (entitlement: Entitlement) => Standing {
  const given = new Set(wanted.map(entitlementKey));
  const known = new Map(resources.map((resource) => [normalText(resource.id), resource]));
  const clashes = new Set(resolved.reasons.flatMap((each) => (each.code === "resource_clash" ? [normalText(each.resource)] : [])));
  const broken = resolved.reasons.filter(({ code }) => references.includes(code));
  return (entitlement) => {
    if (given.has(entitlementKey(entitlement))) return { truth: "holds", reasons: [] };
    const id = normalText(entitlement.resource);
    const resource = known.get(id);
    if (resource === undefined) return unclear(reason("resource_unknown", "L1", [], { resource: entitlement.resource }));
    if (clashes.has(id)) return unclear(reason("resource_clash", "T7", [], { resource: entitlement.resource }));
    if (broken.length > 0) return unclear(...broken);
    if (resource.tags === undefined) return unclear(reason("tags_unknown", "T3", [], { resource: resource.id }));
    if (resource.permissions === undefined) return unclear(reason("permissions_unknown", "T4", [], { resource: resource.id }));
    return { truth: "fails", reasons: [reason("not_covered", "T8", ["targets"], entitlement)] };
  };
}

function unclear(...reasons: readonly Reason[]): Standing {
  return { truth: "unknown", reasons };
}

/** A grant ends where its holder or its entitlement is known to fail; a missing holder may be on a page that was cut off (M3). */
function judgeGrant(
  { grantee, entitlement }: CurrentGrant,
  standings: ReadonlyMap<string, Standing>,
  coverage: (entitlement: Entitlement) => Standing,
): Standing {
  const holder = standings.get(normalText(grantee));
  if (holder === undefined) return unclear(reason("undetermined", "M3", [], { grantee }));
  const covered = coverage(entitlement);
  const failing = [holder, covered].filter(({ truth }) => truth === "fails");
  if (failing.length > 0) return { truth: "fails", reasons: failing.flatMap(({ reasons }) => reasons) };
  const unknown = [holder, covered].filter(({ truth }) => truth === "unknown");
  return unknown.length > 0 ? unclear(...unknown.flatMap(({ reasons }) => reasons)) : { truth: "holds", reasons: [] };
}

/** For everybody who is known to meet the conditions: what they do not hold yet. */
function grantsFor(
  wanted: readonly Entitlement[],
  standings: ReadonlyMap<string, Standing & { readonly id: string }>,
  current: readonly CurrentGrant[],
): GrantPlan["grants"] {
  const held = new Map<string, Set<string>>();
  for (const { grantee, entitlement } of current) {
    const key = normalText(grantee);
    held.set(key, (held.get(key) ?? new Set()).add(entitlementKey(entitlement)));
  }
  return [...standings]
    .filter(([, { truth }]) => truth === "holds")
    .flatMap(([key, { id }]) => {
      const missing = wanted.filter((entitlement) => held.get(key)?.has(entitlementKey(entitlement)) !== true);
      return chunks(missing).map((entitlements) => ({ grantee: id, entitlements }));
    });
}

function chunks(entitlements: readonly Entitlement[]): readonly NonEmptyArray<Entitlement>[] {
  const parts = Array.from({ length: Math.ceil(entitlements.length / entitlementLimit) }, (_, part) =>
    entitlements.slice(part * entitlementLimit, (part + 1) * entitlementLimit),
  );
  return parts.flatMap((part) => (isNonEmpty(part) ? [part] : []));
}

/** Everybody about whom, or about whose grants, something is not known; each once. */
function undeterminedOf(
  standings: ReadonlyMap<string, Standing & { readonly id: string }>,
  judged: readonly (Standing & { readonly grant: CurrentGrant })[],
): GrantPlan["undetermined"] {
  const found = new Map<string, { readonly grantee: string; readonly reasons: Map<string, Reason> }>();
  const add = (grantee: string, reasons: readonly Reason[]): void => {
    const key = normalText(grantee);
    const entry = found.get(key) ?? { grantee, reasons: new Map() };
    for (const each of reasons) entry.reasons.set(JSON.stringify(each), each);
    found.set(key, entry);
  };
  for (const { id, truth, reasons } of standings.values()) if (truth === "unknown") add(id, reasons);
  for (const { grant, truth, reasons } of judged) if (truth === "unknown") add(grant.grantee, reasons);
  return (
    [...found.values()]
      .sort((left, right) => compareText(left.grantee, right.grantee))
      // What is unknown has a reason.
      .map(({ grantee, reasons }) => ({ grantee, reasons: [...reasons.values()] as readonly Reason[] as NonEmptyArray<Reason> }))
  );
}

function byGrant(left: CurrentGrant, right: CurrentGrant): number {
  return compareText(grantKey(left), grantKey(right));
}

function grantKey({ grantee, entitlement, request }: CurrentGrant): string {
  return JSON.stringify([grantee, entitlementKey(entitlement), request]);
}
