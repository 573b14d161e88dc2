import { checkAccessFlow, defineAccessFlow } from "../../src/core/define/check-access-flow.js";
import type * as Lib from "../../src/index.js";
import { evaluateRequestor, planApproval, reconcileGrants, resolveTargets } from "../../src/index.js";

const targets = [{ kind: "bundle" as const, bundle: "b" }];
const flow = defineAccessFlow({ name: "any", requestors: { conditions: [{ attribute: "group", values: ["staff"] }] }, targets });
const isSound = (reasons: readonly Lib.Reason[]): boolean => !reasons.some(({ code }) => code === "facts_invalid");

type Input = {
  readonly definition?: unknown;
  readonly condition?: unknown;
  readonly identity?: Lib.Identity;
  readonly resource?: Lib.Resource;
  readonly resources?: readonly Lib.Resource[];
  readonly catalog?: Lib.Catalog;
};

/** Whether every part of an input is of the stated shape: for others the rules have no answer. */
export function isValidInput(operation: string, input: unknown): boolean {
  const { definition, ...rest } = input as Input;
  const { condition, identity, resource, resources, catalog } = rest;
  const checked = definition === undefined ? null : checkAccessFlow(definition);
  if (checked?.ok === false) return false;
  if (condition !== undefined && !checkAccessFlow({ name: "any", requestors: { conditions: [condition] }, targets }).ok) return false;
  if (identity !== undefined && !isSound(evaluateRequestor(flow, { requestor: identity, at: 0 }).reasons)) return false;
  const inventory = resources ?? (resource === undefined ? [] : [resource]);
  if (!isSound(resolveTargets(flow, { resources: inventory, ...(catalog === undefined ? {} : { catalog }) }).reasons)) return false;
  if (checked === null) return true;
  if (operation === "reconcileGrants") return isSound(reconcileGrants(checked.value, rest as Lib.ReconcileInput).reasons);
  if (operation === "planApproval") return isSound(planApproval(checked.value, rest as Lib.ApprovalPlanInput).reasons);
  return true;
}
