import { stateLimit } from "../../approval/state/state-size.js";
import { deepFreeze } from "../../kernel/deep-freeze.js";
import { reason } from "../../kernel/reason.js";
import { refuse } from "../../kernel/refusal.js";
import { success } from "../../kernel/result.js";
import type { Conclusion } from "../event/conclude-request.js";
import { openedApproval } from "../event/open-request.js";
import type { RecordedRequestEvent } from "../recorded-request-event.js";
import { keyedEffects } from "../request-effect.js";
import type { SubmittedRequest } from "../request-state.js";
import type { RequestStep } from "../request-step.js";
import { makeRequest } from "../state/made-requests.js";
import { firstRequestState } from "../state/next-request-state.js";
import { requestBytes } from "../state/request-size.js";

/** The first event of a request, and its state; refused where it would grow too large to store beside its flow. */
export function beginRequest(request: SubmittedRequest, by: string | null, { changes, effects }: Conclusion): RequestStep {
  const recorded: RecordedRequestEvent = {
    revision: 1,
    at: request.submittedAt,
    by,
    type: "submitted",
    concluded: { ...changes, request },
  };
  const state = firstRequestState(recorded, request);
  // After MFA its approval comes on top: a request that could not be stored then is refused now.
  const opened = state.status === "awaitingMfa" ? { ...state, approval: openedApproval(request, request.submittedAt) } : state;
  const bytes = requestBytes(opened);
  if (bytes > stateLimit) return refuse(reason("too_much_asked", "D4", [], { limit: stateLimit }));
  makeRequest(state, bytes);
  return success(deepFreeze({ state, effects: keyedEffects(request.id, 1, effects), recorded }));
}
