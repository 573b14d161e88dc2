import { isPlain } from "../kernel/read-json.js";
import { mostValues } from "./fact-shape.js";

/*
 * A quick look at facts, because they are checked at every decision: true only for what the shapes of
 * `fact-shape.ts` accept. False decides nothing: the walk over the shape does, and says what is wrong. A law
 * ties the two together. Nothing is allocated here, and nothing is looked at twice: records are data, and a key
 * that computes its value is read like any other. `isPlain` keeps inherited keys out.
 */

/** Whether a value is an identity beyond doubt. */
export function isIdentity(value: unknown): boolean {
  return identitySort(value) !== null;
}

/**
 * The same, and whether its attributes are bare texts and lists of them alone (`texts`) or anything else as well
 * (`mixed`); null where it is no identity beyond doubt.
 */
export function identitySort(value: unknown): "texts" | "mixed" | null {
  try {
    return sortOfRecord(value);
  } catch {
    return null;
  }
}

/** Whether a value is a resource beyond doubt. */
export function isResource(value: unknown): boolean {
  try {
    return isResourceRecord(value);
  } catch {
    return false;
  }
}

/** Whether a value is a record without keys that are not known. */
export function hasKnownKeys(value: unknown, known: readonly string[]): boolean {
  try {
    if (!isRecord(value)) return false;
    for (const key in value) if (!known.includes(key)) return false;
    return true;
  } catch {
    return false;
  }
}

type Unread = { readonly [key: string]: unknown };

function sortOfRecord(value: unknown): "texts" | "mixed" | null {
  if (!isRecord(value)) return null;
  let sort: "texts" | "mixed" = "texts";
  let hasId = false;
  let count = 0;
  for (const key in value) {
    const member = value[key];
    if (member === undefined) continue;
    switch (key) {
      case "id":
        if (typeof member !== "string" || member === "") return null;
        hasId = true;
        break;
      case "attributes": {
        const texts = countTexts(member);
        const values = texts < 0 ? countAttributes(member) : texts;
        if (values < 0) return null;
        if (texts < 0) sort = "mixed";
        count += values;
        break;
      }
      case "emails":
      case "sources":
        if (!isTexts(member)) return null;
        count += member.length;
        break;
      case "accounts":
        if (!isValues(member, false)) return null;
        count += member.length;
        break;
      case "active":
        if (typeof member !== "boolean") return null;
        break;
      case "name":
        if (typeof member !== "string") return null;
        break;
      case "manager":
        if (typeof member !== "string" && member !== null) return null;
        break;
      default:
        return null;
    }
  }
  return hasId && count <= mostValues ? sort : null;
}

/** How many texts an identity's attributes hold, where they are texts and lists of texts alone; else -1. Nearly all are. */
function countTexts(attributes: unknown): number {
  if (!isRecord(attributes)) return -1;
  let count = 0;
  for (const name in attributes) {
    const member = attributes[name];
    if (isTexts(member)) count += member.length;
    else if (typeof member === "string") count += 1;
    else return -1;
  }
  return count;
}

/** How many values an identity's attributes hold; -1 where they are not of the stated shape. */
function countAttributes(attributes: unknown): number {
  if (!isRecord(attributes)) return -1;
  let count = 0;
  for (const name in attributes) {
    const member = attributes[name];
    if (Array.isArray(member)) {
      if (!isValues(member, true)) return -1;
      count += member.length;
    } else if (typeof member === "string") count += 1;
    else if (member === undefined || member === null) continue;
    else if (isEntity(member)) count += 1;
    else return -1;
  }
  return count;
}

function isValues(list: unknown, orNull: boolean): list is readonly unknown[] {
  if (!Array.isArray(list) || list.length > mostValues) return false;
  for (let i = 0; i < list.length; i += 1) if (typeof list[i] !== "string" && !isOtherValue(list[i], orNull)) return false;
  return true;
}

function isOtherValue(value: unknown, orNull: boolean): boolean {
  return value === null ? orNull : isEntity(value);
}

function isEntity(value: unknown): boolean {
  if (!isRecord(value)) return false;
  let hasId = false;
  for (const key in value) {
    const member = value[key];
    if (member === undefined) continue;
    if (typeof member !== "string") return false;
    if (key === "id") hasId = true;
    else if (key !== "name" && key !== "source") return false;
  }
  return hasId;
}

function isTexts(list: unknown): list is readonly string[] {
  if (!Array.isArray(list) || list.length > mostValues) return false;
  for (let i = 0; i < list.length; i += 1) if (typeof list[i] !== "string") return false;
  return true;
}

function isResourceRecord(value: unknown): boolean {
  if (!isRecord(value)) return false;
  let needed = 4;
  for (const key in value) {
    const member = value[key];
    if (member === undefined) continue;
    switch (key) {
      case "id":
        if (typeof member !== "string" || member === "") return false;
        needed -= 1;
        break;
      case "name":
      case "type":
      case "integration":
        if (typeof member !== "string") return false;
        needed -= 1;
        break;
      case "path":
      case "sourceId":
      case "riskLevel":
        if (typeof member !== "string") return false;
        break;
      case "status":
        if (member !== "active" && member !== "error" && member !== "deleted") return false;
        break;
      case "tags":
      case "context":
        if (!isTextMap(member)) return false;
        break;
      case "permissions":
        if (!isPermissions(member)) return false;
        break;
      default:
        return false;
    }
  }
  return needed === 0;
}

function isPermissions(list: unknown): boolean {
  if (!Array.isArray(list)) return false;
  for (let i = 0; i < list.length; i += 1) if (typeof list[i] !== "string" && !isPermission(list[i])) return false;
  return true;
}

function isPermission(value: unknown): boolean {
  if (!isRecord(value)) return false;
  let hasName = false;
  for (const key in value) {
    const member = value[key];
    if (member === undefined) continue;
    switch (key) {
      case "name":
      case "id":
      case "riskLevel":
        if (typeof member !== "string") return false;
        if (key === "name") hasName = true;
        break;
      case "tags":
      case "context":
        if (!isTextMap(member)) return false;
        break;
      default:
        return false;
    }
  }
  return hasName;
}

function isTextMap(value: unknown): boolean {
  if (!isRecord(value)) return false;
  for (const key in value) if (typeof value[key] !== "string" && value[key] !== undefined) return false;
  return true;
}

function isRecord(value: unknown): value is Unread {
  return typeof value === "object" && value !== null && !Array.isArray(value) && isPlain(value);
}
