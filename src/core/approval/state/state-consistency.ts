import { combinationsOf } from "../../define/combinations.js";
import { hasSameId } from "../../facts/person-keys.js";
import type { Path } from "../../kernel/path.js";
import { lastInstant } from "../../time/instant.js";
import type { ApprovalState, PersonRecord } from "../approval-state.js";
import { countedApprovals, isApproved, tallyOf } from "../vote/approval-tally.js";
import { type Found, findInKeys, type Inconsistency } from "./inconsistency.js";
import { ownerClassKey } from "./owner-classes.js";
import { isPast, type ReadyApproval, tiersOpen } from "./ready-approval.js";
import { findInVotes } from "./vote-consistency.js";

/** Everything by which a state betrays that the machine has not come to it (TH21). */
export function inconsistenciesOf(state: ApprovalState, ready: ReadyApproval): readonly Inconsistency[] {
  const rules = combinationsOf({ approval: state.rules.approval });
  // Rules that mean nothing give no votes to count.
  if (rules.length > 0) return rules.map(({ path, says }) => ({ path: ["rules", ...path], says }));
  const found: Found = [];
  findInParties(found, state);
  findInOwners(found, state, ready);
  findInTimes(found, state, ready);
  if (state.rules.approval.kind === "automatic") findInAutomatic(found, state);
  else findInEvents(found, state, ready);
  findInVotes(found, state, ready);
  // The outcome is counted from votes that are right in themselves.
  if (found.length === 0) findInOutcome(found, state, ready);
  return found;
}

/** What cannot be about the records of requestor and grantee. */
function findInParties(found: Found, { requestor, grantee }: ApprovalState): void {
  findInPerson(found, ["requestor"], requestor);
  if (grantee === null) return;
  findInPerson(found, ["grantee"], grantee);
  if (hasSameId(requestor, grantee)) found.push({ path: ["grantee"], says: "is the requestor, and has a record of their own" });
}

function findInPerson(found: Found, path: Path, person: PersonRecord): void {
  findInKeys(found, path, person.id, person.keys);
  // Beside the id there are only addresses and accounts.
  if (person.keys.length > 1 && !person.emailsKnown && !person.accountsKnown)
    found.push({ path: [...path, "keys"], says: "are more than the id though no others are known" });
  if (!person.managerKnown && person.manager !== null) found.push({ path: [...path, "manager"], says: "is there though it is not known" });
}

function findInOwners(found: Found, { owners }: ApprovalState, { groups, tiers }: ReadyApproval): void {
  if (owners.length === 0) return;
  const areAsked = groups.some((group) => group.asksForOwner) || tiers.some((tier) => tier.asksForOwner);
  if (!areAsked) found.push({ path: ["owners"], says: "are there though no group asks for an owner" });
  let before: string | null = null;
  for (const [position, owner] of owners.entries()) {
    const key = ownerClassKey(owner);
    if (owner.unknown && owner.owner !== null) found.push({ path: ["owners", position, "unknown"], says: "is true beside an owner" });
    if (before !== null && key <= before) found.push({ path: ["owners", position], says: "is out of order, or there twice" });
    before = key;
  }
}

function findInTimes(found: Found, { status, openedAt, lastAt, decidedAt }: ApprovalState, ready: ReadyApproval): void {
  const late = isPast(ready, lastAt);
  const inTime = status === "pending" || status === "approved" || status === "rejected";
  if (openedAt > lastAt) found.push({ path: ["openedAt"], says: "is later than `lastAt`" });
  if (lastAt > lastInstant) found.push({ path: ["lastAt"], says: "is later than the year 9999" });
  if (status === "pending" && decidedAt !== null) found.push({ path: ["decidedAt"], says: "is there though nothing is decided" });
  if (status !== "pending" && decidedAt !== lastAt) found.push({ path: ["decidedAt"], says: "is not the last event's time" });
  if (status === "expired" && !late) found.push({ path: ["status"], says: "is `expired` before the deadline" });
  if (inTime && late) found.push({ path: ["lastAt"], says: "is not before the deadline" });
}

function findInAutomatic(found: Found, { status, revision, tiersAsked }: ApprovalState): void {
  if (status !== "approved") found.push({ path: ["status"], says: "is not `approved` though nobody needs to approve" });
  if (revision !== 0) found.push({ path: ["revision"], says: "is not 0 though nobody needs to approve" });
  if (tiersAsked !== 0) found.push({ path: ["tiersAsked"], says: "is not 0 though there are no tiers" });
}

/** Revision = accepted events: votes, an end that is no vote, and one or more tiers asked at a time. */
function findInEvents(found: Found, state: ApprovalState, ready: ReadyApproval): void {
  const { status, revision, tiersAsked, votes, openedAt, lastAt } = state;
  const ends = status === "expired" || status === "withdrawn" ? 1 : 0;
  const askings = revision - votes.length - ends;
  const isCounted = askings >= Math.min(tiersAsked, 1) && askings <= tiersAsked;
  const lastVoteAt = votes.at(-1)?.at ?? openedAt;
  if (tiersAsked > tiersOpen(ready, lastAt)) found.push({ path: ["tiersAsked"], says: "counts tiers that were not open" });
  if (!isCounted) found.push({ path: ["revision"], says: "is not the number of events" });
  if (isCounted && askings + ends === 0 && lastAt !== lastVoteAt) found.push({ path: ["lastAt"], says: "is not the last event's time" });
}

/** The votes lead to the status, with the last of them and not before. */
function findInOutcome(found: Found, state: ApprovalState, ready: ReadyApproval): void {
  if (state.rules.approval.kind === "automatic") return;
  const { status, votes } = state;
  const last = votes.at(-1);
  const before = tallyOf(ready, state, votes.length - 1);
  const isRejected = last?.decision === "reject";
  const isEarly =
    votes.some((vote, position) => vote.decision === "reject" && position < votes.length - 1) ||
    isApproved(ready, before, () => countedApprovals(state, votes.length - 1));
  const isApprovedNow = !isRejected && isApproved(ready, tallyOf(ready, state), () => countedApprovals(state));
  const decided = isRejected ? "rejected" : isApprovedNow ? "approved" : "pending";
  const followsVotes = status === decided || (decided === "pending" && (status === "expired" || status === "withdrawn"));
  if (isEarly) found.push({ path: ["votes"], says: "were decisive before the last" });
  if (!followsVotes) found.push({ path: ["status"], says: "does not follow from the votes" });
  if (decided !== "pending" && state.lastAt !== last?.at)
    found.push({ path: ["lastAt"], says: "is not the time of the vote that decided" });
}
