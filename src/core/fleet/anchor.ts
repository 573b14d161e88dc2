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
 * will do, under `or` it takes all. Conditions are known by their positions in `made`.
 */
export function anchorsOf(all: boolean, numbers: readonly number[], made: readonly ReadyCondition[]): readonly number[] {
  if (!all) return numbers;
  let best: number | undefined;
  for (const number of numbers) if (best === undefined || isBetter(made[number], made[best])) best = number;
  return best === undefined ? [] : [best];
}

function isBetter(one: ReadyCondition | undefined, other: ReadyCondition | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  if (isPostable(one)) return !isPostable(other) || rank(one) < rank(other);
  return !isPostable(other) && other.negative && !one.negative;
}
