import type { ApprovalOf } from "../../flow/approval.js";
import { or, type Truth } from "../../kernel/truth.js";
import { voteLimit } from "../state/state-size.js";
import { type Choices, canServe } from "./cover-needs.js";
import { type Circle, circlesOf, type Voter } from "./people.js";
import { type Steps, stepLimit } from "./search-steps.js";
import { canShareOut } from "./share-out-people.js";
import { type Way, waysToVote } from "./ways-to-vote.js";

/** A candidate's places: for each group the owners they count for, null where they are not in it. */
export type GroupVoter = { readonly keys: readonly string[]; readonly owners: readonly (readonly number[] | "all" | null)[] };

/**
 * Whether voters can satisfy the groups of an approval, as these are joined (A3, A8, A13). `ownersOf` is how
 * many owners each group must be covered for: 1 where it does not ask for the owner. Unknown: not found out
 * within the bound of steps, which the groups of `anyOf` share.
 */
export function groupsCanDecide(approval: ApprovalOf, ownersOf: readonly number[], voters: readonly GroupVoter[]): Truth {
  const required = approval.approverGroups.map((group) => group.required);
  if (approval.groups === "anyOf") {
    const share = Math.floor(stepLimit / required.length);
    return or(required.map((_, group) => canSatisfy([group], required, ownersOf, voters, { left: share })));
  }
  if (approval.distinctApprovers) return canShareOutTo(required, voters, { left: stepLimit });
  return canSatisfy([...required.keys()], required, ownersOf, voters, { left: stepLimit });
}

/** The same for an approval whose groups may share their approvers. */
export function groupsCanDecideTogether(approval: ApprovalOf, ownersOf: readonly number[], voters: readonly GroupVoter[]): Truth {
  return groupsCanDecide({ ...approval, distinctApprovers: false }, ownersOf, voters);
}

/** Whether all of some groups can be satisfied: each needs its voters once for every owner. */
function canSatisfy(
  groups: readonly number[],
  required: readonly number[],
  ownersOf: readonly number[],
  voters: readonly GroupVoter[],
  steps: Steps,
): Truth {
  const firstNeed = new Map<number, number>();
  const needs: number[] = [];
  for (const group of groups) {
    firstNeed.set(group, needs.length);
    for (let owner = 0; owner < (ownersOf[group] ?? 1); owner += 1) needs.push(required[group] ?? 1);
  }
  const serving = voters.map(({ keys, owners }) => ({ keys, serves: groups.flatMap((group) => needsOf(group, owners[group] ?? null)) }));
  if (fewestVotes(needs, serving) > voteLimit) return "fails";
  const people = choicesOf(circlesOf(helping(serving)), steps);
  return people === null ? "unknown" : canServe(needs, people, steps);

  function needsOf(group: number, owners: readonly number[] | "all" | null): readonly number[] {
    const first = firstNeed.get(group) ?? 0;
    if (owners === null) return [];
    return owners === "all"
      ? Array.from({ length: ownersOf[group] ?? 1 }, (_, owner) => first + owner)
      : owners.map((owner) => first + owner);
  }
}

/**
 * At least so many votes it takes (D4): if those who serve most did so without overlap. Exact where nobody serves
 * two needs.
 */
function fewestVotes(needs: readonly number[], voters: readonly Voter[]): number {
  const mostForOne = needs.reduce((most, need) => Math.max(most, need), 0);
  let open = needs.reduce((sum, need) => sum + need, 0);
  let votes = 0;
  for (const { serves } of [...voters].sort((a, b) => b.serves.length - a.serves.length)) {
    if (open <= 0) break;
    open -= serves.length;
    votes += 1;
  }
  return Math.max(votes, mostForOne);
}

function choicesOf(circles: readonly Circle[], steps: Steps): readonly Choices[] | null {
  const ways = everyWay(circles, steps);
  return ways === null ? null : ways.map((each) => each.map((way) => way.flat().sort((a, b) => a - b)));
}

function canShareOutTo(required: readonly number[], voters: readonly GroupVoter[], steps: Steps): Truth {
  if (required.reduce((sum, count) => sum + count, 0) > voteLimit) return "fails";
  const serving = voters.map(({ keys, owners }) => ({ keys, serves: owners.flatMap((places, group) => (places === null ? [] : [group])) }));
  const people = everyWay(circlesOf(helping(serving)).map(asOneVoter), steps);
  return people === null ? "unknown" : canShareOut(required, people, steps);
}

/** One person serves one group only, under whichever of their identities is in it: they are as good as one voter in all. */
function asOneVoter(circle: Circle): Circle {
  if (!circle.isOnePerson) return circle;
  const serves = [...new Set(circle.voters.flatMap((voter) => voter.serves))].sort((a, b) => a - b);
  return { ...circle, voters: [{ keys: [], serves }] };
}

/** For each circle the ways in which it can vote; null beyond the bound of steps. */
function everyWay(circles: readonly Circle[], steps: Steps): readonly (readonly Way[])[] | null {
  const all: (readonly Way[])[] = [];
  for (const circle of circles) {
    const ways = waysToVote(circle, steps);
    if (ways === null) return null;
    all.push(ways);
  }
  return all;
}

function helping(voters: readonly Voter[]): readonly Voter[] {
  return voters.filter((voter) => voter.serves.length > 0);
}
