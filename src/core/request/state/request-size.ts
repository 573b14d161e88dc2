import { jsonBytes } from "../../approval/state/state-size.js";
import type { ConcludedRequest } from "../recorded-request-event.js";
import type { RequestState } from "../request-state.js";

/** How long a request is as JSON text beside its flow, which stores keep once (D4), in bytes of UTF-8. */
export function requestBytes(state: RequestState): number {
  const { flow: _, ...request } = state.request;
  return jsonBytes({ ...state, request });
}

/**
 * At most so many bytes an event adds, so that a state is not written out at every event to be measured: what it
 * concludes, and room for the digits of numbers.
 */
export function requestBytesAdded(concluded: ConcludedRequest): number {
  return jsonBytes(concluded) + 64;
}
