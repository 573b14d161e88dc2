/*
 * Reading values that may be anything: what TypeScript calls `unknown`, and more. Proxies, getters and
 * revoked objects can throw at every touch, so every touch is here, and none of these functions throws.
 */

/** The sort of a JSON value; `foreign` is what JSON cannot say. */
export type JsonKind = "null" | "flag" | "number" | "text" | "list" | "record" | "foreign";

/** What is read where reading fails; foreign like any symbol. */
const unreadable: unique symbol = Symbol("unreadable");

export function kindOf(value: unknown): JsonKind {
  switch (typeof value) {
    case "string":
      return "text";
    case "number":
      return "number";
    case "boolean":
      return "flag";
    case "object":
      return value === null ? "null" : kindOfObject(value);
    default:
      return "foreign";
  }
}

function kindOfObject(value: object): JsonKind {
  try {
    if (Array.isArray(value)) return "list";
    return isPlain(value) ? "record" : "foreign";
  } catch {
    return "foreign";
  }
}

/**
 * Whether an object is a plain record: without a prototype, or with the `Object.prototype` of this realm or
 * another. Dates, maps, boxed texts and instances of classes have a longer chain, and a record that inherits
 * from another has one that is no realm's: they are no JSON, which inherits nothing.
 */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || isObjectPrototype(prototype as object);
}

/** An `Object.prototype` ends the chain and has functions of its own that every object has from it. */
function isObjectPrototype(prototype: object): boolean {
  if (Object.getPrototypeOf(prototype) !== null) return false;
  return typeof valueAt(prototype, "hasOwnProperty") === "function" && typeof valueAt(prototype, "isPrototypeOf") === "function";
}

/** The keys that JSON would write, in their order; null where they cannot be read. */
export function keysOf(record: object): readonly string[] | null {
  try {
    return Object.keys(record);
  } catch {
    return null;
  }
}

/** The number of entries of a list; null where it cannot be read. */
export function lengthOf(list: object): number | null {
  const length = valueAt(list, "length");
  return typeof length === "number" && Number.isSafeInteger(length) && length >= 0 ? length : null;
}

/**
 * An object's own value under a key, undefined where there is none. A computed one is unreadable: it could
 * answer differently the next time.
 */
export function valueAt(object: object, key: string | number): unknown {
  try {
    const property = Object.getOwnPropertyDescriptor(object, key);
    if (property === undefined) return undefined;
    return "value" in property ? property.value : unreadable;
  } catch {
    return unreadable;
  }
}
