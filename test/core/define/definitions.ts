import { checkAccessFlow } from "../../../src/core/define/check-access-flow.js";
import type { AccessFlow } from "../../../src/core/flow/access-flow.js";
import type { AccessFlowDefinition } from "../../../src/core/flow/definition.js";
import { deepFreeze } from "../../../src/core/kernel/deep-freeze.js";
import type { Issue } from "../../../src/core/kernel/issue.js";
import type { Json } from "../../../src/core/kernel/json.js";
import { printPath } from "../../../src/core/kernel/path.js";

/** The definition of chapter D as it is written there: nothing but what has no default. */
export const smallest: AccessFlowDefinition = deepFreeze({
  name: "S3 read",
  requestors: { conditions: [{ attribute: "group", values: ["platform"] }] },
  targets: [{ kind: "integration", integration: "aws-prod", resourceType: "aws-account-s3-bucket", permissions: ["read"] }],
});

/** A definition that writes every key and every choice that can stand together. */
export const fullest: AccessFlowDefinition = deepFreeze({
  $schema: "./accessflow.v1.schema.json",
  format: "accessflow/v1",
  id: "Prod.access:1",
  name: "Production access",
  description: "for the night shift",
  active: true,
  trigger: "selfServe",
  schedule: {
    kind: "onlyOn",
    windows: [{ days: ["monday", "friday"], from: "22:00", to: "06:00:30" }],
    timeZone: "Europe/Paris",
    except: ["2026-12-25"],
  },
  requestors: {
    combinator: "or",
    conditions: [
      { attribute: "group", operator: "isNot", values: ["guests"], source: "okta" },
      { attribute: "team", operator: "is", values: ["Platform"], match: "name" },
    ],
  },
  requestFor: {
    scopes: ["self", "others", "directReports"],
    grantees: { combinator: "and", conditions: [{ attribute: "department", operator: "contains", values: ["eng"] }] },
  },
  targets: [
    {
      kind: "integration",
      integration: "aws-prod",
      resourceType: "aws-account-s3-bucket",
      permissions: ["read", "write"],
      resources: {
        include: [{ by: "tag", key: "env", values: ["prod"] }],
        exclude: [
          { by: "name", values: ["secrets"] },
          { by: "id", values: ["r-1"] },
        ],
      },
    },
    { kind: "bundle", bundle: "on-call essentials" },
    { kind: "accessScope", accessScope: "production databases" },
  ],
  grantFor: { kind: "fixed", amount: 1.5, unit: "hour", endWith: "schedule" },
  approval: {
    kind: "approvalOf",
    groups: "allOf",
    approverGroups: [
      { combinator: "or", conditions: [{ relation: "manager", of: "grantee" }, { relation: "manager" }], required: 1 },
      { combinator: "and", conditions: [{ attribute: "onCall", operator: "startsWith", values: ["primary"] }], required: 2 },
    ],
    distinctApprovers: true,
    expiresAfter: { amount: 2, unit: "day" },
    escalation: { every: { amount: 10, unit: "minute" }, tiers: [{ combinator: "and", conditions: [{ relation: "owner" }] }] },
  },
  settings: {
    labels: ["production"],
    requireMfa: true,
    requireJustification: true,
    requireApproverReason: true,
    requestorCannotApproveSelf: true,
    requireDuration: true,
    mfaWithin: { amount: 10, unit: "minute" },
    activateWithin: { amount: 1, unit: "week" },
    startWithin: { amount: 3, unit: "day" },
    maxExtensions: 2,
    extension: { amount: 15, unit: "minute" },
  },
});

/** A copy with one value in another's place; what stands on the way is copied, the value itself is not. */
export function withValue(definition: unknown, path: readonly (string | number)[], value: unknown): Json {
  const [step, ...rest] = path;
  if (step === undefined) return value as Json;
  const copy = copyOf(definition);
  const member = Object.hasOwn(copy, step) ? copy[step] : undefined;
  // Defines the key as the copy's own, `__proto__` included.
  return Object.defineProperty(copy, step, {
    value: withValue(member, rest, value),
    enumerable: true,
    configurable: true,
    writable: true,
  }) as Json;
}

export function without(definition: unknown, path: readonly (string | number)[]): Json {
  const [step, ...rest] = path;
  if (step === undefined) throw new Error("nothing to leave out");
  const copy = copyOf(definition);
  if (rest.length > 0) return withValue(copy, [step], without(copy[step], rest));
  if (Array.isArray(copy)) copy.splice(Number(step), 1);
  else delete copy[step];
  return copy as Json;
}

function copyOf(value: unknown): Record<string | number, unknown> {
  return (Array.isArray(value) ? [...value] : { ...Object(value) }) as Record<string | number, unknown>;
}

/** The normal form of a definition that is expected to be right. */
export function normalForm(definition: unknown): AccessFlow {
  const checked = checkAccessFlow(definition);
  if (!checked.ok) throw new Error(checked.error.map((issue) => issue.message).join("\n"));
  return checked.value;
}

export function issuesOf(definition: unknown): readonly Issue[] {
  const checked = checkAccessFlow(definition);
  return checked.ok ? [] : checked.error;
}

/** Each issue in short: `code at path`. */
export function faultsOf(definition: unknown): readonly string[] {
  return issuesOf(definition).map((issue) => `${issue.code} at ${printPath(issue.path)}`);
}

/** Every place in a JSON value where `wanted` holds, as deep as definitions go. */
export function placesIn(
  value: unknown,
  wanted: (value: unknown) => boolean,
  path: readonly (string | number)[] = [],
): (string | number)[][] {
  const here = wanted(value) ? [[...path]] : [];
  if (typeof value !== "object" || value === null || path.length > 12) return here;
  const steps = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  return [...here, ...steps.flatMap((step) => placesIn((value as Record<string | number, unknown>)[step], wanted, [...path, step]))];
}
