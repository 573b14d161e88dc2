import { runtimeZones } from "../time/zone.js";
import type { ZoneSource } from "../time/zone-source.js";
import type { WalkOptions } from "./document-walk.js";
import type { Total } from "./shape.js";

/** What a reader answers where anything is off, or may be. */
export const unsure: unique symbol = Symbol("unsure");

/** Gives the normal form of a value, frozen, or `unsure`. Undefined is no normal form. */
export type Reader = (value: unknown, reading: Reading) => unknown;

/**
 * One quick reading of one document: how much of it may still come. Counts are never too low: what passes a limit
 * here may be within it, and is then for the walk to say.
 */
export type Reading = {
  /** Whether keys with a default must be written, too. */
  readonly complete: boolean;
  readonly zones: ZoneSource;
  levelsLeft: number;
  nodesLeft: number;
  /** A code unit has three bytes at most, and one in ASCII: no text is measured. */
  bytesLeft: number;
  /** Texts so far that are not ASCII. */
  wideTexts: number;
  readonly totals: Map<string, number>;
};

/** More than any document that fits into memory. A small integer, which takes no place of its own. */
const plenty = 2 ** 30 - 1;

export function startReading({ limits, complete, zones = runtimeZones }: WalkOptions): Reading {
  return {
    complete,
    zones,
    levelsLeft: limits === null ? plenty : limits.depth,
    nodesLeft: limits === null ? plenty : limits.nodes,
    bytesLeft: limits === null ? plenty : limits.bytes,
    wideTexts: 0,
    totals: new Map(),
  };
}

/** Counts a value; false where the document has too many. */
export function counted(reading: Reading): boolean {
  reading.nodesLeft -= 1;
  return reading.nodesLeft >= 0;
}

/** Counts a list or a record that is about to be looked into; false where it is too deep, or one too many. `leave` ends it. */
export function enters(reading: Reading): boolean {
  reading.levelsLeft -= 1;
  return reading.levelsLeft >= 0 && counted(reading);
}

export function leave(reading: Reading): void {
  reading.levelsLeft += 1;
}

/** Counts towards a limit over the whole document; false where it is passed. */
export function keepsTotal({ totals }: Reading, { of, limit }: Total, entries: number): boolean {
  const count = (totals.get(of) ?? 0) + entries;
  totals.set(of, count);
  return count <= limit;
}

/** Counts a text or a key, `wide` where it may hold more than ASCII; false where the document may be too large. */
export function keepsText(reading: Reading, text: string, wide: boolean): boolean {
  reading.bytesLeft -= wide ? 3 * text.length : text.length;
  return reading.bytesLeft >= 0;
}
