import type { ApprovalState } from "../../approval/approval-state.js";
import { deadlineOf } from "../../approval/event/approval-clock.js";
import type { Step } from "../../approval/event/conclude.js";
import { passTime } from "../../approval/event/pass-time.js";
import { withdrawRequest } from "../../approval/event/withdraw-request.js";
import { nextDue } from "../../approval/next-due.js";
import { castVote } from "../../approval/vote/cast-vote.js";
import { Defect } from "../../kernel/defect.js";
import { reason } from "../../kernel/reason.js";
import type { ConcludedRequest } from "../recorded-request-event.js";
import type { EffectContent } from "../request-effect.js";
import type { RequestState } from "../request-state.js";
import type { RequestStep } from "../request-step.js";
import { concludeRequest } from "./conclude-request.js";
import { scheduleRequest } from "./open-request.js";
import type { ReadRequestEvent } from "./read-request-event.js";

/** Waiting for approvers: the approval machine decides (A), and the request follows; null: nothing that happens here. */
export function awaitApproval(state: RequestState, event: ReadRequestEvent): RequestStep | null {
  const approval = openApprovalOf(state);
  switch (event.type) {
    case "vote":
      return follow(state, event, castVote(approval, event));
    case "withdraw":
      return follow(state, event, withdrawRequest(approval, event.by, event.at));
    case "timeReached": {
      const step = passTime(approval, event.at);
      return step === null ? null : follow(state, event, step);
    }
    default:
      return null;
  }
}

function openApprovalOf({ approval }: RequestState): ApprovalState {
  if (approval === null) throw new Defect("awaiting approval without an approval");
  return approval;
}

/** The request after an event of its approval: effects are the approval's, and what its outcome brings. */
function follow(state: RequestState, event: ReadRequestEvent, step: Step): RequestStep {
  if (!step.ok) return step;
  const { state: approval, effects, recorded } = step.value;
  if (recorded === null) throw new Defect("an approval accepted an event and recorded none");
  // The approval's keys are those of an approval on its own: the request gives its own.
  const contents = effects.map(({ key: _, ...content }): EffectContent => content);
  const outcome = outcomeOf(state, approval, event.at);
  return concludeRequest(state, event, {
    changes: { ...outcome.changes, approvalEvent: recorded },
    effects: [...outcome.effects, ...contents],
    approval,
  });
}

type Outcome = { readonly changes: ConcludedRequest; readonly effects: readonly EffectContent[] };

function outcomeOf(state: RequestState, approval: ApprovalState, at: number): Outcome {
  switch (approval.status) {
    case "pending":
      return { changes: { wakeAt: nextDue(approval) }, effects: [] };
    case "approved":
      return scheduleRequest(state.request, at);
    case "rejected":
    case "withdrawn":
      return { changes: { status: approval.status, wakeAt: null }, effects: [] };
    case "expired": {
      const reasons = [reason("request_expired", "A11", ["approval", "expiresAfter"], { expiredAt: deadlineOf(approval) ?? at })];
      return { changes: { status: "expired", wakeAt: null, reasons }, effects: [] };
    }
  }
}
