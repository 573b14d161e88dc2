import type { Identity } from "../facts/identity.js";
import type { AttributeCondition, Conditions } from "../flow/condition.js";
import { not, type Truth } from "../kernel/truth.js";
import { type Finding, findMatch } from "./condition-finding.js";
import { isNegative } from "./condition-text.js";

/** Whether an identity meets a condition (C). `judgeCondition` says why. */
export function conditionTruth(condition: AttributeCondition, identity: Identity): Truth {
  return truthOfFinding(condition, findMatch(condition, identity));
}

/** A negative operator is the exact negation of its positive one over the whole attribute (C3). */
export function truthOfFinding(condition: AttributeCondition, finding: Finding): Truth {
  const positive = finding === "matched" ? "holds" : finding === "unmatched" ? "fails" : "unknown";
  return isNegative(condition.operator) ? not(positive) : positive;
}

/** Whether an identity meets conditions together (C1): only *holds* permits, so this is a plain yes or no. */
export function meetsConditions(conditions: Conditions, identity: Identity): boolean {
  const all = conditions.combinator === "and";
  for (const condition of conditions.conditions) {
    const holds = conditionTruth(condition, identity) === "holds";
    if (holds !== all) return holds;
  }
  return all;
}
