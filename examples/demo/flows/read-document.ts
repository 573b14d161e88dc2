import { type AccessFlow, type Catalog, checkAccessFlow, type Issue } from "accessflow";
import { fromApono } from "accessflow/apono";
import { type Fields, isFields, readBundle, readCatalogue } from "./read-catalogue.js";

/** One file's JSON, understood as far as it can be. */
export type Document = {
  readonly what: "access flow" | "bundle" | "access scope" | "catalogue";
  readonly written: "accessflow" | "published";
  readonly name: string | null;
  readonly issues: readonly Issue[];
  readonly notes: readonly string[];
  readonly flow: AccessFlow | null;
  /** What the file adds to the catalogue. */
  readonly catalog: Catalog;
};

/** Keys that only the published format has. */
const publishedKeys = [
  "access_targets",
  "integration_targets",
  "bundle_targets",
  "access_scope_targets",
  "approver_policy",
  "approver_groups",
  "request_for",
  "grantees_conditions_group",
  "grant_duration_in_min",
  "revoke_after_in_sec",
  "escalation_policy",
  "timeframe",
];

export function readDocument(json: unknown): Document {
  const fields: Fields = isFields(json) ? json : {};
  const has = (key: string): boolean => Object.hasOwn(fields, key);
  if (publishedKeys.some(has) || isPublishedTrigger(fields)) return readPublished(json, fields);
  if (has("query") && !has("requestors")) return readPublished(json, fields);
  if (["integrations", "bundles", "accessScopes"].some(has)) return { ...empty(fields), what: "catalogue", ...readCatalogue(fields) };
  if (has("targets") && !has("requestors") && !has("format")) return { ...empty(fields), what: "bundle", ...readBundle(fields) };
  const checked = checkAccessFlow(json);
  if (!checked.ok) return { ...empty(fields), issues: checked.error };
  return { ...empty(fields), name: checked.value.name, flow: checked.value };
}

function readPublished(json: unknown, fields: Fields): Document {
  const what = Object.hasOwn(fields, "query") ? "access scope" : Object.hasOwn(fields, "requestors") ? "access flow" : "bundle";
  const read = fromApono(json);
  if (!read.ok) return { ...empty(fields), what, written: "published", issues: read.error };
  const imported = read.value;
  const notes = imported.notes.map((note) => note.message);
  switch (imported.kind) {
    case "flow":
      return { ...empty(fields), written: "published", notes, name: imported.flow.name, flow: imported.flow };
    case "bundle":
      return { ...empty(fields), what: "bundle", written: "published", notes, catalog: { bundles: [imported.bundle] } };
    case "accessScope":
      return { ...empty(fields), what: "access scope", written: "published", notes, catalog: { accessScopes: [imported.accessScope] } };
  }
}

function empty(fields: Fields): Document {
  const name = typeof fields["name"] === "string" ? fields["name"] : null;
  return { what: "access flow", written: "accessflow", name, issues: [], notes: [], flow: null, catalog: {} };
}

function isPublishedTrigger({ trigger }: Fields): boolean {
  return trigger === "SELF_SERVE" || trigger === "AUTOMATIC" || isFields(trigger);
}
