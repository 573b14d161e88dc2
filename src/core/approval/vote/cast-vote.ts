import type { Identity } from "../../facts/identity.js";
import { hasSameId, personKeys } from "../../facts/person-keys.js";
import { deepFreeze } from "../../kernel/deep-freeze.js";
import { isNonEmpty } from "../../kernel/non-empty-array.js";
import { type Reason, reason } from "../../kernel/reason.js";
import { refuse } from "../../kernel/refusal.js";
import type { ApprovalState, PersonRecord, VoteCount, VoteRecord } from "../approval-state.js";
import type { Ballot } from "../event/ballot.js";
import { conclude, type Step, tellParties } from "../event/conclude.js";
import type { RecordedApprovalEvent } from "../recorded-event.js";
import { memoOf, type StateMemo } from "../state/made-states.js";
import { agreed, isSameRecord, learn, personRecordOf } from "../state/person-record.js";
import { isPast } from "../state/ready-approval.js";
import { voteLimit } from "../state/state-size.js";
import { countedApprovals, isApproved, type Tally, tallyOf, withApproval } from "./approval-tally.js";
import { alreadyVoted, countsOfSecondVote, earlierVotes } from "./earlier-votes.js";
import { exclusionsOf } from "./self-exclusion.js";
import { keptReason, reasonFaults } from "./vote-reason.js";
import { hasVoted } from "./voter-index.js";
import { type Course, standingOf, type VoterStanding } from "./voter-standing.js";

/** A person answers (A2–A10): judged by the facts given with the vote, and by no timer. */
export function castVote(state: ApprovalState, ballot: Ballot): Step {
  if (state.status !== "pending") return refuse(reason("request_decided", "A4", [], { status: state.status }));
  const memo = memoOf(state);
  if (isPast(memo.ready, ballot.at)) return refuse(reason("request_expired", "A11", [], { expiredAt: memo.ready.deadline ?? ballot.at }));
  const strangers = strangersOf(state, ballot);
  if (isNonEmpty(strangers)) return refuse(...strangers);

  const course = courseAfter(state, ballot);
  const keys = personKeys(ballot.voter);
  const standing = countsOf(state, memo, course, ballot, keys);
  const text = keptReason(ballot.reason);
  const refusals = refusalsOf(state, course, ballot.voter, keys, standing, text);
  if (isNonEmpty(refusals)) return refuse(...refusals);

  const { counts } = standing;
  const vote: VoteRecord = Object.freeze({ voter: ballot.voter.id, keys, decision: ballot.decision, reason: text, at: ballot.at, counts });
  const tally = tallyAfter(state, memo, course, vote);
  const status = vote.decision === "reject" ? "rejected" : decidedBy(state, memo, course, vote, tally) ? "approved" : "pending";
  const event = eventOf(state, course, vote, status);
  return conclude(state, memo, tally, event, (next) => tellParties(next, status === "pending" ? "submitted" : "decided"));
}

function refusalsOf(
  { rules, votes }: ApprovalState,
  course: Course,
  voter: Identity,
  keys: readonly string[],
  standing: VoterStanding,
  text: string | null,
): readonly Reason[] {
  const exclusions = exclusionsOf(course, voter, keys);
  const faults = reasonFaults(text, rules.requireApproverReason);
  const isInactive = voter.active === false;
  const isFull = votes.length >= voteLimit;
  if (!isInactive && !isFull && exclusions.length + standing.refusals.length + faults.length === 0) return none;
  return [
    ...(isInactive ? [reason("voter_inactive", "C9", [])] : []),
    ...exclusions,
    ...standing.refusals,
    ...faults,
    ...(isFull ? [reason("too_much_asked", "D4", [], { limit: voteLimit })] : []),
  ];
}

/** The groups and tiers that the vote counts for, or why it counts for none (A5). */
function countsOf(state: ApprovalState, memo: StateMemo, course: Course, ballot: Ballot, keys: readonly string[]): VoterStanding {
  const standing = standingOf(memo.ready, course, ballot.voter, ballot.at);
  if (!hasVoted(memo.voters, state.votes, state.votes.length, keys)) return standing;
  const earlier = earlierVotes(state.votes, keys);
  const counts: readonly VoteCount[] = Object.freeze(countsOfSecondVote(state, standing.counts, earlier));
  return { counts, refusals: counts.length > 0 ? [] : [...alreadyVoted(earlier), ...standing.refusals] };
}

/** The approvals after the vote. Where more is known of requestor and grantee, earlier ones may count no more (A6). */
function tallyAfter(state: ApprovalState, { ready, tally }: StateMemo, course: Course, { decision, counts }: VoteRecord): Tally {
  const { rules, votes } = state;
  const { requestor, grantee, owners } = course;
  const before = course === state ? tally : tallyOf(ready, { rules, requestor, grantee, owners, votes });
  return decision === "approve" ? withApproval(ready, before, counts) : before;
}

function decidedBy({ rules, votes }: ApprovalState, { ready }: StateMemo, course: Course, vote: VoteRecord, tally: Tally): boolean {
  const { requestor, grantee, owners } = course;
  return isApproved(ready, tally, () => countedApprovals({ rules, requestor, grantee, owners, votes: [...votes, vote] }));
}

function eventOf(
  state: ApprovalState,
  course: Course,
  vote: VoteRecord,
  status: "approved" | "rejected" | "pending",
): RecordedApprovalEvent {
  const requestor = course.requestor === state.requestor ? null : deepFreeze(course.requestor);
  const grantee = course.grantee === state.grantee ? null : deepFreeze(course.grantee);
  const concluded = Object.freeze({ status, vote, requestor, grantee });
  return Object.freeze({ revision: state.revision + 1, at: vote.at, by: vote.voter, type: "vote", concluded });
}

/**
 * Requestor and grantee with what the vote's facts add (A6, A7); the very state where nothing changes. Where the
 * requestor is the grantee, facts about either are about both.
 */
function courseAfter(state: ApprovalState, ballot: Ballot): Course {
  if (ballot.requestor === null && ballot.grantee === null) return state;
  const { rules, owners } = state;
  const isOne = state.grantee === null;
  const requestor = afterFacts(state.requestor, isOne ? [ballot.requestor, ballot.grantee] : [ballot.requestor]);
  const grantee = state.grantee === null ? null : afterFacts(state.grantee, [ballot.grantee]);
  return requestor === state.requestor && grantee === state.grantee ? state : { rules, requestor, grantee, owners };
}

function afterFacts(before: PersonRecord, given: readonly (Identity | null)[]): PersonRecord {
  const [first, ...others] = given.filter((facts) => facts !== null).map(personRecordOf);
  if (first === undefined) return before;
  const after = learn(before, others.reduce(agreed, first));
  return isSameRecord(before, after) ? before : after;
}

const none: readonly Reason[] = Object.freeze([]);

/** Fresher facts must be about the same people: the id is how a host says who is meant. */
function strangersOf({ requestor, grantee }: ApprovalState, ballot: Ballot): readonly Reason[] {
  if (ballot.requestor === null && ballot.grantee === null) return none;
  return [...strangerIn("requestor", ballot.requestor, requestor), ...strangerIn("grantee", ballot.grantee, grantee ?? requestor)];
}

function strangerIn(argument: "requestor" | "grantee", given: Identity | null, known: PersonRecord): readonly Reason[] {
  if (given === null || hasSameId(given, known)) return none;
  return [reason("facts_invalid", "C4", [], { argument, at: ["id"] })];
}
