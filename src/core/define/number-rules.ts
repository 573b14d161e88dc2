import type { NumberShape } from "./shape.js";

/** Whether a number is one that the shape allows. */
export function isPossible(number: number, { whole, from }: NumberShape): boolean {
  return Number.isFinite(number) && (from === null || number >= from) && (!whole || Number.isSafeInteger(number));
}

/** JSON has no negative zero: it would not come back from a store as it went in (D7). */
export function storedNumber(number: number): number {
  return number === 0 ? 0 : number;
}
