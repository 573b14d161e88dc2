import type { AttributeValue, Identity } from "../facts/identity.js";
import { heldValues, isList, knownManager, valueId, valueName, valueSource, wasAsked } from "../facts/identity-values.js";
import type { AttributeCondition } from "../flow/condition.js";
import { normalText } from "../kernel/text.js";
import { isWhole, type ListedTexts, listedTexts, meetsListed } from "./condition-text.js";

/** Why it cannot be known whether a value matches. */
export type UnknownCause = "attribute_missing" | "source_not_asked" | "value_unknown" | "name_unknown" | "aliases_unknown";

/** What a look at an identity finds for the *positive* operator: a match, surely none, or why neither is sure. */
export type Finding = "matched" | "unmatched" | UnknownCause;

/**
 * The one place that matches conditions: `conditionTruth` and `judgeCondition` both read its answer, so that
 * a decision and its explanation cannot differ. Allocates nothing for texts that are ASCII and no addresses.
 *
 * Where several things are unknown, the cause named is the same whatever the order of the values.
 */
export function findMatch(condition: AttributeCondition, identity: Identity): Finding {
  switch (condition.attribute) {
    case "user":
      return findInUser(condition, identity);
    case "manager":
      return findInManager(condition, identity);
    default:
      return findInAttribute(condition, identity);
  }
}

function findInAttribute(condition: AttributeCondition, identity: Identity): Finding {
  const held = heldValues(identity, condition.attribute);
  if (held === undefined) return "attribute_missing";
  const listed = listedTexts(condition);
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
    const finding = matchValue(condition, listed, value);
    if (finding === "matched") return finding;
    if (finding === "name_unknown") nameUnknown = true;
  }
  // Silence proves nothing about a directory that did not answer (C7).
  if (condition.source !== undefined && !carried && !wasAsked(identity, condition.source)) return "source_not_asked";
  if (valueUnknown) return "value_unknown";
  return nameUnknown ? "name_unknown" : "unmatched";
}

function findInUser(condition: AttributeCondition, identity: Identity): Finding {
  if (condition.source !== undefined && !wasAsked(identity, condition.source)) return "source_not_asked";
  const { operator } = condition;
  const listed = listedTexts(condition);
  if (meetsListed(operator, listed, identity.id)) return "matched";
  let nameUnknown = false;
  let aliasUnknown = false;
  if (identity.emails === undefined) aliasUnknown = addressMatters(condition);
  else for (const email of identity.emails) if (meetsListed(operator, listed, email)) return "matched";
  if (identity.accounts !== undefined) {
    for (const account of identity.accounts) {
      // Of another directory: a condition that names one reads its own and the bare ones (C7).
      if (condition.source !== undefined && valueSource(account) !== undefined && !carriesSource(account, condition.source)) continue;
      const finding = matchValue(condition, listed, account);
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

function findInManager(condition: AttributeCondition, identity: Identity): Finding {
  const manager = knownManager(identity.manager);
  if (manager === undefined) return "attribute_missing";
  if (condition.source !== undefined && !wasAsked(identity, condition.source)) return "source_not_asked";
  // Known to have none (C4).
  if (manager === null) return "unmatched";
  return meetsListed(condition.operator, listedTexts(condition), manager) ? "matched" : "unmatched";
}

/** Whether a value carries the source that a condition names; every value does where it names none (C7). */
export function carriesSource(value: AttributeValue, source: string | undefined): boolean {
  if (source === undefined) return true;
  const own = valueSource(value);
  return own !== undefined && (own === source || normalText(own) === normalText(source));
}

/** Id or name, as the operator reads them (C5). */
function matchValue(condition: AttributeCondition, listed: ListedTexts, value: AttributeValue): "matched" | "unmatched" | "name_unknown" {
  const id = valueId(value);
  const { operator } = condition;
  const whole = isWhole(operator);
  if (whole && meetsListed(operator, listed, id)) return "matched";
  if (whole && condition.match !== "name") return "unmatched";
  const name = valueName(value);
  if (name !== undefined) return meetsListed(operator, listed, name) ? "matched" : "unmatched";
  // Without a name the id stands for it, but a no from the id alone says nothing about the name.
  return meetsListed(operator, listed, id) ? "matched" : "name_unknown";
}

/** Whether one unknown address could decide the condition (C8). */
function addressMatters(condition: AttributeCondition): boolean {
  if (!isWhole(condition.operator)) return true;
  for (const listed of condition.values) if (listed.includes("@")) return true;
  return false;
}
