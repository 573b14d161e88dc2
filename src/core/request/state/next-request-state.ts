import type { ApprovalState } from "../../approval/approval-state.js";
import { nextState } from "../../approval/event/next-state.js";
import type { ConcludedRequest, RecordedRequestEvent } from "../recorded-request-event.js";
import type { RequestState } from "../request-state.js";

/** The fields of a state that events change, as they stand before the submission says otherwise. */
type Changeable = Required<Omit<ConcludedRequest, "approvalOpened" | "approvalEvent" | "request" | "status">>;

const blank: Changeable = {
  wakeAt: null,
  mfa: null,
  activateBy: null,
  awaitingFacts: false,
  pauses: 0,
  grant: null,
  cause: null,
  entitlementReports: [],
  reasons: [],
};

/** The state that a submission leads to. */
export function firstRequestState(event: RecordedRequestEvent, request: RequestState["request"]): RequestState {
  const begin: RequestState = {
    kind: "requestState",
    format: "requestState/v1",
    // Every submission concludes its own.
    status: "scheduled",
    revision: 0,
    request,
    lastAt: event.at,
    approval: null,
    ...blank,
  };
  return nextRequestState(begin, event);
}

/**
 * The state after an accepted event: a fold of what was concluded, which decides nothing (L7). All fields in the
 * order of the type. `approval` is what the fold of its own event comes to, where that has been made already.
 */
export function nextRequestState(
  before: RequestState,
  { revision, at, concluded }: RecordedRequestEvent,
  approval: ApprovalState | null = approvalAfter(before.approval, concluded),
): RequestState {
  return {
    kind: before.kind,
    format: before.format,
    status: concluded.status ?? before.status,
    revision,
    request: before.request,
    lastAt: at,
    wakeAt: after(concluded.wakeAt, before.wakeAt),
    mfa: after(concluded.mfa, before.mfa),
    approval,
    activateBy: after(concluded.activateBy, before.activateBy),
    awaitingFacts: after(concluded.awaitingFacts, before.awaitingFacts),
    pauses: after(concluded.pauses, before.pauses),
    grant: after(concluded.grant, before.grant),
    cause: after(concluded.cause, before.cause),
    entitlementReports: after(concluded.entitlementReports, before.entitlementReports),
    reasons: after(concluded.reasons, before.reasons),
  };
}

/** What was concluded, null included; without a conclusion it stays. */
function after<T>(concluded: T | undefined, before: T): T {
  return concluded === undefined ? before : concluded;
}

function approvalAfter(before: ApprovalState | null, { approvalOpened, approvalEvent }: ConcludedRequest): ApprovalState | null {
  const opened = approvalOpened ?? before;
  return opened === null || approvalEvent === undefined ? opened : nextState(opened, approvalEvent);
}
