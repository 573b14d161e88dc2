import type { Approval, ApprovalOf, ApproverGroup, Escalation, RequiredGroup } from "../flow/approval.js";
import { unreachable } from "../kernel/defect.js";
import { describeConditions } from "./describe-conditions.js";
import { counted } from "./join-words.js";
import { printDuration } from "./print-time.js";

/** Who approves, in sentences: the groups, how they are joined, the deadline, the tiers (A). */
export function describeApproval(approval: Approval): string[] {
  switch (approval.kind) {
    case "automatic":
      return ["Nobody needs to approve."];
    case "approvalOf":
      return [
        describeJoin(approval),
        ...approval.approverGroups.map(describeGroup),
        approval.expiresAfter === "never"
          ? "An undecided request waits for as long as it takes."
          : `A request still undecided after ${printDuration(approval.expiresAfter)} expires.`,
        ...(approval.escalation === undefined ? [] : describeEscalation(approval.escalation)),
      ];
    default:
      return unreachable(approval);
  }
}

function describeJoin({ groups, approverGroups, distinctApprovers }: ApprovalOf): string {
  const which = groups === "anyOf" ? "Any one" : "Every one";
  const people = distinctApprovers ? ", by different people for different groups" : "";
  return `${which} of ${counted(approverGroups.length, "approver group")} must approve${people}; one rejection rejects.`;
}

function describeGroup(group: RequiredGroup, index: number): string {
  const people = group.required === 1 ? "one person who" : `${group.required} different people, each of whom`;
  return `Group ${index + 1}: ${people} ${describeConditions(group)}.`;
}

function describeEscalation({ every, tiers }: Escalation): string[] {
  return [
    `While a request is undecided, a further tier of approvers is asked every ${printDuration(every)}; one of them decides alone.`,
    ...tiers.map((tier: ApproverGroup, index) => `Tier ${index + 1}: a person who ${describeConditions(tier)}.`),
  ];
}
