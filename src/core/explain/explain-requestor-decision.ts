import type { RequestorDecision } from "../evaluate/evaluate-requestor.js";
import { quotedText } from "../kernel/quoted.js";
import type { Trace } from "../kernel/trace.js";
import type { Audience } from "./audience.js";
import { explainTrace } from "./explain-trace.js";
import { printInstant } from "./print-time.js";
import { explainNotices, explainReasons } from "./reason-sentences.js";

/** May they ask, and why not (R). */
export function explainRequestorDecision({ outcome, reasons, notices, trace }: RequestorDecision, audience: Audience): string[] {
  return [
    explainOutcome(outcome, trace),
    ...explainReasons(reasons, audience),
    ...explainNotices(notices, audience),
    ...(audience === "administrator" ? explainTrace(trace) : []),
  ];
}

/** Without a step nothing was judged: flow and instant may not have been readable. */
function explainOutcome(outcome: RequestorDecision["outcome"], { flow, at, steps }: Trace): string {
  if (steps.length === 0) return "Whether the requestor may ask for access could not be judged, so they may not.";
  return `The requestor ${outcome === "eligible" ? "may" : "may not"} ask for access by the flow ${quotedText(flow)} at ${printInstant(at)}.`;
}
