import type { AttributeValue, Identity } from "../facts/identity.js";
import type { Beforehand, HeldIds } from "../facts/identity-table.js";
import {
  type HeldValues,
  heldValues,
  isList,
  knownManager,
  ownValues,
  valueId,
  valueName,
  valueSource,
  wasAsked,
} from "../facts/identity-values.js";
import type { AttributeCondition } from "../flow/condition.js";
import { normalText } from "../kernel/text.js";
import { isWhole } from "./condition-text.js";
import { meetsListed, type ReadyCondition } from "./ready-condition.js";

/** Why it cannot be known whether a value matches. */
export type UnknownCause = "attribute_missing" | "source_not_asked" | "value_unknown" | "name_unknown" | "aliases_unknown";

/** What a look at an identity finds for the *positive* operator: a match, surely none, or why neither is sure. */
export type Finding = "matched" | "unmatched" | UnknownCause;

/**
 * The one place that matches conditions: `conditionTruth` and `judgeCondition` both read its answer, so that
 * a decision and its explanation cannot differ. Allocates nothing for texts that are ASCII and no addresses.
 * What is known beforehand about this identity changes no answer.
 *
 * Where several things are unknown, the cause named is the same whatever the order of the values.
 */
export function findMatch(ready: ReadyCondition, identity: Identity, beforehand: Beforehand): Finding {
  if (ready.plain) {
    const { attribute } = ready.condition;
    if (beforehand !== null && beforehand !== "texts") return findInTable(ready, beforehand.held.get(attribute));
    return findPlainly(ready, ownValues(identity, attribute), beforehand !== null);
  }
  if (ready.inOnePass && beforehand !== null) {
    const { attribute } = ready.condition;
    if (beforehand === "texts") return findInTexts(ready, ownValues(identity, attribute));
    const texts = beforehand.held.get(attribute)?.texts ?? null;
    if (texts !== null) return findInTexts(ready, texts);
  }
  switch (ready.condition.attribute) {
    case "user":
      return findInUser(ready, identity);
    case "manager":
      return findInManager(ready, identity);
    default:
      return findInAttribute(ready, identity);
  }
}

function findInAttribute(ready: ReadyCondition, identity: Identity): Finding {
  const { condition } = ready;
  const held = heldValues(identity, condition.attribute);
  if (held === undefined) return "attribute_missing";
  let carried = false;
  let valueUnknown = false;
  let nameUnknown = false;
  const count = isList(held) ? held.length : 1;
  for (let i = 0; i < count; i += 1) {
    const value = isList(held) ? held[i] : held;
    if (value === null || value === undefined) {
      valueUnknown = true;
      continue;
    }
    if (!carriesSource(value, condition.source)) continue;
    carried = true;
    const finding = matchValue(ready, value);
    if (finding === "matched") return finding;
    if (finding === "name_unknown") nameUnknown = true;
  }
  // Silence proves nothing about a directory that did not answer (C7).
  if (condition.source !== undefined && !carried && !wasAsked(identity, condition.source)) return "source_not_asked";
  if (valueUnknown) return "value_unknown";
  return nameUnknown ? "name_unknown" : "unmatched";
}

/**
 * As `findInAttribute` does it for a condition of the usual sort (`ReadyCondition.plain`). Most decisions are made here.
 * A few listed values are searched one by one, by the runtime's own search: no other is as quick.
 */
function findPlainly({ texts, lookup }: ReadyCondition, held: HeldValues | undefined, onlyTexts: boolean): Finding {
  if (held === undefined) return "attribute_missing";
  if (!isList(held)) return texts.includes(valueId(held)) ? "matched" : "unmatched";
  if (lookup === null) {
    for (let i = 0; i < texts.length; i += 1) if (held.includes(texts[i] ?? "")) return "matched";
    if (onlyTexts) return "unmatched";
  }
  let unknown = false;
  for (let i = 0; i < held.length; i += 1) {
    const value = held[i];
    if (value === null || value === undefined) unknown = true;
    else if (lookup === null ? texts.includes(valueId(value)) : lookup.has(valueId(value))) return "matched";
  }
  return unknown ? "value_unknown" : "unmatched";
}

