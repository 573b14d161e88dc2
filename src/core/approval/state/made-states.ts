import { deepFreeze } from "../../kernel/deep-freeze.js";
import type { ApprovalState } from "../approval-state.js";

/**
 * The states this library has made, each with a number of bytes that it does not exceed. A pure memo: they are
 * frozen all the way down, so what was once checked stays true.
 */
const made = new WeakMap<object, number>();

export function makeState(state: ApprovalState, atMostBytes: number): ApprovalState {
  deepFreeze(state);
  made.set(state, atMostBytes);
  return state;
}

/** The bound given with a state that this library made; undefined for anything else. */
export function madeWithin(value: unknown): number | undefined {
  return typeof value === "object" && value !== null ? made.get(value) : undefined;
}
