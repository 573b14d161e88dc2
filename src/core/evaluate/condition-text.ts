import type { AttributeCondition, Operator } from "../flow/condition.js";
import { unreachable } from "../kernel/defect.js";
import { normalText, personKey, withoutCase } from "../kernel/text.js";

/** The operators that compare whole texts. */
type WholeOperator = "is" | "isNot";

export function isWhole(operator: Operator): operator is WholeOperator {
  return operator === "is" || operator === "isNot";
}

export function isNegative(operator: Operator): boolean {
  return operator === "isNot" || operator === "doesNotContain";
}

/** Whether a condition reads the texts of a person: these ignore the case of ASCII letters where either side has an `@` (C6). */
export function readsPerson(condition: AttributeCondition): boolean {
  return condition.attribute === "user" || condition.attribute === "manager";
}

/** Two texts are the same whole text exactly when their keys are equal (C6). */
export function wholeKey(text: string, ofPerson: boolean): string {
  return ofPerson ? personKey(text) : normalText(text);
}

/**
 * Whether a listed value stands inside a text of an identity, both in normal form (C6).
 *
 * A negative operator asks the same as its positive one; who asks negates the whole (C3).
 */
export function standsInside(operator: Operator, text: string, listed: string, ofPerson: boolean): boolean {
  const anyCase = ofPerson && (text.includes("@") || listed.includes("@"));
  return anyCase ? compareInside(operator, withoutCase(text), withoutCase(listed)) : compareInside(operator, text, listed);
}

function compareInside(operator: Operator, text: string, listed: string): boolean {
  switch (operator) {
    case "contains":
    case "doesNotContain":
      return text.includes(listed);
    case "startsWith":
      return text.startsWith(listed);
    case "is":
    case "isNot":
      return text === listed;
    default:
      return unreachable(operator);
  }
}
