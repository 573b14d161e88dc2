import type { ApprovalState } from "../../approval/approval-state.js";
import { openedState } from "../../approval/event/open-approval.js";
import { askGroups } from "../../approval/event/wake-effect.js";
import { nextDue } from "../../approval/next-due.js";
import { makeOpened } from "../../approval/state/made-states.js";
import { durationMs } from "../../time/duration.js";
import type { Instant } from "../../time/instant.js";
import type { RequestState, SubmittedRequest } from "../request-state.js";
import { type Conclusion, wakeEffect, wakeTime } from "./conclude-request.js";

/** Approval opens, or, where nobody needs to approve, the request is scheduled (A1): at submission, or when MFA is complete. */
export function openRequest(request: SubmittedRequest, at: Instant): Conclusion {
  if (request.flow.approval.kind === "automatic") return scheduleRequest(request, at);
  const approval = makeOpened(openedApproval(request, at));
  return {
    changes: { status: "awaitingApproval", wakeAt: nextDue(approval), approvalOpened: approval },
    effects: askGroups(approval),
  };
}

export function openedApproval(request: SubmittedRequest, at: Instant): ApprovalState {
  return openedState(request.flow, request, at);
}

/**
 * Approved: facts are read at once, or when the start that was asked for has come (L3). It has to begin to activate
 * in time, counted from then.
 */
export function scheduleRequest({ flow, startAt }: SubmittedRequest, at: Instant): Conclusion {
  const from = Math.max(at, startAt ?? at);
  const activateBy = from + durationMs(flow.settings.activateWithin);
  const reads = from === at;
  const wakeAt = wakeTime(reads ? activateBy : from, at);
  return {
    changes: { status: "scheduled", wakeAt, activateBy, awaitingFacts: reads },
    effects: reads ? [{ type: "readFacts" }] : wakeEffect(wakeAt),
  };
}

/** Until when the grantee may complete MFA, this instant excluded (L2). */
export function mfaDeadlineOf({ request }: Pick<RequestState, "request">): Instant {
  return request.submittedAt + durationMs(request.flow.settings.mfaWithin);
}
