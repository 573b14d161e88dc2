import { acceptFlow } from "../define/accept.js";
import type { FactsNeeded } from "../facts/facts-needed.js";
import type { AccessFlow } from "../flow/access-flow.js";
import type { AttributeCondition, Condition, RelationCondition } from "../flow/condition.js";
import { deepFreeze } from "../kernel/deep-freeze.js";
import { compareText, normalText } from "../kernel/text.js";
import { errorOfFaults } from "./error-of-faults.js";

/** What a host has to know before this flow can be decided without a gap. */
export type FlowFactsNeeded = {
  readonly requestor: FactsNeeded;
  /** Of a grantee who is somebody else than the requestor. */
  readonly grantee: FactsNeeded;
  readonly voter: FactsNeeded;
  /** Records of the inventory. */
  readonly resources: boolean;
  readonly catalog: boolean;
};

/**
 * What to ask the directory about requestor, grantee and voter, and whether inventory and catalogue are
 * needed: with all of it known, no condition of this flow is unknown for want of asking.
 *
 * Beside what is listed, a directory always answers `active`, `emails` and `accounts`, which is why `user` is
 * listed only where a condition names the directories it may come from (C7). `sources` are the directories
 * that conditions name; `"any"` where one names none. `manager` asks for the field of that name. The reserved
 * attribute `owner` is never known (C8), so it is not asked for.
 *
 * Owner conditions (A8) test attributes that only the catalogue names: for every integration of the request
 * ask the voters for `ownerMapping.attribute` (from `ownerMapping.source`) and for the attribute of `owner`.
 *
 * `resources` and `catalog` are true for every flow today: what a target gives depends on the records of the
 * resources, and even an integration named by text on whether the catalogue bears that name twice (T1, T5).
 *
 * Names and sources are NFC, sorted, each once. Throws `AccessFlowError` (`facts_invalid`) for what is no flow.
 *
 * @example
 * const flow = defineAccessFlow({
 *   name: "On call",
 *   requestors: { conditions: [{ attribute: "onCall", values: ["db"], source: "pager" }, { attribute: "group", values: ["sre"] }] },
 *   targets: [{ kind: "integration", integration: "ledger", resourceType: "database", permissions: ["read"] }],
 *   approval: { kind: "approvalOf", groups: "anyOf", approverGroups: [{ conditions: [{ relation: "manager" }] }] },
 * });
 * factsNeeded(flow);
 * // => { requestor: { attributes: [{ name: "group", sources: "any" }, { name: "onCall", sources: ["pager"] }], manager: true },
 * //      grantee: { attributes: [], manager: false },
 * //      voter: { attributes: [], manager: false },
 * //      resources: true, catalog: true }
 */
export function factsNeeded(flow: AccessFlow): FlowFactsNeeded {
  const accepted = acceptFlow(flow);
  if (!accepted.ok) throw errorOfFaults(accepted.error);
  const { requestors, requestFor } = accepted.value;
  const approvers = approverConditions(accepted.value);
  const relations = approvers.filter(isRelation);
  const ofRequestor = relations.some((condition) => condition.relation === "manager" && condition.of === "requestor");
  const ofGrantee = relations.some((condition) => condition.relation === "manager" && condition.of === "grantee");
  // Who asks for themselves is the grantee (A7).
  const managerOfRequestor = ofRequestor || (ofGrantee && requestFor.scopes.includes("self"));
  const managerOfGrantee = ofGrantee || requestFor.scopes.includes("directReports");
  return deepFreeze({
    requestor: needsOf(requestors.conditions, managerOfRequestor),
    grantee: needsOf(requestFor.grantees?.conditions ?? [], managerOfGrantee),
    voter: needsOf(approvers.filter(isAttributeTest), false),
    resources: true,
    catalog: true,
  });
}

function approverConditions(flow: AccessFlow): readonly Condition[] {
  if (flow.approval.kind === "automatic") return [];
  const groups = [...flow.approval.approverGroups, ...(flow.approval.escalation?.tiers ?? [])];
  return groups.flatMap((group) => group.conditions);
}

function isRelation(condition: Condition): condition is RelationCondition {
  return Object.hasOwn(condition, "relation");
}

function isAttributeTest(condition: Condition): condition is AttributeCondition {
  return !isRelation(condition);
}

function needsOf(conditions: readonly AttributeCondition[], manager: boolean): FactsNeeded {
  const asked = new Map<string, Set<string> | "any">();
  for (const condition of conditions) {
    const name = normalText(condition.attribute);
    // Always answered, or never known; only the directories to be asked are news.
    if (name === "owner" || ((name === "user" || name === "manager") && condition.source === undefined)) continue;
    const sources = asked.get(name);
    if (condition.source === undefined) asked.set(name, "any");
    else if (sources === undefined) asked.set(name, new Set([normalText(condition.source)]));
    else if (sources !== "any") sources.add(normalText(condition.source));
  }
  const attributes = [...asked].map(([name, sources]) => ({ name, sources: sources === "any" ? sources : [...sources].sort(compareText) }));
  return {
    attributes: attributes.sort((left, right) => compareText(left.name, right.name)),
    manager: manager || conditions.some((condition) => condition.attribute === "manager"),
  };
}
