import { isReservedAttribute } from "../facts/identity-values.js";
import type { AttributeCondition, Conditions } from "../flow/condition.js";
import { hasOtherSpellings, normalText } from "../kernel/text.js";
import { isNegative, isWhole, readsPerson, standsInside, wholeKey } from "./condition-text.js";

/** A condition with what can be worked out before an identity is there. */
export type ReadyCondition = {
  readonly condition: AttributeCondition;
  readonly negative: boolean;
  readonly ofPerson: boolean;
  /** Whether it compares whole texts. */
  readonly whole: boolean;
  /** The listed values: keys of whole texts, else normal forms. */
  readonly texts: readonly string[];
  /** Their first positions, where they are whole and so many that looking one up is sooner done than comparing them all. */
  readonly lookup: ReadonlyMap<string, number> | null;
  /**
   * Whether whole texts can be compared as they are: no listed text has another spelling, and none is an address,
   * so nothing but the same text is equal to one (C6). Such texts are the listed values themselves.
   */
  readonly asWritten: boolean;
  /**
   * Whether the condition is of the usual sort: it compares whole ids of an ordinary attribute as they are written,
   * whatever their source, under a name that is spelt in one way only.
   */
  readonly plain: boolean;
  /** Plain, or the like of it for an operator that looks inside names. */
  readonly inOnePass: boolean;
};

/** Up to so many are searched one by one: quicker than to look each of an identity's values up. */
const fewTexts = 8;

/** Conditions that a combinator joins, ready to be put to identities. */
export type ReadyConditions = { readonly all: boolean; readonly conditions: readonly ReadyCondition[] };

/** Memos on frozen conditions, which is what a checked flow holds: a condition that cannot change is made ready once. */
const ready = new WeakMap<AttributeCondition, ReadyCondition>();
const readyTogether = new WeakMap<Conditions, ReadyConditions>();

export function readyCondition(condition: AttributeCondition): ReadyCondition {
  const known = ready.get(condition);
  if (known !== undefined) return known;
  const made = makeReady(condition);
  if (isFixed(condition)) ready.set(condition, made);
  return made;
}

export function readyConditions(together: Conditions): ReadyConditions {
  const known = readyTogether.get(together);
  if (known !== undefined) return known;
  const made = makeReadyTogether(together);
  if (areFixed(together)) readyTogether.set(together, made);
  return made;
}

/** Whether conditions that stand together can never change. */
export function areFixed(together: Conditions): boolean {
  return Object.isFrozen(together) && Object.isFrozen(together.conditions) && together.conditions.every(isFixed);
}

/** Whether a condition can never change. */
function isFixed(condition: AttributeCondition): boolean {
  return Object.isFrozen(condition) && Object.isFrozen(condition.values);
}

/** Not remembered: for who keeps it. */
export function makeReadyTogether({ combinator, conditions }: Conditions): ReadyConditions {
  return { all: combinator === "and", conditions: conditions.map(makeReady) };
}

/** Not remembered: for who keeps it. */
export function makeReady(condition: AttributeCondition): ReadyCondition {
  const { attribute, operator, values, source, match } = condition;
  const ofPerson = readsPerson(condition);
  const whole = isWhole(operator);
  // Most are in that form as they stand; then one list serves both.
  let texts: readonly string[] = values;
  let asWritten = whole;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? "";
    if (!hasOtherSpellings(value) && !(ofPerson && value.includes("@"))) continue;
    texts = values.map((each) => (whole ? wholeKey(each, ofPerson) : normalText(each)));
    asWritten = false;
    break;
  }
  const simple = source === undefined && match === undefined && !isReservedAttribute(attribute) && !hasOtherSpellings(attribute);
  return {
    condition,
    negative: isNegative(operator),
    ofPerson,
    whole,
    texts,
    lookup: whole && texts.length > fewTexts ? firstPositions(texts) : null,
    asWritten,
    plain: asWritten && simple,
    inOnePass: (asWritten || !whole) && simple,
  };
}

function firstPositions(texts: readonly string[]): ReadonlyMap<string, number> {
  const positions = new Map<string, number>();
  texts.forEach((text, position) => {
    if (!positions.has(text)) positions.set(text, position);
  });
  return positions;
}

/** Whether a text of an identity meets some listed value. */
export function meetsListed({ condition, texts, lookup, ofPerson, whole, asWritten }: ReadyCondition, text: string): boolean {
  if (whole) {
    const key = asWritten ? text : wholeKey(text, ofPerson);
    return lookup === null ? texts.includes(key) : lookup.has(key);
  }
  const normal = normalText(text);
  for (let i = 0; i < texts.length; i += 1) if (standsInside(condition.operator, normal, texts[i] ?? "", ofPerson)) return true;
  return false;
}
