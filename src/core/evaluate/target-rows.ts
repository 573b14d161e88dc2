import type { Resource } from "../facts/resource.js";
import type { Reason } from "../kernel/reason.js";
import { compareText } from "../kernel/text.js";
import { type GivenPermission, givenOn } from "./target-grants.js";
import type { TargetPlan } from "./target-plan.js";

/** Entitlements reached through the same targets: one permission on every resource listed (T6). */
export type TargetGrant = {
  /** Its id. */
  readonly integration: string;
  readonly resourceType: string;
  /** Its name. */
  readonly permission: string;
  /** Ids, sorted. */
  readonly resources: readonly string[];
  /** Positions in the flow's `targets`, ascending; what a bundle gives counts for the bundle. */
  readonly targets: readonly number[];
};

type Row = TargetGrant & { readonly resources: string[] };

/** What a plan gives on resources, in sorted rows, and what is worth saying about it: any plan, a resource at a time. */
export function grantsOfEach(
  plan: TargetPlan,
  resources: readonly Resource[],
): { readonly grants: readonly TargetGrant[]; readonly reasons: readonly Reason[] } {
  const rows = new Map<string, Row>();
  const reasons: Reason[] = [];
  for (const resource of resources) {
    for (const given of givenOn(plan, resource, (each) => reasons.push(each)).values()) addToRow(rows, resource, given);
  }
  const grants = [...rows.values()].sort(compareRows);
  for (const grant of grants) grant.resources.sort(compareText);
  return { grants, reasons };
}

/** One row holds what has the same integration, type, permission and origins (T6). */
function addToRow(rows: Map<string, Row>, { id, integration, type: resourceType }: Resource, given: GivenPermission): void {
  const permission = given.name;
  const targets = [...given.targets].sort((left, right) => left - right);
  const key = JSON.stringify([integration, resourceType, permission, targets]);
  const row = rows.get(key);
  if (row === undefined) rows.set(key, { integration, resourceType, permission, resources: [id], targets });
  else row.resources.push(id);
}

export function compareRows(left: TargetGrant, right: TargetGrant): number {
  return (
    compareText(left.integration, right.integration) ||
    compareText(left.resourceType, right.resourceType) ||
    compareText(left.permission, right.permission) ||
    compareNumbers(left.targets, right.targets)
  );
}

function compareNumbers(left: readonly number[], right: readonly number[]): number {
  const different = left.findIndex((number, index) => number !== right[index]);
  if (different === -1) return left.length - right.length;
  return (left[different] ?? 0) - (right[different] ?? -1);
}
