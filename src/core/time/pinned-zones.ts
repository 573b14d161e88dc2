import { isDeepFrozen } from "../kernel/deep-freeze.js";
import { kindOf, valueAt } from "../kernel/read-json.js";
import { lowerAscii } from "../kernel/text.js";
import { namesOfLine, zoneOfLine } from "./zone-line.js";
import type { ZoneSource } from "./zone-source.js";
import type { Zone } from "./zone-table.js";

/** Tables read before. Only what can never change is remembered. */
const sources = new WeakMap<object, ZoneSource>();

/**
 * The zones of tables that a host has pinned (X11), without any Intl; null for a value that is no zone tables.
 * A line that cannot be unpacked is a zone that the tables lack, and so is a name that stands in two lines.
 */
export function pinnedZones(tables: unknown): ZoneSource | null {
  // What is no object is no key, and is not there.
  const known = sources.get(tables as object);
  if (known !== undefined) return known;
  if (!isRecord(tables)) return null;
  const lines = linesOf(tables);
  if (lines === null) return null;
  const source = sourceOf(lines);
  if (isDeepFrozen(tables)) sources.set(tables, source);
  return source;
}

function isRecord(value: unknown): value is object {
  return kindOf(value) === "record";
}

function linesOf(tables: object): readonly string[] | null {
  const release = valueAt(tables, "release");
  const zones = valueAt(tables, "zones");
  if (typeof release !== "string" || release === "" || !Array.isArray(zones)) return null;
  const lines = [...zones];
  return lines.every((line) => typeof line === "string") ? lines : null;
}

function sourceOf(lines: readonly string[]): ZoneSource {
  const lineOf = new Map<string, number | null>();
  lines.forEach((line, index) => {
    for (const name of namesOfLine(line)) {
      const key = lowerAscii(name);
      lineOf.set(key, lineOf.has(key) ? null : index);
    }
  });
  /** By line. There are as many as the tables have. */
  const unpacked = new Map<number, Zone | null>();

  function findZone(name: string): Zone | null {
    const index = lineOf.get(lowerAscii(name)) ?? null;
    if (index === null) return null;
    const found = unpacked.get(index);
    if (found !== undefined) return found;
    const zone = zoneOfLine(lines[index] ?? "");
    unpacked.set(index, zone);
    return zone;
  }

  return { findZone, timetables: new WeakMap() };
}
