/** The life of a whole request: submission, the state machine, what is stored, and what people may see of it. */

export { evaluateRequest } from "./core/request/evaluate-request.js";
export type { CurrentGrant, GrantPlan } from "./core/request/grant-plan.js";
export { type GrantInput, grantRequest } from "./core/request/grant-request.js";
export { printActivity } from "./core/request/print-activity.js";
export type { ProductStatus } from "./core/request/product-status.js";
export { type ReconcileInput, reconcileGrants } from "./core/request/reconcile-grants.js";
export type { ConcludedRequest, RecordedRequestEvent } from "./core/request/recorded-request-event.js";
export { replay } from "./core/request/replay.js";
export type { RequestCheck, RequestDecision } from "./core/request/request-decision.js";
export { type Effect, type EffectContent, laneOf } from "./core/request/request-effect.js";
export type {
  ActivatedEvent,
  ActivationFailedEvent,
  CompleteMfaEvent,
  DeactivatedEvent,
  DeactivationFailedEvent,
  ExtendEvent,
  FactsRead,
  FactsReadEvent,
  Reported,
  RequestEvent,
  RevokeEvent,
} from "./core/request/request-event.js";
export type { HeldRequest, RequestInput } from "./core/request/request-input.js";
export type {
  EndCause,
  EntitlementReport,
  MfaEvidence,
  RequestGrant,
  RequestState,
  SubmittedRequest,
} from "./core/request/request-state.js";
export { RequestStateMachine } from "./core/request/request-state-machine.js";
export type { RequestStatus } from "./core/request/request-status.js";
export type { AcceptedRequest } from "./core/request/request-step.js";
export type { RequestView, VoteView } from "./core/request/request-view.js";
export { restoreRequestState } from "./core/request/restore-request-state.js";
export { submitRequest } from "./core/request/submit-request.js";
export { type TimelineEntry, timelineOf } from "./core/request/timeline-of.js";
export { type ActivityFacts, type ActivityRow, activityColumns, toActivityRow } from "./core/request/to-activity-row.js";
export { transitionRequest } from "./core/request/transition-request.js";
export { mayRead, type Viewer, viewFor } from "./core/request/view-for.js";
export { wakeAt } from "./core/request/wake-at.js";
