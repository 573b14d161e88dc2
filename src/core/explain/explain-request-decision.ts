import { quotedText } from "../kernel/quoted.js";
import type { RequestDecision } from "../request/request-decision.js";
import type { GrantWindow } from "../time/grant-window.js";
import type { Audience } from "./audience.js";
import { explainApprovalPlan } from "./explain-approval-plan.js";
import { explainTrace } from "./explain-trace.js";
import { printInstant } from "./print-time.js";
import { explainNotices, explainReasons } from "./reason-sentences.js";

/** Would the request be accepted, and what happens then (L1). */
export function explainRequestDecision(decision: RequestDecision, audience: Audience): string[] {
  return [
    explainOutcome(decision),
    ...(decision.outcome === "refused" ? explainReasons(decision.reasons, audience) : explainCourse(decision, audience)),
    ...explainNotices(decision.notices, audience),
    ...(audience === "administrator" ? explainTrace(decision.trace) : []),
  ];
}

/** Without a step nothing was judged: flow and instant may not have been readable. */
function explainOutcome({ outcome, trace }: RequestDecision): string {
  if (trace.steps.length === 0) return "Whether the request would be accepted could not be judged, so it would not.";
  const would = outcome === "acceptable" ? "would" : "would not";
  return `The request by the flow ${quotedText(trace.flow)} at ${printInstant(trace.at)} ${would} be accepted.`;
}

const needWords = { mfa: "the person to receive the access completes MFA", approval: "it is approved" } as const;

function explainCourse({ needs, window, approval }: RequestDecision & { readonly outcome: "acceptable" }, audience: Audience): string[] {
  const first =
    needs.length === 0 ? "Nobody needs to do anything more." : `It activates once ${needs.map((need) => needWords[need]).join(", and ")}.`;
  // What is worth knowing about the approvers stands among the decision's own notices.
  const plan = approval === null ? [] : explainApprovalPlan({ ...approval, notices: [] }, audience);
  return [first, `Begun without delay, the access would ${windowWords(window)}.`, ...plan];
}

/** As a predicate: `last from … to …`. */
export function windowWords({ start, end }: GrantWindow): string {
  return end === null ? `last from ${printInstant(start)} until it is revoked` : `last from ${printInstant(start)} to ${printInstant(end)}`;
}
