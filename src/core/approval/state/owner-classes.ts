import { integrationOf } from "../../evaluate/catalog-lookup.js";
import type { CheckedCatalog } from "../../facts/catalog.js";
import type { Resource } from "../../facts/resource.js";
import type { Approval, ApproverGroup } from "../../flow/approval.js";
import type { AttributeCondition, Condition, RelationCondition } from "../../flow/condition.js";
import { type Reason, reason } from "../../kernel/reason.js";
import { compareText, normalText } from "../../kernel/text.js";
import type { OwnerClass } from "../approval-state.js";

/** Who owns what a request names: the distinct owners, and what there is to report about them (A8). */
export type Ownership = { readonly owners: readonly OwnerClass[]; readonly reports: readonly Reason[] };

export function isOwnerCondition(condition: Condition): condition is Extract<RelationCondition, { readonly relation: "owner" }> {
  return "relation" in condition && condition.relation === "owner";
}

/** Whether a group asks for the owner of a resource. */
export function asksForOwner(group: ApproverGroup): boolean {
  return group.conditions.some(isOwnerCondition);
}

/** All groups of an approval, tiers included. */
export function groupsOf(approval: Approval): readonly ApproverGroup[] {
  if (approval.kind === "automatic") return [];
  return [...approval.approverGroups, ...(approval.escalation?.tiers ?? [])];
}

/**
 * The owners of resources, equal ones together and sorted, so that the order of the resources does not show.
 * Empty where no owner is asked for.
 */
export function ownershipOf(approval: Approval, resources: readonly Resource[], catalog: CheckedCatalog): Ownership {
  if (!groupsOf(approval).some(asksForOwner)) return { owners: [], reports: [] };
  if (resources.length === 0) return { owners: [], reports: [reason("no_resource_named", "A8", ["approval"])] };
  const classes = new Map<string, OwnerClass>();
  const reports: Reason[] = [];
  for (const [id, owner] of [...ownerByResource(resources, catalog)].sort(([left], [right]) => compareText(left, right))) {
    if (owner === "nobody") reports.push(reason("no_owner", "A8", ["approval"], { resource: id }));
    if (owner === "unknown") reports.push(reason("owner_unknown", "A8", ["approval"], { resource: id }));
    const condition = typeof owner === "string" ? null : owner;
    const found = { owner: condition, unknown: owner === "unknown", resources: 1 };
    const key = ownerClassKey(found);
    classes.set(key, { ...found, resources: (classes.get(key)?.resources ?? 0) + 1 });
  }
  const sorted = [...classes].sort(([left], [right]) => compareText(left, right));
  return { owners: sorted.map(([, owner]) => owner), reports };
}

/** What tells the owners of a state apart, and sorts them. */
export function ownerClassKey({ owner, unknown }: OwnerClass): string {
  return JSON.stringify([owner, unknown]);
}

type Owner = AttributeCondition | "nobody" | "unknown";

function ownerKey(owner: Owner): string {
  return JSON.stringify(owner);
}

/** Two records of one resource that do not agree on its owner leave it unknown (T7). */
function ownerByResource(resources: readonly Resource[], catalog: CheckedCatalog): ReadonlyMap<string, Owner> {
  const owners = new Map<string, Owner>();
  for (const resource of resources) {
    const id = normalText(resource.id);
    const owner = ownerOf(resource, catalog);
    const known = owners.get(id);
    owners.set(id, known === undefined || ownerKey(known) === ownerKey(owner) ? owner : "unknown");
  }
  return owners;
}

function ownerOf(resource: Resource, catalog: CheckedCatalog): Owner {
  const integration = integrationOf(resource, catalog);
  if (integration === null) return "nobody";
  const fallback = integration.owner ?? "nobody";
  const mapping = integration.ownerMapping;
  if (mapping === undefined) return fallback;
  if (resource.tags === undefined) return "unknown";
  const values = valuesOfTag(resource.tags, mapping.tagKey);
  if (values.length > 1) return "unknown";
  const [value = ""] = values;
  if (value === "") return fallback;
  const condition = { attribute: mapping.attribute, operator: "is", values: [value] } as const;
  return mapping.source === undefined ? condition : { ...condition, source: mapping.source };
}

/** Keys compare on NFC text (T3), so that two of them may be one; it is harmless where their values are equal. */
function valuesOfTag(tags: NonNullable<Resource["tags"]>, key: string): readonly string[] {
  const wanted = normalText(key);
  const keys = Object.keys(tags).filter((written) => normalText(written) === wanted);
  return [...new Set(keys.map((written) => normalText(tags[written] ?? "")))];
}
