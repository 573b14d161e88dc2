import type { AttributeCondition, Condition, Conditions, Operator } from "../flow/condition.js";
import { unreachable } from "../kernel/defect.js";
import { quotedText } from "../kernel/quoted.js";
import { joined } from "./join-words.js";

/** `meets every condition: …`, or `meets at least one condition: …` (C1); a single one says which, too. */
export function describeConditions({ combinator, conditions }: Conditions<Condition>): string {
  const words = conditions.map(describeCondition).join("; ");
  return `${combinator === "and" ? "meets every condition" : "meets at least one condition"}: ${words}`;
}

export function describeCondition(condition: Condition): string {
  if ("attribute" in condition) return describeAttribute(condition);
  if (condition.relation === "owner") return "owns the resource";
  return `is the manager of the ${condition.of}`;
}

function describeAttribute({ attribute, operator, values, source, match }: AttributeCondition): string {
  const given = source === undefined ? "" : ` as given by ${quotedText(source)}`;
  const by = match === undefined ? "" : ", by id or by name,";
  return `${quotedText(attribute)}${given}${by} ${describeTest(operator, values.map(quotedText))}`;
}

function describeTest(operator: Operator, values: readonly string[]): string {
  switch (operator) {
    case "is":
      return `is ${joined(values, "or")}`;
    case "isNot":
      return values.length === 1 ? `is not ${values[0]}` : `is neither ${joined(values, "nor")}`;
    case "contains":
      return `contains ${joined(values, "or")}`;
    case "doesNotContain":
      return values.length === 1 ? `does not contain ${values[0]}` : `contains neither ${joined(values, "nor")}`;
    case "startsWith":
      return `starts with ${joined(values, "or")}`;
    default:
      return unreachable(operator);
  }
}
