/** Approval: the plan, the state machine, and what is stored. */

export type { Accepted } from "./core/approval/accepted.js";
export type { Actor } from "./core/approval/actor.js";
export type { ApprovalEvent, TimeReachedEvent, VoteEvent, WithdrawEvent } from "./core/approval/approval-event.js";
export type { ApprovalState, ApprovalStatus, OwnerClass, PersonRecord, VoteCount, VoteRecord } from "./core/approval/approval-state.js";
export { ApprovalStateMachine } from "./core/approval/approval-state-machine.js";
export { type CandidateSelectorInput, candidateSelector } from "./core/approval/candidate-selector.js";
export type { ApprovalEffect, ApprovalEffectContent } from "./core/approval/effect.js";
export type { ApprovalInput } from "./core/approval/event/read-opening.js";
export { type PendingGroup, pendingApproval } from "./core/approval/pending-approval.js";
export { type ApprovalPlan, type ApprovalPlanInput, planApproval } from "./core/approval/plan-approval.js";
export type {
  ConcludedTime,
  ConcludedVote,
  ConcludedWithdrawal,
  RecordedApprovalEvent,
  RecordedEvent,
} from "./core/approval/recorded-event.js";
export { restoreApprovalState } from "./core/approval/restore-approval-state.js";
export { startApproval } from "./core/approval/start-approval.js";
export { transitionApproval } from "./core/approval/transition-approval.js";
