/*
 * What answers cost that are frozen all the way down, whatever is decided: as many new records and lists as an answer of
 * this library has, with as many members each. Whoever gives such answers cannot be quicker.
 */
import type { Contender } from "./measure.js";

/** For each question: how to ask it, and the answer that contenders are compared by. */
export function madeAndFrozen(asks: readonly (() => unknown)[], answers: readonly unknown[]): Contender {
  const makers = asks.map(makerOf);
  return {
    name: "its new records made and frozen, nothing decided",
    role: "bound",
    run: (index) => {
      makers[index]?.();
      return answers[index];
    },
  };
}

/** Two answers to one question: what stands in both is shared, what stands in the second alone was made for it. */
function makerOf(ask: () => unknown): () => void {
  const shared = objectsIn(ask());
  const sizes = [...objectsIn(ask())].filter((object) => !shared.has(object)).map(sizeOf);
  return () => {
    for (let i = 0; i < sizes.length; i += 1) lastMade = Object.freeze(made(sizes[i] ?? 0));
  };
}

function objectsIn(value: unknown, found: Set<object> = new Set()): Set<object> {
  if (typeof value !== "object" || value === null || found.has(value)) return found;
  found.add(value);
  for (const member of Object.values(value)) objectsIn(member, found);
  return found;
}

/** A record's keys, counted; below zero: a list's places. */
function sizeOf(object: object): number {
  return Array.isArray(object) ? -1 - object.length : Object.keys(object).length;
}

/** Kept, so that nothing can be left out. */
let lastMade: unknown;

export function takenRecord(): unknown {
  return lastMade;
}

/** Literals, which are the quickest to make; a large record is made as one of eight keys, which costs less. */
function made(size: number): object {
  switch (size) {
    case -1:
      return [];
    case -2:
      return [size];
    case -3:
      return [size, size];
    case -4:
      return [size, size, size];
    case 0:
      return {};
    case 1:
      return { a: size };
    case 2:
      return { a: size, b: size };
    case 3:
      return { a: size, b: size, c: size };
    case 4:
      return { a: size, b: size, c: size, d: size };
    case 5:
      return { a: size, b: size, c: size, d: size, e: size };
    case 6:
      return { a: size, b: size, c: size, d: size, e: size, f: size };
    case 7:
      return { a: size, b: size, c: size, d: size, e: size, f: size, g: size };
    default:
      return size < 0 ? [size, size, size, size] : { a: size, b: size, c: size, d: size, e: size, f: size, g: size, h: size };
  }
}
