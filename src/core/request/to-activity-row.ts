import { readList } from "../approval/event/read-list.js";
import { acceptCatalog, identityFaults, inputFaults, resourceFaults } from "../define/check-facts.js";
import { integrationNames } from "../evaluate/catalog-lookup.js";
import { errorOfFaults } from "../evaluate/error-of-faults.js";
import type { Catalog, CheckedCatalog } from "../facts/catalog.js";
import type { Identity } from "../facts/identity.js";
import type { Resource } from "../facts/resource.js";
import { deepFreeze } from "../kernel/deep-freeze.js";
import { isNonEmpty, type NonEmptyArray } from "../kernel/non-empty-array.js";
import { kindOf, valueAt } from "../kernel/read-json.js";
import type { Reason } from "../kernel/reason.js";
import { compareText, normalText } from "../kernel/text.js";
import type { Instant } from "../time/instant.js";
import { granteeOf } from "./event/who-may.js";
import { productStatusOf } from "./product-status.js";
import type { EntitlementReport, RequestState } from "./request-state.js";
import { requireRequest } from "./state/accept-request.js";

/** What a report knows beside the state; what it does not know leaves cells empty. */
export type ActivityFacts = {
  readonly identities: readonly Identity[];
  readonly resources: readonly Resource[];
  readonly catalog?: Catalog | undefined;
};

/** The columns of the report, in their order. */
export const activityColumns = [
  "request_id",
  "request_date",
  "request_grant_date",
  "request_revoke_date",
  "requestor_name",
  "requestor_email",
  "grantee_name",
  "grantee_id",
  "grantee_type",
  "integration",
  "resources",
  "resource_type",
  "permissions",
  "approver_names",
  "approver_emails",
  "approver_types",
  "justification",
  "status",
  "approver_reason",
  "resources_status",
  "trigger_type",
  "access_flow",
  "bundle_name",
  "extension_count",
] as const;

/** One request as a line of the activity report: every cell a text, unknown ones empty. */
export type ActivityRow = { readonly [Column in (typeof activityColumns)[number]]: string };

/**
 * A request as a row of the activity report, for administrators: approver reasons are in it.
 *
 * Dates are ISO 8601 in UTC; several values in a cell are joined by `; `, each once, sorted. The status is the
 * product's word (L9). Names and addresses come from `identities` and `resources`, and are empty where these do
 * not say; approver types are the positions of groups and tiers that a vote counted for.
 *
 * Throws AccessFlowError: `facts_invalid` for facts that are not of the stated shape; `state_foreign` or `state_newer` for what is no state of this library.
 *
 * @example
 * const flow = defineAccessFlow({
 *   name: "Everybody reads",
 *   trigger: "automatic",
 *   requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
 *   targets: [{ kind: "bundle", bundle: "reports" }],
 * });
 * const granted = grantRequest(flow, {
 *   id: "g1", grantee: { id: "ada" }, entitlements: [{ resource: "db-1", permission: "read" }], at: 0,
 * });
 * if (!granted.ok) throw new Error("refused");
 * const row = toActivityRow(granted.value.state, { identities: [{ id: "ada", name: "Ada" }], resources: [] });
 * [row.request_id, row.request_date, row.grantee_name, row.permissions, row.status, row.requestor_email];
 * // => ["g1", "1970-01-01T00:00:00.000Z", "Ada", "read", "APPROVED", ""]
 */
