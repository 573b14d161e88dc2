import { accessFlowError } from "../../kernel/access-flow-error.js";
import { type Reason, reason } from "../../kernel/reason.js";
import { failure, type Result } from "../../kernel/result.js";
import type { RequestState } from "../request-state.js";
import { restoreRequestState } from "../restore-request-state.js";

/**
 * The state that a function was given: one of this library's own at once, anything else only if it could have been
 * (TH21). Stored data comes through `restoreRequestState`, which says what is wrong with it.
 */
export function acceptRequest(state: unknown): Result<RequestState, Reason> {
  const restored = restoreRequestState(state);
  if (restored.ok) return restored;
  return failure(reason(restored.error[0].code === "state_newer" ? "state_newer" : "state_foreign", "L13", []));
}

/** The same where there is no room for a refusal: throws `state_foreign` or `state_newer`. */
export function requireRequest(state: unknown): RequestState {
  const accepted = acceptRequest(state);
  if (accepted.ok) return accepted.value;
  const { code } = accepted.error;
  throw accessFlowError(code, code === "state_newer" ? "state is of a newer format" : "state is no request state of this library");
}
