import type { AttributeValue, Identity } from "../facts/identity.js";
import { heldValues, isList, knownManager, valueId, valueName, valueSource, wasAsked } from "../facts/identity-values.js";
import type { AttributeCondition, Operator } from "../flow/condition.js";
import { normalText } from "../kernel/text.js";
import { carriesSource } from "./condition-finding.js";
import { isWhole, readsPerson, standsInside, wholeKey } from "./condition-text.js";

/** The values of the identity that a condition looks at, in the identity's order: what a trace shows. */
export function valuesSeen(condition: AttributeCondition, identity: Identity): readonly AttributeValue[] {
  const { attribute, source } = condition;
  if (!readsPerson(condition)) {
    const held = heldValues(identity, attribute) ?? [];
    const values = isList(held) ? held : [held];
    return values.filter((value) => value !== null).filter((value) => carriesSource(value, source));
  }
  if (source !== undefined && !wasAsked(identity, source)) return [];
  if (attribute === "manager") {
    const manager = knownManager(identity.manager);
    return typeof manager === "string" ? [manager] : [];
  }
  const accounts = (identity.accounts ?? []).filter((account) => valueSource(account) === undefined || carriesSource(account, source));
  return [identity.id, ...(identity.emails ?? []), ...accounts];
}

/** A value as a trace shows it: by the text that the condition reads first (C5). */
export function shownText(condition: AttributeCondition, value: AttributeValue): string {
  return readsNames(condition) ? (valueName(value) ?? valueId(value)) : valueId(value);
}

/** The first pair that matches, in the order of the document: the first listed value that any value of the identity meets. */
export function firstPair(
  condition: AttributeCondition,
  values: readonly AttributeValue[],
): readonly [value: string, listed: string] | null {
  const { operator } = condition;
  const ofPerson = readsPerson(condition);
  const held = heldTexts(condition, values);
  for (const listed of condition.values) {
    // Whole texts are looked up, not compared pair by pair: both lists may be long (TH20).
    const text = isWhole(operator) ? held.get(wholeKey(listed, ofPerson)) : firstAround(operator, normalText(listed), held, ofPerson);
    if (text !== undefined) return [text, listed];
  }
  return null;
}

function firstAround(operator: Operator, listed: string, held: ReadonlyMap<string, string>, ofPerson: boolean): string | undefined {
  for (const [normal, text] of held) if (standsInside(operator, normal, listed, ofPerson)) return text;
  return undefined;
}

/** The texts that are compared, as they are written, by the form in which they compare; the first of equal ones. */
function heldTexts(condition: AttributeCondition, values: readonly AttributeValue[]): ReadonlyMap<string, string> {
  const ofPerson = readsPerson(condition);
  const whole = isWhole(condition.operator);
  const held = new Map<string, string>();
  for (const value of values) {
    // Such an account is looked at, but a match on it proves nothing (C8).
    if (ofPerson && condition.source === undefined && valueSource(value) !== undefined) continue;
    for (const text of comparedTexts(condition, value)) {
      const form = whole ? wholeKey(text, ofPerson) : normalText(text);
      if (!held.has(form)) held.set(form, text);
    }
  }
  return held;
}

function comparedTexts(condition: AttributeCondition, value: AttributeValue): readonly string[] {
  const id = valueId(value);
  if (!readsNames(condition)) return [id];
  const name = valueName(value);
  if (name === undefined) return [id];
  return isWhole(condition.operator) ? [id, name] : [name];
}

function readsNames(condition: AttributeCondition): boolean {
  return !isWhole(condition.operator) || condition.match === "name";
}
