import { pendingApproval } from "./pending-approval.js";
import { startApproval } from "./start-approval.js";
import { transitionApproval } from "./transition-approval.js";

/**
 * The life of an approval as pure functions over plain JSON: `start` opens it, `transition` takes an event,
 * `pending` says what is still needed. The same functions as `startApproval`, `transitionApproval` and
 * `pendingApproval`, whose descriptions say what bad input gets.
 *
 * @example
 * ApprovalStateMachine.transition === transitionApproval;
 * // => true
 */
export const ApprovalStateMachine: {
  readonly start: typeof startApproval;
  readonly transition: typeof transitionApproval;
  readonly pending: typeof pendingApproval;
} = Object.freeze({ start: startApproval, transition: transitionApproval, pending: pendingApproval });
