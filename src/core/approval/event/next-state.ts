import type { ApprovalState, VoteRecord } from "../approval-state.js";
import type { RecordedApprovalEvent } from "../recorded-event.js";

/**
 * The state after an accepted event: a fold of what was concluded, which decides nothing (A14). All fields in
 * the order of the type.
 */
export function nextState(state: ApprovalState, event: RecordedApprovalEvent): ApprovalState {
  const { status } = event.concluded;
  const vote: VoteRecord | null = event.type === "vote" ? event.concluded.vote : null;
  return {
    kind: state.kind,
    format: state.format,
    status,
    revision: event.revision,
    flow: state.flow,
    rules: state.rules,
    openedAt: state.openedAt,
    lastAt: event.at,
    decidedAt: status === "pending" ? null : event.at,
    requestor: (event.type === "vote" ? event.concluded.requestor : null) ?? state.requestor,
    grantee: (event.type === "vote" ? event.concluded.grantee : null) ?? state.grantee,
    owners: state.owners,
    tiersAsked: event.type === "timeReached" ? event.concluded.tiersAsked : state.tiersAsked,
    votes: vote === null ? state.votes : [...state.votes, vote],
  };
}
