import { readList } from "../../approval/event/read-list.js";
import { inputFaults } from "../../define/check-facts.js";
import type { Entitlement } from "../../facts/resource.js";
import type { NonEmptyArray } from "../../kernel/non-empty-array.js";
import { kindOf, lengthOf, valueAt } from "../../kernel/read-json.js";
import { type Reason, reason } from "../../kernel/reason.js";
import { failure, type Result, success } from "../../kernel/result.js";
import { hasLoneSurrogate, normalText } from "../../kernel/text.js";

/** A request asks for no more than this (D4). */
const entitlementLimit = 1_000;

/** A list of entitlements that may be anything: each once, as it was first written. */
export function readEntitlements(value: unknown): Result<readonly Entitlement[], NonEmptyArray<Reason>> {
  const length = kindOf(value) === "list" ? lengthOf(value as object) : null;
  if (length !== null && length > entitlementLimit) return failure([reason("too_much_asked", "D4", [], { limit: entitlementLimit })]);
  const listed = readList<Entitlement>("entitlements", value, entitlementFaults);
  if (!listed.ok) return listed;
  const distinct = new Map<string, Entitlement>();
  for (const each of listed.value) {
    const key = entitlementKey(each);
    if (!distinct.has(key)) distinct.set(key, { resource: each.resource, permission: each.permission });
  }
  return success([...distinct.values()]);
}

/** What tells entitlements apart: both parts as they compare (T3). */
export function entitlementKey({ resource, permission }: Entitlement): string {
  return JSON.stringify([normalText(resource), normalText(permission)]);
}

function entitlementFaults(entitlement: unknown, position: number): readonly Reason[] {
  const known = ["resource", "permission"];
  if (inputFaults(entitlement, known).length > 0) return [invalid(position)];
  return known.flatMap((key) => (isFilled(valueAt(entitlement as object, key)) ? [] : [invalid(position, key)]));
}

function isFilled(value: unknown): boolean {
  return typeof value === "string" && value !== "" && !hasLoneSurrogate(value);
}

function invalid(...at: (string | number)[]): Reason {
  return reason("facts_invalid", "C4", [], { argument: "entitlements", at });
}
