import type { AttributeCondition, Operator } from "../flow/condition.js";
import { unreachable } from "../kernel/defect.js";
import { normalText, personKey, withoutCase } from "../kernel/text.js";

/** The operators that compare whole texts. */
type WholeOperator = "is" | "isNot";

/** The others: they look inside. */
export type InnerOperator = Exclude<Operator, WholeOperator>;

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
export function standsInside(operator: InnerOperator, text: string, listed: string, ofPerson: boolean): boolean {
  const anyCase = ofPerson && (text.includes("@") || listed.includes("@"));
  return anyCase ? compareInside(operator, withoutCase(text), withoutCase(listed)) : compareInside(operator, text, listed);
}

function compareInside(operator: InnerOperator, text: string, listed: string): boolean {
  switch (operator) {
    case "contains":
    case "doesNotContain":
      return text.includes(listed);
    case "startsWith":
      return text.startsWith(listed);
    default:
      return unreachable(operator);
  }
}

/** A condition's listed values, ready to be compared: keys of whole texts, else normal forms. */
export type ListedTexts = {
  readonly texts: readonly string[];
  /** The same, where they are whole and so many that looking one up is sooner done than comparing them all. */
  readonly lookup: ReadonlySet<string> | null;
  readonly ofPerson: boolean;
};

const fewTexts = 8;

const ready = new WeakMap<AttributeCondition, ListedTexts>();

/** Made once for a frozen condition, which is what a checked flow holds. */
export function listedTexts(condition: AttributeCondition): ListedTexts {
  const known = ready.get(condition);
  if (known !== undefined) return known;
  const { values, operator } = condition;
  const ofPerson = readsPerson(condition);
  const texts = values.map((value) => (isWhole(operator) ? wholeKey(value, ofPerson) : normalText(value)));
  const lookup = isWhole(operator) && texts.length > fewTexts ? new Set(texts) : null;
  const listed = { texts, lookup, ofPerson };
  if (Object.isFrozen(condition) && Object.isFrozen(values)) ready.set(condition, listed);
  return listed;
}

/** Whether a text of an identity meets some listed value. */
export function meetsListed(operator: Operator, { texts, lookup, ofPerson }: ListedTexts, text: string): boolean {
  if (isWhole(operator)) {
    const key = wholeKey(text, ofPerson);
    return lookup === null ? texts.includes(key) : lookup.has(key);
  }
  const normal = normalText(text);
  for (const listed of texts) if (standsInside(operator, normal, listed, ofPerson)) return true;
  return false;
}
