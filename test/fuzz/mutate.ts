import type { Json } from "../../src/core/kernel/json.js";
import { inheritedNames } from "../../src/testing/arbitraries/name-pools.js";
import type { Random } from "./random.js";

/*
 * Valid documents made slightly invalid, cheaply: along one path what contains the change is copied, all else is the very
 * document that was given. What stands in place of a part comes from other documents, from under the same key.
 */

/** What documents are made of: values by the key they stood under, and all keys. */
export type Dictionary = { readonly valuesOf: ReadonlyMap<string, readonly Json[]>; readonly keys: readonly string[] };

type Record = { readonly [key: string]: Json };

const strangeKeys = [...inheritedNames, "prototype", "", "kind", "id", "0", "length"];
const strangeTexts = [
  "",
  " ",
  "\ud800",
  "\u0000",
  "İ",
  "ß",
  "e\u0301",
  "\u202e",
  "24:00",
  "2026-13-01",
  "-0",
  "1e999",
  "UTC",
  "Etc/Nowhere",
];
const strangeNumbers = [
  0,
  -0,
  -1,
  1,
  0.5,
  1.5,
  59_999,
  60_001,
  2 ** 31,
  2 ** 53,
  2 ** 53 - 1,
  -(2 ** 53),
  8.64e15,
  8.64e15 + 1,
  5e-324,
  1e308,
];

/** The parts of documents, a bounded number of each kind. */
export function dictionaryOf(documents: readonly Json[]): Dictionary {
  const valuesOf = new Map<string, Json[]>();
  const visit = (key: string, value: Json): void => {
    const known = valuesOf.get(key) ?? [];
    if (known.length < 64) valuesOf.set(key, [...known, value]);
    if (Array.isArray(value)) for (const entry of value as readonly Json[]) visit(key, entry);
    else if (isRecord(value)) for (const [name, entry] of Object.entries(value)) visit(name, entry);
  };
  for (const document of documents) visit("", document);
  return { valuesOf, keys: [...valuesOf.keys()] };
}

/** One to four changes of a document. */
export function mutated(document: Json, dictionary: Dictionary, random: Random): Json {
  let changed = document;
  for (let changes = 1 + (random.oneIn(2) ? random.below(4) : 0); changes > 0; changes -= 1) {
    changed = changedSomewhere(changed, "", dictionary, random);
  }
  return changed;
}

/** Goes down a path by chance and changes what it comes to; seldom the document itself. */
function changedSomewhere(value: Json, key: string, dictionary: Dictionary, random: Random): Json {
  const isDeepEnough = random.oneIn(key === "" ? 40 : 5);
  if (!isDeepEnough && Array.isArray(value) && value.length > 0) {
    const at = random.below(value.length);
    return value.map((entry, index) => (index === at ? changedSomewhere(entry, key, dictionary, random) : entry));
  }
  if (!isDeepEnough && isRecord(value)) {
    const names = Object.keys(value);
    const name = names[random.below(Math.max(1, names.length))];
    if (name !== undefined) return withEntry(value, name, changedSomewhere(value[name] ?? null, name, dictionary, random));
  }
  return changedHere(value, key, dictionary, random);
}

function changedHere(value: Json, key: string, dictionary: Dictionary, random: Random): Json {
  const choice = random.below(10);
  if (choice === 0) return anyValue(dictionary, random, 3);
  if (choice <= 2) return likeValue(key, dictionary, random);
  if (choice === 3 && random.oneIn(8)) return nested(value, key, random);
  if (Array.isArray(value)) return changedList(value, key, dictionary, random);
  if (isRecord(value)) return changedRecord(value, dictionary, random);
  if (typeof value === "string") return changedText(value, dictionary, random);
  if (typeof value === "number") return changedNumber(value, random);
  return random.oneIn(2) ? likeValue(key, dictionary, random) : leaf(dictionary, random);
}

function changedList(list: readonly Json[], key: string, dictionary: Dictionary, random: Random): Json {
  const at = random.below(Math.max(1, list.length));
  const [entry, last] = [list[at], list.at(-1)];
  switch (random.below(6)) {
    case 0:
      return list.filter((_, index) => index !== at);
    case 1:
      return entry === undefined ? [leaf(dictionary, random)] : [...list.slice(0, at), entry, ...list.slice(at)];
    case 2:
      return [...list, likeValue(key, dictionary, random)];
    case 3:
      return [...list].reverse();
    case 4:
      return entry !== undefined && random.oneIn(200) ? Array.from({ length: random.below(1_200) }, () => entry) : [];
    default:
      return entry === undefined || last === undefined ? list : list.map((old, index) => (index === at ? last : old));
  }
}

