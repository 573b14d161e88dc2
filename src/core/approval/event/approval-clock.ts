import { durationMs } from "../../time/duration.js";
import { type Instant, lastInstant } from "../../time/instant.js";
import type { ApprovalState } from "../approval-state.js";

/** When an approval opened, and by which rules. */
type Opened = Pick<ApprovalState, "rules" | "openedAt">;

/** From when on an undecided request is expired, this instant included; null: never (A11). */
export function deadlineOf({ rules: { approval }, openedAt }: Opened): Instant | null {
  if (approval.kind === "automatic" || approval.expiresAfter === "never") return null;
  return openedAt + durationMs(approval.expiresAfter);
}

export function isPastDeadline(opened: Opened, at: Instant): boolean {
  const deadline = deadlineOf(opened);
  return deadline !== null && at >= deadline;
}

/** When tier `tier` (from 1) would open, this instant included (A12). */
export function tierOpensAt({ rules: { approval }, openedAt }: Opened, tier: number): Instant {
  return approval.kind === "automatic" || approval.escalation === undefined
    ? Number.POSITIVE_INFINITY
    : openedAt + tier * durationMs(approval.escalation.every);
}

/** How many tiers can open at all: those before the deadline, and before instants end. */
export function tiersInTime(opened: Opened): number {
  return openTiers(opened, lastInstant);
}

/** How many tiers are open at an instant: computed from time, never from timers (A12). None opens at or after the deadline. */
export function openTiers(opened: Opened, at: Instant): number {
  const { approval } = opened.rules;
  if (approval.kind === "automatic" || approval.escalation === undefined) return 0;
  let open = 0;
  for (const _ of approval.escalation.tiers) {
    const opensAt = tierOpensAt(opened, open + 1);
    if (opensAt > at || isPastDeadline(opened, opensAt)) break;
    open += 1;
  }
  return open;
}
