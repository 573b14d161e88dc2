import type { Truth } from "../../kernel/truth.js";
import { isWithin } from "./people.js";
import { type Steps, spend } from "./search-steps.js";

/** Somebody who votes in one of several ways. Each lists, sorted, what it serves: a need twice, where two people of a circle do. */
export type Choices = readonly (readonly number[])[];

/**
 * Whether choices can be made so that each need `i` is served `needs[i]` times (A3, A5, A8). Unknown: not found
 * out within the steps.
 *
 * Who only helps is taken at once, and a need for which there are people in plenty is put aside, so that work is
 * left only where scarce people must choose; there it is tried, the scarcest need first, no position twice.
 */
export function canServe(needs: readonly number[], people: readonly Choices[], steps: Steps): Truth {
  const hopeless = new Set<string>();
  return attempt([...needs], people);

  function attempt(open: number[], given: readonly Choices[]): Truth {
    const left = settle(open, given);
    if (open.every((need) => need <= 0)) return "holds";
    if (!isWithinReach(open, left)) return "fails";
    const position = nameOf(open, left);
    if (hopeless.has(position)) return "fails";
    if (
      !spend(
        steps,
        left.reduce((sum, choices) => sum + choices.length, 1),
      )
    )
      return "unknown";
    const [person, choices] = nextChoice(open, left);
    const others = left.filter((other) => other !== person);
    for (const choice of choices) {
      const after = [...open];
      serve(after, choice);
      const found = attempt(after, others);
      if (found !== "fails") return found;
    }
    hopeless.add(position);
    return "fails";
  }
}

function serve(open: number[], choice: readonly number[]): void {
  for (const need of choice) open[need] = (open[need] ?? 0) - 1;
}

/** Decides what needs no trying, in `open`; gives who has still to choose. */
function settle(open: number[], given: readonly Choices[]): readonly Choices[] {
  let left = given;
  for (;;) {
    left = left.map((choices) => bestOf(choices.map((choice) => usefulPart(open, choice))));
    const deciding = left.filter((choices) => choices.length === 1);
    for (const [choice = []] of deciding) serve(open, choice);
    if (deciding.length > 0) left = left.filter((choices) => choices.length > 1);
    else if (!putAsidePlenty(open, left)) return left;
  }
}

/** Drops the needs that as many people can serve as there are votes wanted for all needs: enough are left at the end. */
function putAsidePlenty(open: number[], people: readonly Choices[]): boolean {
  const wanted = wantedBy(open);
  const able: number[] = [];
  for (const choices of people) for (const need of new Set(choices.flat())) able[need] = (able[need] ?? 0) + 1;
  const plenty = open.flatMap((need, index) => (need > 0 && (able[index] ?? 0) >= wanted ? [index] : []));
  for (const need of plenty) open[need] = 0;
  return plenty.length > 0;
}

function wantedBy(open: readonly number[]): number {
  return open.reduce((sum, need) => sum + Math.max(need, 0), 0);
}

/** What is still open of what a choice serves. */
function usefulPart(open: readonly number[], choice: readonly number[]): readonly number[] {
  let times = 0;
  return choice.filter((need, position) => {
    times = choice[position - 1] === need ? times + 1 : 1;
    return times <= (open[need] ?? 0);
  });
}

/** The choices that no other one betters; of equals the first. */
function bestOf(choices: Choices): Choices {
  return choices.filter(
    (choice, position) => !choices.some((other, index) => isWithin(choice, other) && (other.length > choice.length || index < position)),
  );
}

/** Whether there are enough people for each need, and for all needs together, if everybody could choose everything. */
function isWithinReach(open: readonly number[], people: readonly Choices[]): boolean {
  const most = people.reduce((sum, choices) => sum + choices.reduce((longest, choice) => Math.max(longest, choice.length), 0), 0);
  const reach = reachOf(people);
  return wantedBy(open) <= most && open.every((need, index) => need <= (reach[index] ?? 0));
}

/** For each need that anybody can serve, how often it could be served. */
function reachOf(people: readonly Choices[]): readonly number[] {
  const reach: number[] = [];
  for (const choices of people) {
    const most = new Map<number, number>();
    for (const choice of choices) {
      for (const [need, times] of timesIn(choice)) most.set(need, Math.max(most.get(need) ?? 0, times));
    }
    for (const [need, times] of most) reach[need] = (reach[need] ?? 0) + times;
  }
  return reach;
}

function timesIn(choice: readonly number[]): ReadonlyMap<number, number> {
  const times = new Map<number, number>();
  for (const need of choice) times.set(need, (times.get(need) ?? 0) + 1);
  return times;
}

/** The person to decide about next: of those who could serve the scarcest need the one with the fewest choices. */
function nextChoice(open: readonly number[], people: readonly Choices[]): readonly [Choices, Choices] {
  const reach = reachOf(people);
  let scarcest = 0;
  let slack = Number.POSITIVE_INFINITY;
  for (const [need, wanted] of open.entries()) {
    if (wanted <= 0 || (reach[need] ?? 0) - wanted >= slack) continue;
    scarcest = need;
    slack = (reach[need] ?? 0) - wanted;
  }
  const isServing = (choice: readonly number[]): boolean => choice.includes(scarcest);
  const [person = []] = people.filter((choices) => choices.some(isServing)).sort((a, b) => a.length - b.length);
  return [person, [...person.filter(isServing), ...person.filter((choice) => !isServing(choice))]];
}

/** Positions in which the same is needed of people who have the same choices are one. */
function nameOf(open: readonly number[], people: readonly Choices[]): string {
  const texts = people.map((choices) => JSON.stringify(choices.map((choice) => choice.join()).sort()));
  return JSON.stringify([open.map((need) => Math.max(need, 0)), texts.sort()]);
}
