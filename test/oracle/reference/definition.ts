/* Chapter D of a definition that is valid: what it means when every default is written out (D2, D7). */
import type { AccessFlow, AccessFlowDefinition } from "../../../src/index.js";
import { same } from "./conditions.js";

const minutes = (amount: number) => ({ amount, unit: "minute" });
const hours = (amount: number) => ({ amount, unit: "hour" });
const rootDefaults = {
  ...{ format: "accessflow/v1", description: "", active: true, trigger: "selfServe", schedule: { kind: "always" } },
  ...{ requestFor: { scopes: ["self"] }, grantFor: { kind: "fixed", ...hours(1) }, approval: { kind: "automatic" } },
};
const settingsDefaults = {
  ...{ labels: [], requireMfa: false, mfaWithin: hours(1), requireJustification: false, requireApproverReason: false },
  ...{ requestorCannotApproveSelf: false, requireDuration: false, activateWithin: { amount: 7, unit: "day" }, startWithin: null },
  ...{ maxExtensions: 0, extension: minutes(30) },
};
const defaultsOf = (record: object): object => ({
  ...("conditions" in record ? { combinator: "and" } : {}),
  ...("attribute" in record ? { operator: "is" } : {}),
  ...("relation" in record && record.relation === "manager" ? { of: "requestor" } : {}),
  ...("kind" in record && record.kind === "integration" ? { resources: "any" } : {}),
  ...("kind" in record && record.kind === "approvalOf" ? { distinctApprovers: false, expiresAfter: hours(24) } : {}),
  ...("tiers" in record ? { every: minutes(30) } : {}),
});

/** Of what is repeated in these the first stays. */
const sets = ["values", "permissions", "days", "scopes", "labels", "except"];
function complete(value: unknown, key: string): unknown {
  if (Array.isArray(value) && sets.includes(key)) return value.filter((one, at) => value.findIndex((other) => same(other, one)) === at);
  if (Array.isArray(value))
    return value.map((one) => (key === "approverGroups" ? { required: 1, ...(complete(one, "") as object) } : complete(one, "")));
  if (typeof value !== "object" || value === null) return value;
  const written = Object.entries(value).filter(([, part]) => part !== undefined);
  return { ...defaultsOf(value), ...Object.fromEntries(written.map(([name, part]) => [name, complete(part, name)])) };
}

export function normalForm({ $schema: _, ...definition }: AccessFlowDefinition & { $schema?: string | undefined }): AccessFlow {
  const name = definition.name.trim();
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const id = plain.replace(/[^a-z0-9._:]+/g, "-").replace(/^-|-$/g, "");
  const settings = { ...settingsDefaults, ...(definition.settings ?? {}) };
  return complete({ ...rootDefaults, id, ...definition, name, settings }, "") as AccessFlow;
}
