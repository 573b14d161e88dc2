import type { ApprovalState } from "../approval-state.js";
import type { ApprovalEffectContent } from "../effect.js";
import { nextDue } from "../next-due.js";

/** The timer that a state needs, if any. */
export function wake(state: ApprovalState): readonly ApprovalEffectContent[] {
  const at = nextDue(state);
  return at === null ? [] : [{ type: "wake", at }];
}

/** What an approval needs as it opens: its groups asked, and a timer. Nothing where nobody needs to approve (A1). */
export function askGroups(state: ApprovalState): readonly ApprovalEffectContent[] {
  const { approval } = state.rules;
  if (approval.kind === "automatic") return [];
  return [{ type: "askApprovers", groups: approval.approverGroups.map((_, group) => group), tier: null }, ...wake(state)];
}
