import { quotedText } from "../kernel/quoted.js";
import type { ReasonCode } from "../kernel/reason.js";
import type { approvalSentences } from "./approval-sentences.js";
import { counted } from "./join-words.js";
import { printInstant } from "./print-time.js";
import type { requestSentences } from "./request-sentences.js";
import { type Sentences, unlessRequestor } from "./sentence.js";
import type { targetSentences } from "./target-sentences.js";

type OtherCode = keyof typeof requestSentences | keyof typeof targetSentences | keyof typeof approvalSentences;

/** The life of a request, automatic flows, the service (L, M): every code the other lists leave. */
export const lifeSentences: Sentences<Exclude<ReasonCode, OtherCode>> = {
  mfa_needed: () => "MFA is still to be completed.",
  mfa_too_old: ({ at }) => `The MFA of ${printInstant(at)} is too old to count.`,
  mfa_in_future: ({ at }) => `The MFA is dated ${printInstant(at)}, which is still to come.`,
  not_the_grantee: () => "Only the person to receive the access may do this.",
  not_allowed_to_withdraw: () => "This person may not withdraw the request.",
  not_allowed_to_revoke: () => "This person may not revoke the access.",
  no_longer_eligible: () => "Who asked, or who was to receive the access, is no longer eligible.",
  no_longer_covered: () => "The access flow no longer gives what was asked for.",
  facts_unknown: () => "Facts that are needed could not be found out.",
  facts_too_old: ({ readAt }) => `The facts were read at ${printInstant(readAt)}, too long ago.`,
  activation_overdue: () => "The approved access was not begun in time.",
  activation_failed: ({ attempts }) => `The access could not be set up, after ${counted(attempts, "attempt")}.`,
  deactivation_stuck: ({ attempts }) => `The access could not be taken away yet, after ${counted(attempts, "attempt")}.`,
  extensions_used_up: () => "The access has been extended as often as the flow allows.",
  grant_indefinite: () => "The access has no end that could be moved.",
  grant_over: () => "The access has ended.",
  already_ending: ({ status }) => `The access is ending already: its status is ${quotedText(status)}.`,
  status_forbids: ({ status }) => `This cannot be done while the status is ${quotedText(status)}.`,
  request_over: ({ status }) => `The request is over: its status is ${quotedText(status)}.`,
  effect_stale: () => "This reports on something older, or answers what nobody asked.",
  clock_went_back: ({ lastAt }) => `This is dated before what happened last, at ${printInstant(lastAt)}.`,
  event_unknown: () => "This kind of event is not known.",
  state_foreign: () => "This is no state that this library made.",
  state_newer: () => "This state was made by a newer version of the library.",
  undetermined: ({ grantee }, audience) =>
    `Whether ${unlessRequestor(audience, grantee, "this person")} should have the access cannot be told: facts are missing.`,
  run_halted: ({ ends, limit }) => `The run was halted: it would have ended ${counted(ends, "grant")}, more than the limit of ${limit}.`,
  request_not_found: () => "There is no such request.",
  key_reused: () => "The same key was used before, for something else.",
  conflict: () => "Somebody else changed the request at the same time.",
  store_unavailable: () => "The store cannot be reached; nothing was changed.",
  directory_unavailable: () => "The directory cannot be reached; nothing was changed.",
};
