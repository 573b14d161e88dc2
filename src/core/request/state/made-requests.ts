import { deepFreeze } from "../../kernel/deep-freeze.js";
import type { RequestState } from "../request-state.js";

/** The states that were made or restored here. A pure memo: they are frozen all the way down. */
const made = new WeakSet<object>();

export function makeRequest(state: RequestState): RequestState {
  made.add(deepFreeze(state));
  return state;
}

export function isMadeRequest(value: unknown): value is RequestState {
  return typeof value === "object" && value !== null && made.has(value);
}
