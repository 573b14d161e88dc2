import { nextDue } from "../../approval/next-due.js";
import { type Inconsistency, when } from "../../approval/state/inconsistency.js";
import { wakeTime } from "../event/conclude-request.js";
import { mfaDeadlineOf } from "../event/open-request.js";
import type { RequestState } from "../request-state.js";
import { isEnd } from "../request-status.js";

/** The timer follows from the rest, but in `scheduled` and `deactivating`, where it depends on what was answered. */
export function wakeInconsistencies(state: RequestState): readonly Inconsistency[] {
  const { status, wakeAt, awaitingFacts, activateBy, lastAt } = state;
  return [
    ...when(wakeAt !== expectedWake(state), ["wakeAt"], "is not when something is due"),
    ...when(wakeAt !== null && wakeAt < lastAt, ["wakeAt"], "is before the last event"),
    ...when(wakeAt !== null && activateBy !== null && status === "scheduled" && wakeAt > activateBy, ["wakeAt"], "is after `activateBy`"),
    ...when(awaitingFacts && status !== "scheduled", ["awaitingFacts"], `does not go with \`${status}\``),
  ];
}

function expectedWake(state: RequestState): number | null {
  const { status, wakeAt, awaitingFacts, activateBy, lastAt, grant, approval } = state;
  if (isEnd(status)) return null;
  switch (status) {
    case "awaitingMfa":
      return wakeTime(mfaDeadlineOf(state), lastAt);
    case "awaitingApproval":
      return approval === null ? null : nextDue(approval);
    case "scheduled":
      // Any time up to `activateBy`, which is checked beside this; null only where instants end before it.
      return awaitingFacts || wakeAt === null ? wakeTime(activateBy, lastAt) : wakeAt;
    case "activating":
    case "active":
      return wakeTime(grant?.window.end ?? null, lastAt);
    default:
      return wakeAt;
  }
}
