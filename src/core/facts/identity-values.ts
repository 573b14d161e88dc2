import { hasOtherSpellings, normalText } from "../kernel/text.js";
import type { AttributeValue, Identity } from "./identity.js";

/** What `attributes` holds under a name; undefined where it is not known. */
export type HeldValues = AttributeValue | readonly (AttributeValue | null)[];

/** Names that are derived or mean a relation: `attributes` cannot set them (C8). */
export const reservedAttributes: readonly string[] = ["user", "manager", "owner"];

export function isReservedAttribute(name: string): boolean {
  return name === "user" || name === "manager" || name === "owner";
}

/**
 * The values of an ordinary attribute; undefined where the identity does not have it, `null` included (C4).
 * Own keys only. A name finds the key that is equal under NFC (C6), however either is written; where several
 * are, nobody can say which is meant, and the attribute is unknown.
 */
export function heldValues(identity: Identity, name: string): HeldValues | undefined {
  const attributes = identity.attributes;
  if (attributes === undefined || isReservedAttribute(name)) return undefined;
  if (!hasOtherSpellings(name)) return ownValues(identity, name);
  return heldUnderAnySpelling(attributes, name);
}

/** The same for a name that is not reserved and is spelt in one way only. */
export function ownValues({ attributes }: Identity, name: string): HeldValues | undefined {
  if (attributes === undefined || !Object.hasOwn(attributes, name)) return undefined;
  return attributes[name] ?? undefined;
}

function heldUnderAnySpelling(attributes: NonNullable<Identity["attributes"]>, name: string): HeldValues | undefined {
  const normal = normalText(name);
  let found: HeldValues | undefined;
  let keys = 0;
  for (const key of Object.keys(attributes)) {
    const held = attributes[key];
    // A key that is undefined is absent, as it is in JSON; null is an answer of its own beside another.
    if (held === undefined || normalText(key) !== normal) continue;
    keys += 1;
    found = held ?? undefined;
  }
  return keys === 1 ? found : undefined;
}

/**
 * Whom a record names as manager (C10); null is known to be nobody, undefined is unknown. An empty text is a
 * field that a directory left empty: it names nobody and says nothing.
 */
export function knownManager(manager: string | null | undefined): string | null | undefined {
  return manager === "" ? undefined : manager;
}

export function isList(held: HeldValues): held is readonly (AttributeValue | null)[] {
  return Array.isArray(held);
}

/** A bare text is its own id (C5). */
export function valueId(value: AttributeValue): string {
  return typeof value === "string" ? value : value.id;
}

/** A bare text is its own name; undefined where the name is unknown: an empty one is none (C5). */
export function valueName(value: AttributeValue): string | undefined {
  const name = typeof value === "string" ? value : value.name;
  return name === "" ? undefined : name;
}

export function valueSource(value: AttributeValue): string | undefined {
  return typeof value === "string" ? undefined : value.source;
}

/** Whether this directory answered about the identity (C7). */
export function wasAsked(identity: Identity, source: string): boolean {
  const sources = identity.sources;
  if (sources === undefined) return false;
  const normal = normalText(source);
  for (let i = 0; i < sources.length; i += 1) if (normalText(sources[i] ?? "") === normal) return true;
  return false;
}