function changedRecord(record: Record, dictionary: Dictionary, random: Random): Json {
  const names = Object.keys(record);
  const name = names[random.below(Math.max(1, names.length))] ?? "";
  const other = random.oneIn(3) ? random.pick(strangeKeys as [string]) : (dictionary.keys[random.below(dictionary.keys.length)] ?? "");
  switch (random.below(5)) {
    case 0:
    case 1:
      return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));
    case 2:
      return Object.fromEntries(Object.entries(record).map(([key, value]) => [key === name ? other : key, value]));
    case 3:
      return withEntry(record, other, likeValue(other, dictionary, random));
    default:
      return Object.fromEntries(Object.entries(record).reverse());
  }
}

function changedText(text: string, dictionary: Dictionary, random: Random): Json {
  const at = random.below(text.length + 1);
  switch (random.below(9)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(at + 1);
    case 2:
      return text.slice(0, at) + String.fromCharCode(random.below(random.oneIn(4) ? 0x1_0000 : 128)) + text.slice(at);
    case 3:
      return text.slice(0, at) + random.pick(strangeTexts as [string]) + text.slice(at);
    case 4:
      return text.slice(at) + text.slice(0, at);
    case 5:
      return random.oneIn(2) ? text.toUpperCase() : text.toLowerCase();
    case 6:
      return random.oneIn(100) ? text.repeat(random.below(400)) : text + text;
    case 7: {
      const other = dictionary.valuesOf.get("")?.[random.below(64)];
      return typeof other === "string"
        ? text.slice(0, at) + other.slice(random.below(other.length + 1))
        : random.pick(strangeTexts as [string]);
    }
    default:
      return text.slice(0, at) + text.slice(random.below(text.length + 1));
  }
}

function changedNumber(number: number, random: Random): number {
  switch (random.below(6)) {
    case 0:
      return number + 1;
    case 1:
      return number - 1;
    case 2:
      return number + random.pick([60_000, -60_000, 3_600_000, 86_400_000, -86_400_000, 30_000, 900_000]);
    case 3:
      return number * random.pick([2, -1, 0.5, 1_000, 0.001]);
    case 4:
      return random.below(12);
    default:
      return random.pick(strangeNumbers as [number]);
  }
}

/** The same value further down, seldom very far. */
function nested(value: Json, key: string, random: Random): Json {
  let inner = value;
  const isList = random.oneIn(2);
  for (let depth = random.below(random.oneIn(50) ? 4_000 : 5); depth >= 0; depth -= 1) inner = isList ? [inner] : withEntry({}, key, inner);
  return inner;
}

/** What stood under that key elsewhere. */
function likeValue(key: string, dictionary: Dictionary, random: Random): Json {
  const known = dictionary.valuesOf.get(key) ?? [];
  return known[random.below(Math.max(1, known.length))] ?? leaf(dictionary, random);
}

function leaf(dictionary: Dictionary, random: Random): Json {
  switch (random.below(6)) {
    case 0:
      return null;
    case 1:
      return random.oneIn(2);
    case 2:
      return random.pick(strangeNumbers as [number]);
    case 3:
      return dictionary.keys[random.below(dictionary.keys.length)] ?? "";
    default:
      return random.pick([...strangeTexts, ...strangeKeys] as unknown as [string]);
  }
}

/** Any JSON, from the words that documents are made of. */
export function anyValue(dictionary: Dictionary, random: Random, depth: number): Json {
  if (depth <= 0 || random.oneIn(3)) return leaf(dictionary, random);
  const length = random.below(5);
  if (random.oneIn(2)) return Array.from({ length }, () => anyValue(dictionary, random, depth - 1));
  let record: Record = {};
  for (let i = 0; i < length; i += 1) {
    const key = random.oneIn(6) ? random.pick(strangeKeys as [string]) : (dictionary.keys[random.below(dictionary.keys.length)] ?? "");
    record = withEntry(record, key, random.oneIn(2) ? likeValue(key, dictionary, random) : anyValue(dictionary, random, depth - 1));
  }
  return record;
}

/** The record with an entry of its own under any key, `__proto__` included. */
function withEntry(record: Record, key: string, value: Json): Record {
  const copy = { ...record };
  Object.defineProperty(copy, key, { value, enumerable: true, configurable: true, writable: true });
  return copy;
}

function isRecord(value: Json): value is Record {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
