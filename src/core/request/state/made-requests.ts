import { beside } from "../../kernel/beside.js";
import { deepFreeze } from "../../kernel/deep-freeze.js";
import type { RequestState } from "../request-state.js";

/**
 * The states that were made or restored here, each with a number of bytes that it does not exceed beside its flow.
 * A pure memo: they are frozen all the way down, so what was once checked stays true.
 */
const sizes = beside<number>();

export function makeRequest(state: RequestState, atMostBytes: number): RequestState {
  sizes.keep(state, atMostBytes);
  return deepFreeze(state);
}

export function isMadeRequest(value: unknown): value is RequestState {
  return sizes.of(value) !== undefined;
}

/** The bound given with a state that was made here; undefined for anything else. */
export function requestWithin(state: RequestState): number | undefined {
  return sizes.of(state);
}
