import type { ApprovalState, VoteRecord } from "../approval/approval-state.js";
import { deadlineOf } from "../approval/event/approval-clock.js";
import { unreachable } from "../kernel/defect.js";
import { quotedText } from "../kernel/quoted.js";
import type { Audience } from "./audience.js";
import { describeApproval } from "./describe-approval.js";
import { describeCondition } from "./describe-conditions.js";
import { counted, joined } from "./join-words.js";
import { printInstant } from "./print-time.js";

/**
 * Where an approval stands (A). A requestor reads the status, and why it was rejected; votes, voters and
 * the reasons of approvals only approvers and administrators read (L8).
 */
export function explainApprovalState(state: ApprovalState, audience: Audience): string[] {
  return [
    explainStatus(state),
    ...explainDeadline(state),
    ...(audience === "requestor" ? explainRejection(state) : explainVotes(state)),
    ...(audience === "administrator" ? explainRecord(state) : []),
  ];
}

function explainStatus({ status, flow, openedAt, decidedAt }: ApprovalState): string {
  const request = `The request by the flow ${quotedText(flow.name)}`;
  const decided = decidedAt === null ? "" : ` at ${printInstant(decidedAt)}`;
  switch (status) {
    case "pending":
      return `${request} waits for approval since ${printInstant(openedAt)}.`;
    case "approved":
    case "rejected":
    case "withdrawn":
      return `${request} was ${status}${decided}.`;
    case "expired":
      return `${request} was not decided in time and expired${decided}.`;
    default:
      return unreachable(status);
  }
}

function explainDeadline(state: ApprovalState): string[] {
  if (state.status !== "pending") return [];
  const deadline = deadlineOf(state);
  return [deadline === null ? "It waits for as long as it takes." : `Undecided, it expires at ${printInstant(deadline)}.`];
}

function explainRejection({ votes }: ApprovalState): string[] {
  return votes.filter((vote) => vote.decision === "reject").map(({ reason }) => `The rejection ${reasonWords(reason)}.`);
}

function explainVotes({ requestor, grantee, votes, rules }: ApprovalState): string[] {
  const receiver = grantee === null ? "" : `, for ${quotedText(grantee.id)}`;
  return [
    `It was made by ${quotedText(requestor.id)}${receiver}.`,
    ...describeApproval(rules.approval),
    ...(rules.requireApproverReason ? ["A vote needs a reason."] : []),
    ...(rules.requestorCannotApproveSelf ? ["Neither requestor nor grantee may vote."] : []),
    ...votes.map(explainVote),
  ];
}

function explainVote({ voter, decision, reason, at, counts }: VoteRecord): string {
  const verb = decision === "approve" ? "approved" : "rejected";
  const places = counts.map(({ group, tier, owners }) => `${tier === null ? `group ${group + 1}` : `tier ${tier}`}${ownerWords(owners)}`);
  const where = places.length === 0 ? "" : ` for ${joined(places, "and")}`;
  return `${quotedText(voter)} ${verb}${where} at ${printInstant(at)}; the vote ${reasonWords(reason)}.`;
}

function ownerWords(owners: readonly number[] | "all"): string {
  return owners === "all"
    ? ""
    : ` (owner ${joined(
        owners.map((owner) => String(owner + 1)),
        "and",
      )})`;
}

function reasonWords(reason: string | null): string {
  return reason === null ? "gives no reason" : `says: ${quotedText(reason)}`;
}

/** What only whoever looks after the system needs. */
function explainRecord({ flow, owners, tiersAsked, revision, lastAt }: ApprovalState): string[] {
  return [
    `The flow has the id ${quotedText(flow.id)}.`,
    ...owners.map(({ owner, unknown, resources }, index) => {
      const who = owner === null ? (unknown ? "it is not known who" : "nobody") : `whoever ${describeCondition(owner)}`;
      return `Owner ${index + 1}, of ${counted(resources, "resource")}: ${who}.`;
    }),
    `Tiers asked so far: ${tiersAsked}; revision ${revision}, last changed at ${printInstant(lastAt)}.`,
  ];
}
