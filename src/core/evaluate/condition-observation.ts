import type { Identity } from "../facts/identity.js";
import { type Beforehand, type HeldIds, shownValues } from "../facts/identity-table.js";
import { type HeldValues, isList, ownValues, valueId, valueName } from "../facts/identity-values.js";
import { normalText } from "../kernel/text.js";
import { type Finding, findMatch } from "./condition-finding.js";
import { standsInside } from "./condition-text.js";
import { firstPair, shownText, valuesSeen } from "./condition-values.js";
import type { PlacedCondition } from "./placed-condition.js";
import type { ReadyCondition } from "./ready-condition.js";

/** What a look at an identity finds, and what a trace shows of it. Frozen lists. */
export type Observation = {
  readonly finding: Finding;
  /** At most five of the identity's values, in their order. */
  readonly seen: readonly string[];
  readonly seenCount: number;
  /** The first pair that matched, in document order. */
  readonly matched: readonly [value: string, listed: string] | null;
};

const nothingSeen: readonly string[] = Object.freeze([]);
const missing: Observation = { finding: "attribute_missing", seen: nothingSeen, seenCount: 0, matched: null };

/** As `findMatch`, with what a trace shows besides. */
export function observe(placed: PlacedCondition, identity: Identity, beforehand: Beforehand): Observation {
  const { ready, pairs } = placed;
  const { condition } = ready;
  if (ready.inOnePass) {
    if (beforehand !== null && beforehand !== "texts") {
      const known = beforehand.held.get(condition.attribute);
      if (known === undefined) return missing;
      if (pairs !== null) return observeIds(ready, pairs, known);
      if (!ready.whole && known.texts !== null) return observeNames(ready, known.texts, known.first);
    }
    const held = ownValues(identity, condition.attribute);
    if (held === undefined) return missing;
    return pairs !== null && beforehand === "texts" ? observeTexts(ready, pairs, held) : observeInOnePass(ready, held);
  }
  const finding = findMatch(ready, identity, beforehand);
  const values = valuesSeen(condition, identity);
  return {
    finding,
    seen: Object.freeze(values.slice(0, shownValues).map((value) => shownText(condition, value))),
    seenCount: values.length,
    matched: finding === "matched" ? Object.freeze(firstPair(condition, values)) : null,
  };
}

type Pairs = NonNullable<PlacedCondition["pairs"]>;

/** For a few listed values, as they are written, and an identity that holds bare texts only. */
function observeTexts({ texts }: ReadyCondition, pairs: Pairs, held: HeldValues): Observation {
  const values = (isList(held) ? held : [held]) as readonly string[];
  const seen = Object.freeze(values.slice(0, shownValues));
  for (let i = 0; i < texts.length; i += 1) {
    if (values.includes(texts[i] ?? "")) return { finding: "matched", seen, seenCount: values.length, matched: pairs[i] ?? null };
  }
  return { finding: "unmatched", seen, seenCount: values.length, matched: null };
}

/** The same for an identity that has a table. */
function observeIds({ texts }: ReadyCondition, pairs: Pairs, held: HeldIds): Observation {
  const { ids, unknown, first: seen, count: seenCount } = held;
  for (let i = 0; i < texts.length; i += 1) {
    if (ids.has(texts[i] ?? "")) return { finding: "matched", seen, seenCount, matched: pairs[i] ?? null };
  }
  return { finding: unknown ? "value_unknown" : "unmatched", seen, seenCount, matched: null };
}

/** The same for an operator that looks inside names, where all values are bare texts: they are their own names, but for an empty one (C5). */
function observeNames(ready: ReadyCondition, names: readonly string[], seen: readonly string[]): Observation {
  const { condition, texts } = ready;
  let nameUnknown = false;
  /** The first listed value that matches, and what matched it; nothing behind it is of interest any more. */
  let first = texts.length;
  let match = "";
  for (let i = 0; i < names.length && first > 0; i += 1) {
    const name = names[i] ?? "";
    const position = firstListed(ready, name, first);
    if (position >= 0) {
      first = position;
      match = name;
    } else if (name === "") nameUnknown = true;
  }
  const seenCount = names.length;
  if (first === texts.length) return { finding: nameUnknown ? "name_unknown" : "unmatched", seen, seenCount, matched: null };
  return { finding: "matched", seen, seenCount, matched: Object.freeze([match, condition.values[first] ?? ""] as const) };
}

/** For conditions of the usual sort one look at each value finds everything. */
function observeInOnePass(ready: ReadyCondition, held: HeldValues): Observation {
  const { condition, whole, texts } = ready;
  const values = isList(held) ? held : [held];
  const seen: string[] = [];
  let unknown = 0;
  let nameUnknown = false;
  /** The first listed value that matches, and what matched it; nothing behind it is of interest any more. */
  let first = texts.length;
  let match = "";
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i];
    if (value === null || value === undefined) {
      unknown += 1;
      continue;
    }
    const name = whole ? undefined : valueName(value);
    const text = name ?? valueId(value);
    if (seen.length < shownValues) seen.push(text);
    const position = first === 0 ? -1 : firstListed(ready, text, first);
    if (position >= 0) {
      first = position;
      match = text;
    } else if (!whole && name === undefined) nameUnknown = true;
  }
  const seenCount = values.length - unknown;
  if (first < texts.length) {
    const matched = Object.freeze([match, condition.values[first] ?? ""] as const);
    return { finding: "matched", seen: Object.freeze(seen), seenCount, matched };
  }
  const finding = unknown > 0 ? "value_unknown" : nameUnknown ? "name_unknown" : "unmatched";
  return { finding, seen: Object.freeze(seen), seenCount, matched: null };
}

/** The first of the listed values before `end` that a text meets; -1 where there is none. */
function firstListed({ condition, whole, texts, lookup }: ReadyCondition, text: string, end: number): number {
  if (whole) {
    const position = lookup === null ? texts.indexOf(text) : (lookup.get(text) ?? -1);
    return position < end ? position : -1;
  }
  const normal = normalText(text);
  for (let i = 0; i < end; i += 1) if (standsInside(condition.operator, normal, texts[i] ?? "", false)) return i;
  return -1;
}
