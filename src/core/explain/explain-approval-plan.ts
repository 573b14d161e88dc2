import type { ApprovalPlan } from "../approval/approval-plan.js";
import { quotedText } from "../kernel/quoted.js";
import type { Audience } from "./audience.js";
import { counted, firstOf } from "./join-words.js";
import { printInstant } from "./print-time.js";
import { explainNotices, explainReason, explainReasons } from "./reason-sentences.js";

/** Who could approve (A13). A requestor reads whether anybody can, not who (L8). */
export function explainApprovalPlan(plan: ApprovalPlan, audience: Audience): string[] {
  return [
    ...explainOutlook(plan),
    ...explainReasons(plan.reasons, audience),
    ...(audience === "requestor" ? [] : [...explainVoters(plan), ...explainExcluded(plan, audience)]),
    ...explainNotices(plan.notices, audience),
  ];
}

function explainOutlook({ approval, decidable, decidableFrom, selfOnly }: ApprovalPlan): string[] {
  if (!decidable) return ["The people given cannot approve this request."];
  if (approval === "automatic") return ["Nobody needs to approve."];
  const from = decidableFrom === null ? "" : `, but only an escalation tier, from ${printInstant(decidableFrom)}`;
  return [`The people given can approve this request${from}.`, ...(selfOnly ? ["They can do so only with a vote of the requestor."] : [])];
}

function explainVoters({ groups, tiers }: ApprovalPlan): string[] {
  return [
    ...groups.flatMap(({ group, required, voters, owners }) => [
      `Group ${group + 1} needs ${counted(required, "vote")}; ${mayVote(voters)}.`,
      ...owners.map(({ owner, voters: ofOwner }) => `For ${ownedBy(owner)}, ${mayVote(ofOwner)}.`),
    ]),
    ...tiers.map(({ tier, opensAt, voters }) => `Tier ${tier} opens at ${printInstant(opensAt)}; ${mayVote(voters)}.`),
  ];
}

function explainExcluded({ excluded }: ApprovalPlan, audience: Audience): string[] {
  if (audience === "administrator")
    return excluded.map(({ id, reason }) => `${quotedText(id)} may not vote: ${explainReason(reason, audience)}`);
  const people = new Set(excluded.map(({ id }) => id)).size;
  return people === 0 ? [] : [`${counted(people, "person", "people")} given may not vote.`];
}

function mayVote(voters: readonly string[]): string {
  return voters.length === 0 ? "nobody given may vote" : `${firstOf(voters.map(quotedText))} may vote`;
}

function ownedBy(owner: string): string {
  return owner === "" ? "what nobody is known to own" : `what ${quotedText(owner)} owns`;
}
