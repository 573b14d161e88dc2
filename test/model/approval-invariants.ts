import type { ApprovalState, VoteRecord } from "../../src/core/approval/approval-state.js";
import type { Identity } from "../../src/core/facts/identity.js";
import { deepFreeze } from "../../src/core/kernel/deep-freeze.js";
import { type ApprovalTransition, type ExploredApproval, keysOf, longAfter, minute, tierOpensAt, votersOf } from "./approval-world.js";

/*
 * What is wrong with an explored approval, by the number of the invariant that it breaks. Who overlaps, and whether
 * the groups have enough voters, is judged here from the people of the world, not from what the machine kept of them.
 */

export type Broken = ReadonlyMap<number, readonly string[]>;

export function brokenIn(explored: ExploredApproval): Broken {
  const broken = new Map<number, string[]>();
  const note = (where: string, faults: readonly (readonly [number, boolean])[]): void => {
    for (const [number, isWrong] of faults) if (isWrong) broken.set(number, [...(broken.get(number) ?? []), where]);
  };
  for (const transition of explored.transitions) note(nameOf(transition), stepFaults(explored, transition));
  for (const state of explored.states) note(`${state.status} of ${state.revision} events`, stateFaults(explored, state));
  return broken;
}

function nameOf({ before, event, after }: ApprovalTransition): string {
  const who = event.type === "vote" ? `${event.voter.id} ${event.decision}` : event.type;
  return `${before.status} –${who} at ${Number(event.at) / minute}→ ${after.status}`;
}

function stepFaults({ machine, configuration }: ExploredApproval, step: ApprovalTransition): readonly (readonly [number, boolean])[] {
  const { before: was, event, after: is, effects, recorded } = step;
  const again = machine.step(was, event);
  const people = votersOf(configuration);
  return [
    [4, was.status !== "pending" && is !== was],
    [4, JSON.stringify(is.votes.slice(0, was.votes.length)) !== JSON.stringify(was.votes)],
    [5, is !== was && event.type === "vote" && !mayCount(step, people)],
    [5, is !== was && is.status === "approved" && !hasEnoughVoters(is, people)],
    [9, is.revision !== was.revision + (is === was ? 0 : 1)],
    [9, (recorded === null) !== (is === was)],
    [9, recorded !== null && JSON.stringify(machine.fold(was, recorded)) !== JSON.stringify(is)],
    [10, effects.some(({ key }, position) => key !== `${is.revision}:${position}`) || (is === was && effects.length > 0)],
    [10, !again.ok || JSON.stringify(again.value.effects) !== JSON.stringify(effects)],
    [13, event.type === "vote" && is.status !== was.status && is.decidedAt !== event.at],
    [13, is.votes.some(({ at, counts }) => counts.some(({ tier }) => tier !== null) && at < tierOpensAt)],
  ];
}

function overlaps(left: readonly string[], right: readonly string[]): boolean {
  return left.some((key) => right.includes(key));
}

/** Whether a vote that was taken may count: no party, where the setting is on, nobody inactive, nobody twice. */
function mayCount({ event, after }: ApprovalTransition, people: readonly Identity[]): boolean {
  const { rules, requestor, grantee, votes } = after;
  const vote = votes.at(-1);
  if (event.type !== "vote" || vote === undefined) return false;
  const keys = keysOf(event.voter);
  const isParty = overlaps(keys, requestor.keys) || (grantee !== null && overlaps(keys, grantee.keys));
  const places = placesOf(vote);
  const isTwice = votes.slice(0, -1).some((other) => overlaps(votersKeys(other, people), keys) && overlaps(placesOf(other), places));
  return !(rules.requestorCannotApproveSelf && isParty) && event.voter.active !== false && !isTwice && places.length > 0;
}

function votersKeys({ voter, keys }: VoteRecord, people: readonly Identity[]): readonly string[] {
  const identity = people.find(({ id }) => id === voter);
  return identity === undefined ? keys : keysOf(identity);
}

function placesOf({ counts }: VoteRecord): readonly string[] {
  return counts.map(({ group, tier }) => `${tier}:${group}`);
}

