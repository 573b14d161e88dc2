import type { ApprovalState } from "../approval-state.js";
import type { ApprovalEffectContent } from "../effect.js";
import { nextDue } from "../wake-at.js";

/** The timer that a state needs, if any. */
export function wake(state: ApprovalState): readonly ApprovalEffectContent[] {
  const at = nextDue(state);
  return at === null ? [] : [{ type: "wake", at }];
}
