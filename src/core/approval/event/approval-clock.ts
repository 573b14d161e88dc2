import { durationMs } from "../../time/duration.js";
import type { Instant } from "../../time/instant.js";
import type { ApprovalState } from "../approval-state.js";

/** When an approval opened, and by which rules. */
type Opened = Pick<ApprovalState, "rules" | "openedAt">;

/** From when on an undecided request is expired, this instant included; null: never (A11). */
export function deadlineOf({ rules: { approval }, openedAt }: Opened): Instant | null {
  if (approval.kind === "automatic" || approval.expiresAfter === "never") return null;
  return openedAt + durationMs(approval.expiresAfter);
}

/** When tier `tier` (from 1) would open, this instant included (A12). */
export function tierOpensAt({ rules: { approval }, openedAt }: Opened, tier: number): Instant {
  return approval.kind === "automatic" || approval.escalation === undefined
    ? Number.POSITIVE_INFINITY
    : openedAt + tier * durationMs(approval.escalation.every);
}
