import { combinationsOf } from "../../define/combinations.js";
import { hasSameId } from "../../facts/person-keys.js";
import type { Path } from "../../kernel/path.js";
import { lastInstant } from "../../time/instant.js";
import type { ApprovalState, OwnerClass, PersonRecord } from "../approval-state.js";
import { deadlineOf, openTiers } from "../event/approval-clock.js";
import { isApproved } from "../vote/approval-tally.js";
import { type Inconsistency, keysInconsistencies, when } from "./inconsistency.js";
import { asksForOwner, groupsOf, ownerClassKey } from "./owner-classes.js";
import { votesInconsistencies } from "./vote-consistency.js";

/** Everything by which a state betrays that the machine has not come to it (TH21). */
export function inconsistenciesOf(state: ApprovalState): readonly Inconsistency[] {
  const rules = combinationsOf({ approval: state.rules.approval }).map(({ path, says }) => ({ path: ["rules", ...path], says }));
  // Rules that mean nothing give no votes to count.
  if (rules.length > 0) return rules;
  const wrong = [
    ...partyInconsistencies(state),
    ...ownerInconsistencies(state),
    ...timeInconsistencies(state),
    ...(state.rules.approval.kind === "automatic" ? automaticInconsistencies(state) : eventInconsistencies(state)),
  ];
  const votes = votesInconsistencies(state);
  // The outcome is counted from votes that are right in themselves.
  return [...wrong, ...votes, ...(wrong.length + votes.length === 0 ? outcomeInconsistencies(state) : [])];
}

/** What cannot be about the records of requestor and grantee. */
export function partyInconsistencies({ requestor, grantee }: Pick<ApprovalState, "requestor" | "grantee">): readonly Inconsistency[] {
  const asking = personInconsistencies(["requestor"], requestor);
  return grantee === null ? asking : [...asking, ...granteeInconsistencies(requestor, grantee)];
}

function personInconsistencies(path: Path, person: PersonRecord): readonly Inconsistency[] {
  return [
    ...keysInconsistencies([...path, "keys"], person.id, person.keys),
    // Beside the id there are only addresses and accounts.
    ...when(
      person.keys.length > 1 && !person.emailsKnown && !person.accountsKnown,
      [...path, "keys"],
      "are more than the id though no others are known",
    ),
    ...when(!person.managerKnown && person.manager !== null, [...path, "manager"], "is there though it is not known"),
  ];
}

function granteeInconsistencies(requestor: PersonRecord, grantee: PersonRecord): readonly Inconsistency[] {
  return [
    ...personInconsistencies(["grantee"], grantee),
    ...when(hasSameId(requestor, grantee), ["grantee"], "is the requestor, and has a record of their own"),
  ];
}

function ownerInconsistencies({ owners, rules }: ApprovalState): readonly Inconsistency[] {
  const areAsked = groupsOf(rules.approval).some(asksForOwner);
  const keys = owners.map(ownerClassKey);
  return [
    ...when(owners.length > 0 && !areAsked, ["owners"], "are there though no group asks for an owner"),
    ...owners.flatMap((owner: OwnerClass, position) => [
      ...when(owner.unknown && owner.owner !== null, ["owners", position, "unknown"], "is true beside an owner"),
      ...when(
        position > 0 && (keys[position] ?? "") <= (keys[position - 1] ?? ""),
        ["owners", position],
        "is out of order, or there twice",
      ),
    ]),
  ];
}

function timeInconsistencies(state: ApprovalState): readonly Inconsistency[] {
  const { status, openedAt, lastAt, decidedAt } = state;
  const deadline = deadlineOf(state);
  const late = deadline !== null && lastAt >= deadline;
  return [
    ...when(openedAt > lastAt, ["openedAt"], "is later than `lastAt`"),
    ...when(lastAt > lastInstant, ["lastAt"], "is later than the year 9999"),
    ...when(status === "pending" && decidedAt !== null, ["decidedAt"], "is there though nothing is decided"),
    ...when(status !== "pending" && decidedAt !== lastAt, ["decidedAt"], "is not the last event's time"),
    ...when(status === "expired" && !late, ["status"], "is `expired` before the deadline"),
    ...when((status === "pending" || status === "approved" || status === "rejected") && late, ["lastAt"], "is not before the deadline"),
  ];
}

function automaticInconsistencies({ status, revision, tiersAsked }: ApprovalState): readonly Inconsistency[] {
  return [
    ...when(status !== "approved", ["status"], "is not `approved` though nobody needs to approve"),
    ...when(revision !== 0, ["revision"], "is not 0 though nobody needs to approve"),
    ...when(tiersAsked !== 0, ["tiersAsked"], "is not 0 though there are no tiers"),
  ];
}

/** Revision = accepted events: votes, an end that is no vote, and one or more tiers asked at a time. */
function eventInconsistencies(state: ApprovalState): readonly Inconsistency[] {
  const { status, revision, tiersAsked, votes, openedAt, lastAt } = state;
  const ends = status === "expired" || status === "withdrawn" ? 1 : 0;
  const askings = revision - votes.length - ends;
  const isCounted = askings >= Math.min(tiersAsked, 1) && askings <= tiersAsked;
  const lastVoteAt = votes.at(-1)?.at ?? openedAt;
  return [
    ...when(tiersAsked > openTiers(state, lastAt), ["tiersAsked"], "counts tiers that were not open"),
    ...when(!isCounted, ["revision"], "is not the number of events"),
    ...when(isCounted && askings + ends === 0 && lastAt !== lastVoteAt, ["lastAt"], "is not the last event's time"),
  ];
}

/** The votes lead to the status, with the last of them and not before. */
function outcomeInconsistencies(state: ApprovalState): readonly Inconsistency[] {
  if (state.rules.approval.kind === "automatic") return [];
  const { status, votes } = state;
  const [last] = votes.slice(-1);
  const rejections = votes.filter((vote) => vote.decision === "reject").length;
  const approvedBefore = isApproved({ ...state, votes: votes.slice(0, -1) });
  const decided = last?.decision === "reject" ? "rejected" : isApproved(state) ? "approved" : "pending";
  const isEarly = rejections > (decided === "rejected" ? 1 : 0) || approvedBefore;
  const followsVotes = status === decided || (decided === "pending" && (status === "expired" || status === "withdrawn"));
  const endsWithVote = (decided !== "approved" && decided !== "rejected") || state.lastAt === last?.at;
  return [
    ...when(isEarly, ["votes"], "were decisive before the last"),
    ...when(!followsVotes, ["status"], "does not follow from the votes"),
    ...when(!endsWithVote, ["lastAt"], "is not the time of the vote that decided"),
  ];
}
