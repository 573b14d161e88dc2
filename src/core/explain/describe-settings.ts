import type { Settings } from "../flow/settings.js";
import { quotedText } from "../kernel/quoted.js";
import type { Duration } from "../time/duration.js";
import { counted, joined } from "./join-words.js";
import { printDuration } from "./print-time.js";

/** What a requestor has to give, and how far ahead. */
export function describeRequestSettings(settings: Settings): string[] {
  return [
    settings.requireJustification ? "The request needs a justification." : "The request needs no justification.",
    settings.requireDuration ? "The request must say for how long." : "The request need not say for how long.",
    settings.startWithin === null
      ? "The access cannot be asked for in advance."
      : `The access may be asked for up to ${printDuration(settings.startWithin)} in advance.`,
  ];
}

/** What holds for votes. Where nobody needs to approve, only what was switched on all the same. */
export function describeVoteSettings(settings: Settings, somebodyVotes: boolean): string[] {
  const sentences = [
    settings.requestorCannotApproveSelf
      ? "Neither requestor nor grantee may vote on the request."
      : "Requestor and grantee may vote on the request where they are approvers.",
    settings.requireApproverReason ? "A vote needs a reason." : "A vote needs no reason.",
  ];
  const switchedOn = [settings.requestorCannotApproveSelf, settings.requireApproverReason];
  return sentences.filter((_, index) => somebodyVotes || switchedOn[index]);
}

/** What holds for the grant itself. A length that matters to nobody is named only where it is not the usual one. */
export function describeGrantSettings(settings: Settings): string[] {
  const { requireMfa, mfaWithin, maxExtensions, extension, activateWithin, labels } = settings;
  return [
    requireMfa
      ? `Whoever receives the access must complete MFA within ${printDuration(mfaWithin)}.`
      : `No MFA is needed${unlessUsual(mfaWithin, { amount: 1, unit: "hour" }, "were it, within")}.`,
    `Approved access must begin within ${printDuration(activateWithin)}.`,
    maxExtensions === 0
      ? `The access cannot be extended${unlessUsual(extension, { amount: 30, unit: "minute" }, "could it, by")}.`
      : `The access may be extended ${counted(maxExtensions, "time")}, by ${printDuration(extension)} each.`,
    labels.length === 0 ? "The flow bears no label." : `Labels: ${joined(labels.map(quotedText), "and")}.`,
  ];
}

function unlessUsual(length: Duration, usual: Duration, words: string): string {
  const isUsual = length.amount === usual.amount && length.unit === usual.unit;
  return isUsual ? "" : ` (${words} ${printDuration(length)})`;
}
