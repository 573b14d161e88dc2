import { accessFlowError } from "../../kernel/access-flow-error.js";
import { type Reason, reason } from "../../kernel/reason.js";
import { failure, type Result, success } from "../../kernel/result.js";
import type { ApprovalState } from "../approval-state.js";
import { restoreApprovalState } from "../restore-approval-state.js";
import { isMadeState } from "./made-states.js";

/**
 * The state that a function was given: one of this library's own at once, anything else only if it could have
 * been (TH21). Stored data comes through `restoreApprovalState`, which says what is wrong with it.
 */
export function acceptState(state: unknown): Result<ApprovalState, Reason> {
  if (isMadeState(state)) return success(state);
  const restored = restoreApprovalState(state);
  if (restored.ok) return restored;
  return failure(reason(restored.error[0].code === "state_newer" ? "state_newer" : "state_foreign", "L13", []));
}

/** The same where there is no room for a refusal: throws `state_foreign` or `state_newer`. */
export function requireState(state: unknown): ApprovalState {
  const accepted = acceptState(state);
  if (accepted.ok) return accepted.value;
  const { code } = accepted.error;
  throw accessFlowError(code, code === "state_newer" ? "state is of a newer format" : "state is no approval state of this library");
}
