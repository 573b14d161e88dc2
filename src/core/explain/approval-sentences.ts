import { quotedText } from "../kernel/quoted.js";
import { printInstant } from "./print-time.js";
import { type Sentences, unlessRequestor } from "./sentence.js";

type ApprovalCode =
  | "nobody_can_approve"
  | "distinct_approvers_short"
  | "not_an_approver"
  | "approver_facts_unknown"
  | "same_person_as_requestor"
  | "same_person_as_grantee"
  | "same_person_unknown"
  | "already_voted"
  | "approver_reason_missing"
  | "approver_reason_too_long"
  | "no_resource_named"
  | "owner_unknown"
  | "no_owner"
  | "tier_not_open"
  | "request_decided"
  | "request_expired";

/** Who may vote, and whether anybody can (A). */
export const approvalSentences: Sentences<ApprovalCode> = {
  nobody_can_approve: () => "Nobody can approve this request.",
  distinct_approvers_short: () => "There are too few different people for the approver groups, which each need somebody else.",
  not_an_approver: () => "The voter is in no approver group that is open.",
  approver_facts_unknown: () => "Whether the voter is in an approver group is not known: a fact is missing.",
  same_person_as_requestor: () => "The voter is the same person as the requestor.",
  same_person_as_grantee: () => "The voter is the same person as the one to receive the access.",
  same_person_unknown: () => "It cannot be ruled out that the voter is the requestor, or the person to receive the access.",
  already_voted: ({ voter }, audience) =>
    `This person has voted already, as ${unlessRequestor(audience, voter, "themselves or under another id")}.`,
  approver_reason_missing: () => "The vote needs a reason.",
  approver_reason_too_long: ({ limit }) => `The reason given with the vote is longer than ${limit} characters.`,
  no_resource_named: () => "The request names no resource, so nobody owns what it asks for.",
  owner_unknown: ({ resource }) => `It is not known who owns ${resourceWords(resource)}.`,
  no_owner: ({ resource }) => `Nobody owns ${resourceWords(resource)}.`,
  tier_not_open: ({ opensAt }) => `The voter's turn comes later, at ${printInstant(opensAt)}.`,
  request_decided: ({ status }) => `The approval is over: its status is ${quotedText(status)}.`,
  request_expired: ({ expiredAt }) => `The time to decide ended at ${printInstant(expiredAt)}.`,
};

function resourceWords(resource: string | null): string {
  return resource === null ? "the resource" : `resource ${quotedText(resource)}`;
}
