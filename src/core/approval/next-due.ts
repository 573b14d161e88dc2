import type { Instant } from "../time/instant.js";
import { lastInstant } from "../time/instant.js";
import type { ApprovalState } from "./approval-state.js";
import { memoOf } from "./state/made-states.js";

/** When a tier opens next, or the approval expires (A11, A12); null: never. */
export function nextDue(state: ApprovalState): Instant | null {
  if (state.status !== "pending") return null;
  const { opensAt, deadline } = memoOf(state).ready;
  const due = opensAt[state.tiersAsked] ?? deadline;
  if (due === null || due > lastInstant) return null;
  // A timer that never fired: due since then, and the machine takes no event earlier than the last.
  return Math.max(due, state.lastAt);
}
