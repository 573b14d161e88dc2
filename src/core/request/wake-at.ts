import type { ApprovalState } from "../approval/approval-state.js";
import { nextDue } from "../approval/next-due.js";
import { requireState } from "../approval/state/accept-state.js";
import { kindOf, valueAt } from "../kernel/read-json.js";
import type { Instant } from "../time/instant.js";
import type { RequestState } from "./request-state.js";
import { requireRequest } from "./state/accept-request.js";

/**
 * When `timeReached` would next change something: of an approval, a tier opens, or it expires (A11, A12); of a
 * request, whatever its status waits for (L). null: never, because it is over or waits for people only.
 *
 * Exact: at any instant before it that the state takes, `timeReached` changes nothing, and at it something. A
 * timer set to it is a hint that may fire late, twice or never: votes are judged by the time they come with.
 *
 * Throws `AccessFlowError`: `state_foreign` or `state_newer` for what is no state of this library.
 *
 * @example
 * const flow = defineAccessFlow({
 *   name: "Reports",
 *   requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
 *   targets: [{ kind: "bundle", bundle: "reports" }],
 *   approval: {
 *     kind: "approvalOf", groups: "anyOf", expiresAfter: { amount: 2, unit: "hour" },
 *     approverGroups: [{ conditions: [{ attribute: "group", values: ["leads"] }] }],
 *   },
 * });
 * const started = startApproval(flow, { requestor: { id: "ada" }, at: 0 });
 * started.ok && wakeAt(started.value.state);
 * // => 7200000
 */
export function wakeAt(state: ApprovalState | RequestState): Instant | null {
  const isRequest = kindOf(state) === "record" && valueAt(state, "kind") === "requestState";
  return isRequest ? requireRequest(state).wakeAt : nextDue(requireState(state));
}