/** Whether an approval has what it needs from votes of people who are neither party, as far as is known in the end. */
function hasEnoughVoters({ rules, requestor, grantee, votes }: ApprovalState, people: readonly Identity[]): boolean {
  const { approval } = rules;
  if (approval.kind !== "approvalOf") return true;
  const parties = [...requestor.keys, ...(grantee?.keys ?? [])];
  const counted = votes.filter(
    (vote) => vote.decision === "approve" && !(rules.requestorCannotApproveSelf && overlaps(votersKeys(vote, people), parties)),
  );
  if (counted.some((vote) => vote.counts.some(({ tier }) => tier !== null))) return true;
  const votersOf = approval.approverGroups.map((_, group) => counted.filter((vote) => placesOf(vote).includes(`null:${group}`)));
  const met = votersOf.filter((of, group) => of.length >= (approval.approverGroups[group]?.required ?? 1));
  if (approval.groups === "anyOf") return met.length > 0;
  // Every group of this world that wants different people wants one of each.
  const [first = [], second = []] = votersOf;
  const areDifferent = first.some((one) => second.some((other) => one !== other));
  return met.length === approval.approverGroups.length && (!approval.distinctApprovers || areDifferent);
}

function stateFaults(explored: ExploredApproval, state: ApprovalState): readonly (readonly [number, boolean])[] {
  const { machine } = explored;
  const due = machine.wakeAt(state);
  const before = due === null ? longAfter : due - 1;
  return [
    [7, state.status === "pending" && due === null && !(neverExpires(state) && somebodyCanAct(explored, state))],
    [7, !comesToAnEnd(explored, state)],
    [8, before >= state.lastAt && changesAt(explored, state, before)],
    [8, due !== null && !changesAt(explored, state, due)],
    [13, lessKnown(explored, state).length > 0],
  ];
}

function neverExpires({ rules: { approval } }: ApprovalState): boolean {
  return approval.kind === "approvalOf" && approval.expiresAfter === "never";
}

function changesAt({ machine }: ExploredApproval, state: ApprovalState, at: number): boolean {
  const answer = machine.step(state, { type: "timeReached", at });
  return !answer.ok || answer.value.state !== state;
}

/** Whoever asked can take it back: votes may not be left, as where the last approver has turned out to be the requestor. */
function somebodyCanAct({ machine }: ExploredApproval, state: ApprovalState): boolean {
  return machine.step(state, { type: "withdraw", by: { id: "ada" }, at: state.lastAt }).ok;
}

/** Whether time alone, minute by minute, leads to an end; under `never` it does not have to. */
function comesToAnEnd({ machine }: ExploredApproval, first: ApprovalState): boolean {
  let state = first;
  for (let at = first.lastAt; state.status === "pending" && at <= longAfter; at += minute) {
    const answer = machine.step(state, { type: "timeReached", at });
    if (answer.ok) state = answer.value.state;
  }
  return state.status !== "pending" || neverExpires(state);
}

/**
 * Votes that approve with something unknown in place of a fact, and do not with it. Whether two voters are one is asked
 * of what is known (A5), so their accounts are taken away only where the requestor's protect, too (A6).
 */
function lessKnown({ machine, configuration }: ExploredApproval, state: ApprovalState): readonly Identity[] {
  if (state.status !== "pending") return [];
  const approves = (voter: Identity, at: number): boolean => {
    const answer = machine.step(state, deepFreeze({ type: "vote", voter, decision: "approve", at }));
    return answer.ok && answer.value.state.status === "approved";
  };
  return votersOf(configuration).filter((voter) => {
    const { accounts, emails, attributes, ...rest } = voter;
    const unknown: readonly Identity[] = [
      { accounts, emails, ...rest },
      ...(state.rules.requestorCannotApproveSelf
        ? [
            { emails, attributes, ...rest },
            { accounts, attributes, ...rest },
          ]
        : []),
    ];
    return [state.lastAt, tierOpensAt]
      .filter((at) => at >= state.lastAt)
      .some((at) => !approves(voter, at) && unknown.some((less) => approves(less, at)));
  });
}
