import type { Instant } from "../time/instant.js";
import { lastInstant } from "../time/instant.js";
import type { ApprovalState } from "./approval-state.js";
import { deadlineOf, tierOpensAt, tiersInTime } from "./event/approval-clock.js";
import { requireState } from "./state/accept-state.js";

/**
 * When `timeReached` would next change something: a tier opens, or the request expires (A11, A12). null:
 * never, because it is decided or waits for people only.
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
export function wakeAt(state: ApprovalState): Instant | null {
  return nextDue(requireState(state));
}

/** The same for a state that was accepted. */
export function nextDue(state: ApprovalState): Instant | null {
  if (state.status !== "pending") return null;
  const next = state.tiersAsked + 1;
  const due = next <= tiersInTime(state) ? tierOpensAt(state, next) : deadlineOf(state);
  if (due === null || due > lastInstant) return null;
  // A timer that never fired: due since then, and the machine takes no event earlier than the last.
  return Math.max(due, state.lastAt);
}
