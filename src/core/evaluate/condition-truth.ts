import type { Identity } from "../facts/identity.js";
import type { Beforehand } from "../facts/identity-table.js";
import { tableOf } from "../facts/prepared-identity.js";
import type { AttributeCondition, Conditions } from "../flow/condition.js";
import { not, type Truth } from "../kernel/truth.js";
import { type Finding, findMatch } from "./condition-finding.js";
import { type ReadyCondition, type ReadyConditions, readyCondition, readyConditions } from "./ready-condition.js";

/** Whether an identity meets a condition (C). `judgeCondition` says why. */
export function conditionTruth(condition: AttributeCondition, identity: Identity): Truth {
  const ready = readyCondition(condition);
  return truthOfFinding(ready, findMatch(ready, identity, tableOf(identity)));
}

/** A negative operator is the exact negation of its positive one over the whole attribute (C3). */
export function truthOfFinding({ negative }: ReadyCondition, finding: Finding): Truth {
  const positive = finding === "matched" ? "holds" : finding === "unmatched" ? "fails" : "unknown";
  return negative ? not(positive) : positive;
}

/** Whether the condition holds: the only truth that permits. */
export function conditionHolds(ready: ReadyCondition, identity: Identity, beforehand: Beforehand): boolean {
  return findMatch(ready, identity, beforehand) === (ready.negative ? "unmatched" : "matched");
}

/** Whether an identity meets conditions together (C1): only *holds* permits, so this is a plain yes or no. */
export function meetsConditions(together: Conditions, identity: Identity): boolean {
  return meetsReady(readyConditions(together), identity, tableOf(identity));
}

/** The same for conditions that are ready, and the identity's table where there is one, or what else is known of its values. */
export function meetsReady({ all, conditions }: ReadyConditions, identity: Identity, beforehand: Beforehand): boolean {
  for (let i = 0; i < conditions.length; i += 1) {
    const ready = conditions[i];
    if (ready !== undefined && conditionHolds(ready, identity, beforehand) !== all) return !all;
  }
  return all;
}
