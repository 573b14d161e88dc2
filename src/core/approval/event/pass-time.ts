import type { Instant } from "../../time/instant.js";
import type { ApprovalState } from "../approval-state.js";
import type { ApprovalEffectContent } from "../effect.js";
import type { RecordedApprovalEvent } from "../recorded-event.js";
import { isPastDeadline, openTiers } from "./approval-clock.js";
import { conclude, type Step, tellParties } from "./conclude.js";
import { wake } from "./wake-effect.js";

/**
 * A clock reports the time: the request expires (A11), or tiers that have opened are asked, each once (A10, A12).
 * null: nothing is due.
 */
export function passTime(state: ApprovalState, at: Instant): Step | null {
  if (state.status !== "pending") return null;
  if (isPastDeadline(state, at))
    return conclude(state, timeReached(state, at, { status: "expired", tiersAsked: state.tiersAsked }), expire);
  const open = openTiers(state, at);
  if (open <= state.tiersAsked) return null;
  return conclude(state, timeReached(state, at, { status: "pending", tiersAsked: open }), (next) => [
    ...askTiers(state.tiersAsked + 1, open),
    ...wake(next),
  ]);
}

function timeReached(
  state: ApprovalState,
  at: Instant,
  concluded: { status: "pending" | "expired"; tiersAsked: number },
): RecordedApprovalEvent {
  return { revision: state.revision + 1, at, by: null, type: "timeReached", concluded };
}

function askTiers(from: number, to: number): readonly ApprovalEffectContent[] {
  return Array.from({ length: to - from + 1 }, (_, position) => ({ type: "askApprovers", groups: [], tier: from + position }));
}

function expire(next: ApprovalState): readonly ApprovalEffectContent[] {
  return [...tellParties(next, "over"), { type: "notify", to: "approvers", about: "over" }];
}
