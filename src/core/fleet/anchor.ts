import type { ReadyCondition } from "../evaluate/ready-condition.js";

/**
 * How few people hold a value that such a condition asks for, smallest first: whoever does not hold one of them is
 * spared the flow. It decides how quick an index is, never what it answers.
 */
function rank({ condition: { attribute, values } }: ReadyCondition): number {
  const sort = attribute === "user" ? 0 : attribute === "group" ? 1 : attribute === "manager" ? 2 : 3;
  // A condition has 10,000 values at most (D4).
  return sort * 10_001 + values.length;
}

/**
 * Whether a condition holds only for an identity that has one of its listed values as an id: then the values find
 * the flow. By name (C5) or inside a text, a value may match that looks different.
 */
export function isPostable({ condition }: ReadyCondition): boolean {
  return condition.operator === "is" && condition.match === undefined;
}

/**
 * The conditions of a flow of which one holds whenever the flow's conditions do: under `and` the most selective one
 * will do, under `or` it takes all.
 */
export function anchorsOf(all: boolean, conditions: readonly ReadyCondition[]): readonly ReadyCondition[] {
  if (!all) return conditions;
  let best: ReadyCondition | undefined;
  for (const condition of conditions) {
    if (best === undefined) best = condition;
    else if (isPostable(condition) && (!isPostable(best) || rank(condition) < rank(best))) best = condition;
    else if (!isPostable(condition) && !isPostable(best) && best.negative && !condition.negative) best = condition;
  }
  return best === undefined ? [] : [best];
}
