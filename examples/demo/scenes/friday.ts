import { evaluateRequestor, explain, parseQuery, resolveTargets, selectByQuery } from "accessflow";
import { named } from "../company.js";
import type { Portal } from "../portal.js";
import { counted, list } from "../words.js";

export function friday(portal: Portal): void {
  outage(portal);
  scopePreview(portal);
  inlinePolicy(portal);
  rejection(portal);
  withdrawal(portal);
}

function outage(portal: Portal): void {
  const at = "2026-03-06T09:00Z";
  portal.scene(
    "An outage opens nothing",
    "Okta does not answer. What is not known is not permitted, not even by a rule that says “is not”.",
  );
  const known = portal.company.person("tomas.ferreira");
  const { group: _, employment: __, ...attributes } = known.attributes ?? {};
  const decision = evaluateRequestor(portal.company.flow("staging-databases"), { requestor: { ...known, attributes }, at });
  portal.note(
    at,
    `${portal.company.nameOf("tomas.ferreira")}, eligible on Monday, without Okta's answer`,
    decision.outcome === "eligible" ? [] : explain(decision.reasons, { audience: "administrator" }),
  );
}

function scopePreview(portal: Portal): void {
  const at = "2026-03-06T10:00Z";
  portal.scene("What an access scope would give", "A query over the inventory, tried before anybody can ask for it.");
  const scope = named(
    "access scope",
    "risky in production",
    portal.company.catalog.accessScopes?.find(({ name }) => name === "risky in production"),
  );
  const query = parseQuery(scope.query);
  if (!query.ok) throw new Error(query.error[0].message);
  const rows = selectByQuery(query.value, portal.company.resources, portal.company.catalog);
  const selected = new Set(rows.map((row) => row.resource));
  const integrations = (portal.company.catalog.integrations ?? []).map(({ id, name }) => {
    const names = portal.company.resources
      .filter((resource) => resource.integration === id && selected.has(resource.id))
      .map((resource) => resource.name);
    return names.length === 0 ? `${name}: nothing` : `${name}: ${counted(names.length, "resource")} – ${list(names, 3)}`;
  });
  portal.note(at, `\`${scope.name}\` selects ${counted(rows.length, "entitlement")}`, [
    ...scope.query.split("\n").map((line) => line.trim()),
    ...integrations,
  ]);
  const mistaken = parseQuery('resource_tag["env"] = "production" and resource_risk = "3"');
  portal.note(at, "a slip in another query is caught before it is saved", mistaken.ok ? [] : mistaken.error.map((issue) => issue.message));
}

function inlinePolicy(portal: Portal): void {
  const at = "2026-03-06T11:00Z";
  const flow = portal.company.flow("archive-buckets");
  portal.scene("A list that outgrew its policy", "One bucket name more every month, and AWS limits the size of an inline policy.");
  const resolved = resolveTargets(flow, { resources: portal.company.resources, catalog: portal.company.catalog });
  portal.note(
    at,
    `\`${flow.name}\` gives ${counted(resolved.size, "entitlement")}, with a warning`,
    explain(resolved, { audience: "administrator" }),
  );
  const request = portal.ask("2026-03-06T11:10Z", {
    flow: "archive-buckets",
    requestor: "chidi.eze",
    permission: "read",
    resources: ["s3-ledger-backups-production"],
  });
  portal.vote("2026-03-06T11:30Z", request, "amara.okafor", "approve");
}

function rejection(portal: Portal): void {
  portal.scene("One no is enough", "The owner and Security, both; the first rejection decides.");
  const request = portal.ask("2026-03-06T14:00Z", {
    flow: "secrets-rotation",
    requestor: "oluwaseun.bello",
    permission: "rotate",
    resources: ["secret-payments-production"],
    justification: "due this quarter",
  });
  portal.vote("2026-03-06T14:10Z", request, "nadia.benali", "approve", "yes, please");
  portal.vote("2026-03-06T14:25Z", request, "sunita.sharma", "reject", "not before the audit is over");
  portal.vote("2026-03-06T14:30Z", request, "amara.okafor", "approve", "fine by me");
  portal.explain("2026-03-06T14:31Z", request, "what the requestor reads", "requestor");
  portal.explain("2026-03-06T14:31Z", request, "what an approver reads", "approver");
}

function withdrawal(portal: Portal): void {
  portal.scene("Taken back", "Whoever asked may take the request back while it is undecided.");
  const request = portal.ask("2026-03-06T15:00Z", {
    flow: "buckets-by-owner",
    requestor: "liam.oconnor",
    permission: "read",
    resources: ["s3-analytics-data-production"],
    justification: "comparing forecasts",
  });
  portal.withdraw("2026-03-06T15:20Z", request, "liam.oconnor");
}
