import type { Identity } from "../../facts/identity.js";
import { hasSameId, personKeys } from "../../facts/person-keys.js";
import { isNonEmpty } from "../../kernel/non-empty-array.js";
import { type Reason, reason } from "../../kernel/reason.js";
import { refuse } from "../../kernel/refusal.js";
import type { ApprovalState, ApprovalStatus, PersonRecord, VoteCount, VoteRecord } from "../approval-state.js";
import { deadlineOf, isPastDeadline } from "../event/approval-clock.js";
import { conclude, type Step, tellParties } from "../event/conclude.js";
import type { Ballot } from "../event/read-event.js";
import type { RecordedApprovalEvent } from "../recorded-event.js";
import { agreed, isSameRecord, learn, personRecordOf } from "../state/person-record.js";
import { voteLimit } from "../state/state-size.js";
import { isApproved } from "./approval-tally.js";
import { alreadyVoted, countsOfSecondVote, earlierVotes } from "./earlier-votes.js";
import { exclusionsOf } from "./self-exclusion.js";
import { keptReason, reasonFaults } from "./vote-reason.js";
import { standingOf } from "./voter-standing.js";

/** A person answers (A2–A10): judged by the facts given with the vote, and by no timer. */
export function castVote(state: ApprovalState, ballot: Ballot): Step {
  if (state.status !== "pending") return refuse(reason("request_decided", "A4", [], { status: state.status }));
  if (isPastDeadline(state, ballot.at)) return refuse(reason("request_expired", "A11", [], { expiredAt: deadlineOf(state) ?? ballot.at }));
  const strangers = strangersOf(state, ballot);
  if (isNonEmpty(strangers)) return refuse(...strangers);

  const { requestor, grantee } = partiesAfter(state, ballot);
  const parties = { ...state, requestor, grantee };
  const keys = personKeys(ballot.voter);
  const standing = countsOf(parties, ballot, keys);
  const text = keptReason(ballot.reason);
  const refusals: readonly Reason[] = [
    ...(ballot.voter.active === false ? [reason("voter_inactive", "C9", [])] : []),
    ...exclusionsOf(parties, ballot.voter),
    ...standing.refusals,
    ...reasonFaults(text, state.rules.requireApproverReason),
    ...(state.votes.length < voteLimit ? [] : [reason("too_much_asked", "D4", [], { limit: voteLimit })]),
  ];
  if (isNonEmpty(refusals)) return refuse(...refusals);

  const vote: VoteRecord = {
    voter: ballot.voter.id,
    keys,
    decision: ballot.decision,
    reason: text,
    at: ballot.at,
    counts: standing.counts,
  };
  return conclude(state, recordOf(state, vote, parties), (next) => tellParties(next, next.status === "pending" ? "submitted" : "decided"));
}

/** The groups and tiers that the vote counts for, or why it counts for none (A5). */
function countsOf(
  parties: ApprovalState,
  ballot: Ballot,
  keys: readonly string[],
): { readonly counts: readonly VoteCount[]; readonly refusals: readonly Reason[] } {
  const standing = standingOf(parties, ballot.voter, ballot.at);
  const earlier = earlierVotes(parties.votes, keys);
  if (earlier.length === 0) return standing;
  const counts = countsOfSecondVote(parties, standing.counts, earlier);
  return { counts, refusals: counts.length > 0 ? [] : [...alreadyVoted(earlier), ...standing.refusals] };
}

function recordOf(state: ApprovalState, vote: VoteRecord, parties: ApprovalState): RecordedApprovalEvent {
  const status: ApprovalStatus =
    vote.decision === "reject" ? "rejected" : isApproved({ ...parties, votes: [...state.votes, vote] }) ? "approved" : "pending";
  const requestor = parties.requestor === state.requestor ? null : parties.requestor;
  const grantee = parties.grantee === state.grantee ? null : parties.grantee;
  return { revision: state.revision + 1, at: vote.at, by: vote.voter, type: "vote", concluded: { status, vote, requestor, grantee } };
}

type People = { readonly requestor: PersonRecord; readonly grantee: PersonRecord | null };

/**
 * Requestor and grantee with what the vote's facts add (A6, A7); the very records where nothing changes. Where the
 * requestor is the grantee, facts about either are about both.
 */
function partiesAfter({ requestor, grantee }: ApprovalState, ballot: Ballot): People {
  if (grantee === null) return { requestor: afterFacts(requestor, [ballot.requestor, ballot.grantee]), grantee };
  return { requestor: afterFacts(requestor, [ballot.requestor]), grantee: afterFacts(grantee, [ballot.grantee]) };
}

function afterFacts(before: PersonRecord, given: readonly (Identity | null)[]): PersonRecord {
  const [first, ...others] = given.filter((facts) => facts !== null).map(personRecordOf);
  if (first === undefined) return before;
  const after = learn(before, others.reduce(agreed, first));
  return isSameRecord(before, after) ? before : after;
}

/** Fresher facts must be about the same people: the id is how a host says who is meant. */
function strangersOf({ requestor, grantee }: ApprovalState, ballot: Ballot): readonly Reason[] {
  return [...strangerIn("requestor", ballot.requestor, requestor), ...strangerIn("grantee", ballot.grantee, grantee ?? requestor)];
}

function strangerIn(argument: "requestor" | "grantee", given: Identity | null, known: PersonRecord): readonly Reason[] {
  if (given === null || hasSameId(given, known)) return [];
  return [reason("facts_invalid", "C4", [], { argument, at: ["id"] })];
}
