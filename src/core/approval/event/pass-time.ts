import type { Instant } from "../../time/instant.js";
import type { ApprovalState } from "../approval-state.js";
import { type ApprovalEffectContent, keyed } from "../effect.js";
import type { RecordedApprovalEvent } from "../recorded-event.js";
import { memoOf } from "../state/made-states.js";
import { isPast, tiersOpen } from "../state/ready-approval.js";
import { conclude, type Step, tellAll } from "./conclude.js";
import { wake } from "./wake-effect.js";

/**
 * A clock reports the time: the request expires (A11), or tiers that have opened are asked, each once (A10, A12).
 * null: nothing is due.
 */
export function passTime(state: ApprovalState, at: Instant): Step | null {
  if (state.status !== "pending") return null;
  const memo = memoOf(state);
  const { tiersAsked } = state;
  if (isPast(memo.ready, at)) return conclude(state, memo, memo.tally, timeReached(state, at, "expired", tiersAsked), tellAll);
  const open = tiersOpen(memo.ready, at);
  if (open <= tiersAsked) return null;
  return conclude(state, memo, memo.tally, timeReached(state, at, "pending", open), (next) =>
    keyed(next.revision, [...askTiers(tiersAsked + 1, open), ...wake(next)]),
  );
}

function timeReached(state: ApprovalState, at: Instant, status: "pending" | "expired", tiersAsked: number): RecordedApprovalEvent {
  const concluded = Object.freeze({ status, tiersAsked });
  return Object.freeze({ revision: state.revision + 1, at, by: null, type: "timeReached", concluded });
}

function askTiers(from: number, to: number): readonly ApprovalEffectContent[] {
  return Array.from({ length: to - from + 1 }, (_, position) => ({ type: "askApprovers", groups: [], tier: from + position }));
}
