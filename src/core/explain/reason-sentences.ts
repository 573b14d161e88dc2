import { deepFreeze } from "../kernel/deep-freeze.js";
import { printPath } from "../kernel/path.js";
import { quotedText } from "../kernel/quoted.js";
import type { Reason, ReasonCode } from "../kernel/reason.js";
import { approvalSentences } from "./approval-sentences.js";
import type { Audience } from "./audience.js";
import { lifeSentences } from "./life-sentences.js";
import { requestSentences } from "./request-sentences.js";
import type { Sentences } from "./sentence.js";
import { targetSentences } from "./target-sentences.js";

/** Exhaustive: a new reason code breaks the build here (E3). */
export const reasonSentences: Sentences<ReasonCode> = deepFreeze({
  ...requestSentences,
  ...targetSentences,
  ...approvalSentences,
  ...lifeSentences,
});

/** A sentence for a reason; an administrator reads code, rule and place, too. */
export function explainReason(reason: Reason, audience: Audience): string {
  // The compiler cannot see that a code and its details belong together.
  const sentence = reasonSentences[reason.code] as (details: Reason, audience: Audience) => string;
  const text = sentence(reason, audience);
  return audience === "administrator" ? `${text} [${reason.code}, ${whereOf(reason)}]` : text;
}

function whereOf({ rule, path }: Reason): string {
  return path.length === 0 ? rule : `${rule}, ${quotedText(printPath(path))}`;
}

export function explainReasons(reasons: readonly Reason[], audience: Audience): string[] {
  return reasons.map((reason) => explainReason(reason, audience));
}

/** What does not refuse, but is worth knowing. */
export function explainNotices(notices: readonly Reason[], audience: Audience): string[] {
  return notices.map((notice) => `Note: ${explainReason(notice, audience)}`);
}