export function toActivityRow(state: RequestState, facts: ActivityFacts): ActivityRow {
  const { request, grant, status, approval, entitlementReports, lastAt } = requireRequest(state);
  const { identities, resources: inventory, catalog } = requireFacts(facts);
  const nameOf = integrationNames(catalog);
  const people = byId(identities);
  const person = (id: string): Identity | undefined => people.get(normalText(id));
  const { requestor, flow } = request;
  const grantee = granteeOf(request);
  const votes = approval?.votes ?? [];
  const asked = new Set(request.entitlements.map(({ resource }) => normalText(resource)));
  const resources = inventory.filter(({ id }) => asked.has(normalText(id)));
  const isTakenBack = status === "ended" || status === "revoked";
  return deepFreeze({
    request_id: request.id,
    request_date: printInstant(request.submittedAt),
    request_grant_date: printInstant(grant?.activatedAt ?? null),
    request_revoke_date: printInstant(isTakenBack ? lastAt : null),
    requestor_name: person(requestor.id)?.name ?? "",
    requestor_email: person(requestor.id)?.emails?.[0] ?? "",
    grantee_name: person(grantee.id)?.name ?? "",
    grantee_id: grantee.id,
    grantee_type: "user",
    integration: listed(resources.map((resource) => nameOf(resource) ?? resource.integration)),
    resources: listed(resources.map(({ name }) => name)),
    resource_type: listed(resources.map(({ type }) => type)),
    permissions: listed(request.entitlements.map(({ permission }) => permission)),
    approver_names: listed(votes.map(({ voter }) => person(voter)?.name ?? "")),
    approver_emails: listed(votes.map(({ voter }) => person(voter)?.emails?.[0] ?? "")),
    approver_types: listed(
      votes.flatMap(({ counts }) => counts.map(({ group, tier }) => (tier === null ? `group ${group + 1}` : `tier ${tier}`))),
    ),
    justification: request.justification ?? "",
    status: productStatusOf(status),
    approver_reason: listed(votes.flatMap(({ reason }) => reason ?? [])),
    resources_status: listed(entitlementReports.map((report) => reportOf(report))),
    trigger_type: flow.trigger === "automatic" ? "AUTOMATIC" : "SELF_SERVE",
    access_flow: flow.name,
    bundle_name: listed(flow.targets.flatMap((target) => (target.kind === "bundle" ? target.bundle : []))),
    extension_count: String(grant?.extensions ?? 0),
  });

  function reportOf({ entitlement, access }: EntitlementReport): string {
    const { resource = "", permission = "" } = request.entitlements[entitlement] ?? {};
    return `${resource} ${permission}: ${access}`;
  }
}

/** Facts of the stated shape, or the error that says what is wrong with them. */
function requireFacts(facts: unknown): {
  readonly identities: readonly Identity[];
  readonly resources: readonly Resource[];
  readonly catalog: CheckedCatalog;
} {
  const record = kindOf(facts) === "record" ? (facts as object) : {};
  const identities = readList<Identity>("identities", valueAt(record, "identities"), (each, position) =>
    identityFaults("identities", each, [position]),
  );
  const resources = readList<Resource>("resources", valueAt(record, "resources"), (each, position) =>
    resourceFaults("resources", each, [position]),
  );
  const catalog = acceptCatalog("catalog", valueAt(record, "catalog"));
  const faults = [
    inputFaults(facts, ["identities", "resources", "catalog"], "facts"),
    ...[identities, resources, catalog].map((read) => (read.ok ? [] : read.error)),
  ].flat();
  if (isNonEmpty(faults) || !identities.ok || !resources.ok || !catalog.ok) {
    throw errorOfFaults(faults as readonly Reason[] as NonEmptyArray<Reason>);
  }
  return { identities: identities.value, resources: resources.value, catalog: catalog.value };
}

/** Of two records of one id the first is read. */
function byId(identities: readonly Identity[]): ReadonlyMap<string, Identity> {
  const people = new Map<string, Identity>();
  for (const identity of identities) {
    const id = normalText(identity.id);
    if (!people.has(id)) people.set(id, identity);
  }
  return people;
}

function printInstant(at: Instant | null): string {
  return at === null ? "" : new Date(at).toISOString();
}

/** Each once, sorted: the order of facts does not show. */
function listed(values: readonly string[]): string {
  return [...new Set(values.filter((value) => value !== ""))].sort(compareText).join("; ");
}
