import { reason } from "../kernel/reason.js";
import { type Refusal, refuse } from "../kernel/refusal.js";
import type { Result } from "../kernel/result.js";
import type { Accepted } from "./accepted.js";
import type { ApprovalEvent } from "./approval-event.js";
import type { ApprovalState } from "./approval-state.js";
import { unchanged } from "./event/conclude.js";
import { passTime } from "./event/pass-time.js";
import { readEvent } from "./event/read-event.js";
import { withdrawRequest } from "./event/withdraw-request.js";
import { acceptState } from "./state/accept-state.js";
import { castVote } from "./vote/cast-vote.js";

/**
 * The next state of an approval after an event, with the effects to carry out, or a refusal that changes
 * nothing (A4–A12, A14). A pure function: the same state and event give the same answer, byte for byte.
 *
 * A vote counts for the groups and open tiers that its voter meets by the facts given with it; the first
 * rejection rejects. `timeReached` with nothing due gives back the very object that was given and records nothing.
 * Save the answer where the stored revision is still `state.revision`, or start again from what is stored.
 *
 * Refused: `state_foreign`, `state_newer` for what is no state of this library · `event_unknown` ·
 * `facts_invalid` for facts and keys that are not of the stated shape · `instant_invalid` · `clock_went_back`
 * for an event earlier than the last · `request_decided` · `request_expired` for votes at or after the
 * deadline · `voter_inactive`, `same_person_as_requestor`, `same_person_as_grantee`, `same_person_unknown`,
 * `already_voted`, `not_an_approver`, `approver_facts_unknown`, `tier_not_open`, `approver_reason_missing`,
 * `approver_reason_too_long` for who may not vote · `not_allowed_to_withdraw` · `too_much_asked` for more than
 * 1,000 votes, or a state of more than 256 kB.
 *
 * @example
 * const flow = defineAccessFlow({
 *   name: "Reports",
 *   requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
 *   targets: [{ kind: "bundle", bundle: "reports" }],
 *   approval: { kind: "approvalOf", groups: "anyOf", approverGroups: [{ conditions: [{ relation: "manager" }] }] },
 * });
 * const started = startApproval(flow, { requestor: { id: "ada", manager: "grace" }, at: 0 });
 * const voted = started.ok ? transitionApproval(started.value.state, { type: "vote", voter: { id: "grace" }, decision: "approve", at: 1000 }) : started;
 * voted.ok && [voted.value.state.status, voted.value.state.revision];
 * // => ["approved", 1]
 */
export function transitionApproval(state: ApprovalState, event: ApprovalEvent): Result<Accepted<ApprovalState>, Refusal> {
  const accepted = acceptState(state);
  if (!accepted.ok) return refuse(accepted.error);
  const read = readEvent(event);
  if (!read.ok) return refuse(...read.error);
  if (read.value.at < accepted.value.lastAt) return refuse(reason("clock_went_back", "L7", [], { lastAt: accepted.value.lastAt }));
  switch (read.value.type) {
    case "vote":
      return castVote(accepted.value, read.value);
    case "withdraw":
      return withdrawRequest(accepted.value, read.value.by, read.value.at);
    case "timeReached":
      // Nothing due: the very object that was given, be it a state made here or plain JSON.
      return passTime(accepted.value, read.value.at) ?? unchanged(state);
  }
}