/** The same for an operator that looks inside, and an identity that has bare texts only: these are their own names (C5). */
function findInTexts(ready: ReadyCondition, held: HeldValues | undefined): Finding {
  if (held === undefined) return "attribute_missing";
  if (!isList(held)) return matchValue(ready, held);
  let nameUnknown = false;
  for (let i = 0; i < held.length; i += 1) {
    const finding = matchValue(ready, held[i] ?? "");
    if (finding === "matched") return finding;
    // An empty text is no name.
    if (finding === "name_unknown") nameUnknown = true;
  }
  return nameUnknown ? "name_unknown" : "unmatched";
}

/** The same by the table of an identity: a few look-ups, however many values it has. */
function findInTable({ texts, lookup }: ReadyCondition, held: HeldIds | undefined): Finding {
  if (held === undefined) return "attribute_missing";
  const { ids, unknown } = held;
  if (lookup !== null && ids.size < texts.length) {
    for (const id of ids) if (lookup.has(id)) return "matched";
  } else {
    for (let i = 0; i < texts.length; i += 1) if (ids.has(texts[i] ?? "")) return "matched";
  }
  return unknown ? "value_unknown" : "unmatched";
}

function findInUser(ready: ReadyCondition, identity: Identity): Finding {
  const { condition } = ready;
  if (condition.source !== undefined && !wasAsked(identity, condition.source)) return "source_not_asked";
  if (meetsListed(ready, identity.id)) return "matched";
  let nameUnknown = false;
  let aliasUnknown = false;
  if (identity.emails === undefined) aliasUnknown = addressMatters(condition);
  else if (meetsAny(ready, identity.emails)) return "matched";
  if (identity.accounts !== undefined) {
    for (let i = 0; i < identity.accounts.length; i += 1) {
      const account = identity.accounts[i];
      if (account === undefined) continue;
      // Of another directory: a condition that names one reads its own and the bare ones (C7).
      if (valueSource(account) !== undefined && !carriesSource(account, condition.source)) continue;
      const finding = matchValue(ready, account);
      if (finding === "unmatched") continue;
      // A directory's account, and the condition does not say which directory it means (C8).
      if (condition.source === undefined && valueSource(account) !== undefined) aliasUnknown = true;
      else if (finding === "matched") return finding;
      else nameUnknown = true;
    }
  }
  if (nameUnknown) return "name_unknown";
  return aliasUnknown ? "aliases_unknown" : "unmatched";
}

function findInManager(ready: ReadyCondition, identity: Identity): Finding {
  const { condition } = ready;
  const manager = knownManager(identity.manager);
  if (manager === undefined) return "attribute_missing";
  if (condition.source !== undefined && !wasAsked(identity, condition.source)) return "source_not_asked";
  // Known to have none (C4).
  if (manager === null) return "unmatched";
  return meetsListed(ready, manager) ? "matched" : "unmatched";
}

/** Whether a value carries the source that a condition names; every value does where it names none (C7). */
export function carriesSource(value: AttributeValue, source: string | undefined): boolean {
  if (source === undefined) return true;
  const own = valueSource(value);
  return own !== undefined && (own === source || normalText(own) === normalText(source));
}

/** Id or name, as the operator reads them (C5). */
function matchValue(ready: ReadyCondition, value: AttributeValue): "matched" | "unmatched" | "name_unknown" {
  const id = valueId(value);
  const { condition, whole } = ready;
  if (whole && meetsListed(ready, id)) return "matched";
  if (whole && condition.match !== "name") return "unmatched";
  const name = valueName(value);
  if (name !== undefined) return meetsListed(ready, name) ? "matched" : "unmatched";
  // Without a name the id stands for it, but a no from the id alone says nothing about the name.
  return meetsListed(ready, id) ? "matched" : "name_unknown";
}

/** Whether one unknown address could decide the condition (C8). */
function addressMatters(condition: AttributeCondition): boolean {
  if (!isWhole(condition.operator)) return true;
  return condition.values.some(isAddress);
}

function isAddress(text: string): boolean {
  return text.includes("@");
}

/** By position: an iterator would be made for every list (`for … of`). */
function meetsAny(ready: ReadyCondition, texts: readonly string[]): boolean {
  for (let i = 0; i < texts.length; i += 1) if (meetsListed(ready, texts[i] ?? "")) return true;
  return false;
}
