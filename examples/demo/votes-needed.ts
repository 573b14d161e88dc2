import { type ApprovalState, ApprovalStateMachine } from "accessflow";
import { list } from "./words.js";

/** Which votes would bring a request nearer, a line a group. */
export function votesNeeded(state: ApprovalState, at: string): string[] {
  return ApprovalStateMachine.pending(state, at).map(({ group, required, approvals, owners }) => {
    const lacking = owners.map(({ owner }) => `what belongs to ${state.owners[owner]?.owner?.values.join(" or ") ?? "nobody known"}`);
    if (lacking.length > 0) return `group ${group + 1}: for ${list(lacking)}`;
    const shared = approvals >= required ? ", but one of them may be needed for another group" : "";
    return `group ${group + 1}: ${approvals} of ${required} so far${shared}`;
  });
}
