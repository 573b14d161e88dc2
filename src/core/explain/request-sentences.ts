import { printPath } from "../kernel/path.js";
import { quotedText } from "../kernel/quoted.js";
import type { ReasonDetails } from "../kernel/reason.js";
import { printInstant, printLength } from "./print-time.js";
import { type Sentences, subjectWords } from "./sentence.js";

type RequestCode =
  | "instant_invalid"
  | "facts_invalid"
  | "flow_inactive"
  | "flow_not_self_serve"
  | "schedule_closed"
  | "requestor_inactive"
  | "grantee_inactive"
  | "voter_inactive"
  | "condition_fails"
  | "attribute_missing"
  | "value_unknown"
  | "name_unknown"
  | "aliases_unknown"
  | "source_not_asked"
  | "attribute_reserved"
  | "scope_not_allowed"
  | "not_the_manager"
  | "manager_unknown"
  | "duration_required"
  | "duration_over_maximum"
  | "duration_not_positive"
  | "duration_not_whole"
  | "duration_out_of_range"
  | "start_in_past"
  | "start_too_late"
  | "start_not_offered"
  | "schedule_closed_at_start"
  | "justification_missing"
  | "justification_too_long"
  | "already_held";

/** Who may ask, when and for how long (C, S, R, W, L1). */
export const requestSentences: Sentences<RequestCode> = {
  instant_invalid: ({ argument }) => `${quotedText(argument)} is not an instant between the years 1970 and 9999.`,
  facts_invalid: ({ argument, at }, audience) =>
    at.length === 0 || audience === "requestor"
      ? `What was given as ${quotedText(argument)} is not of the expected shape.`
      : `What was given as ${quotedText(argument)} is not of the expected shape at ${quotedText(printPath(at))}.`,
  flow_inactive: () => "The access flow is switched off or no longer exists.",
  flow_not_self_serve: () => "The access flow gives access automatically; nobody can ask for it.",
  schedule_closed: ({ opensAt }) => `The access flow is closed at this time; ${opening(opensAt)}.`,
  requestor_inactive: () => "The requestor is inactive.",
  grantee_inactive: () => "The person to receive the access is inactive.",
  voter_inactive: () => "The voter is inactive.",
  condition_fails: ({ subject, attribute }) => `${start(subject)} does not meet a condition on ${quotedText(attribute)}.`,
  attribute_missing: ({ subject, attribute, nearest }, audience) =>
    nearest === null || audience !== "administrator"
      ? `${start(subject)} has no known ${quotedText(attribute)}, and a condition asks for it.`
      : `${start(subject)} has no known ${quotedText(attribute)}, and a condition asks for it; there is a ${quotedText(nearest)}.`,
  value_unknown: ({ subject, attribute }) => `One value of ${possessive(subject)} ${quotedText(attribute)} is unknown, and it may matter.`,
  name_unknown: ({ subject, attribute }) =>
    `A value of ${possessive(subject)} ${quotedText(attribute)} has no known name, and a condition reads the name.`,
  aliases_unknown: ({ subject }) => `Not all addresses or accounts of ${subjectWords(subject)} are known, and they may matter.`,
  source_not_asked: ({ subject, source }) => `The directory ${quotedText(source)} did not answer about ${subjectWords(subject)}.`,
  attribute_reserved: ({ subject, attribute }) =>
    `The attribute ${quotedText(attribute)} of ${subjectWords(subject)} was ignored: the name is reserved.`,
  scope_not_allowed: ({ scope }) =>
    scope === "self" ? "The access flow does not allow asking for oneself." : "The access flow does not allow asking for that person.",
  not_the_manager: () => "The requestor is not the manager of the person to receive the access.",
  manager_unknown: () => "It is not known who manages the person to receive the access.",
  duration_required: () => "The request must say for how long.",
  duration_over_maximum: ({ maximumMs }) => `The access flow gives access for at most ${printLength(maximumMs)}.`,
  duration_not_positive: () => "The duration must be more than nothing.",
  duration_not_whole: () => "The duration must come to whole milliseconds.",
  duration_out_of_range: ({ maximumMs }) => `The duration goes beyond the limit of ${printLength(maximumMs)}.`,
  start_in_past: () => "The wished start lies in the past.",
  start_too_late: ({ latest }) => `The wished start is too far ahead: it may be ${printInstant(latest)} at the latest.`,
  start_not_offered: () => "The access flow does not allow asking in advance.",
  schedule_closed_at_start: ({ opensAt }) => `The access flow is closed at the start of the access; ${opening(opensAt)}.`,
  justification_missing: () => "The request needs a justification.",
  justification_too_long: ({ limit }) => `The justification is longer than ${limit} characters.`,
  already_held: ({ request }) => `The access is held or asked for already, by request ${quotedText(request)}.`,
};

function opening(opensAt: number | null): string {
  return opensAt === null ? "it does not open again" : `it opens at ${printInstant(opensAt)}`;
}

function start(subject: ReasonDetails["condition_fails"]["subject"]): string {
  return `The ${subject}`;
}

function possessive(subject: ReasonDetails["condition_fails"]["subject"]): string {
  return `${subjectWords(subject)}'s`;
}
