import { enoughDistinct } from "../vote/distinct-approvers.js";
import { type Circle, isWithin, type Voter } from "./people.js";
import { type Steps, spend } from "./search-steps.js";

/** Different people of one circle who vote: what each of them serves. */
export type Way = readonly (readonly number[])[];

type Member = { readonly position: number; readonly serves: readonly number[]; readonly foes: ReadonlySet<number> };

/** The ways in which a circle can vote, without those that another one betters; null beyond the bound of steps. */
export function waysToVote({ voters, isOnePerson }: Circle, steps: Steps): readonly Way[] | null {
  if (isOnePerson)
    return bestOf(
      voters.map(({ serves }) => [serves]),
      steps,
    );
  const known = new Map<string, readonly Way[]>();
  return spend(steps, voters.length ** 2) ? waysOf(membersOf(voters)) : null;

  /** Whichever more could vote is tried in turn: somebody, or in their place one of those who are the same person. */
  function waysOf(left: readonly Member[]): readonly Way[] | null {
    const name = left.map(({ position }) => position).join();
    const before = known.get(name);
    if (before !== undefined) return before;
    const somebody = withFewestFoes(left);
    if (somebody === undefined) return [[]];
    if (!spend(steps, left.length ** 2)) return null;
    const ways: Way[] = [];
    for (const chosen of left) {
      if (chosen !== somebody && !somebody.foes.has(chosen.position)) continue;
      const rest = waysOf(left.filter((other) => other !== chosen && !chosen.foes.has(other.position)));
      if (rest === null) return null;
      for (const way of rest) ways.push([chosen.serves, ...way]);
    }
    const best = bestOf(ways, steps);
    if (best !== null) known.set(name, best);
    return best;
  }
}

function membersOf(voters: readonly Voter[]): readonly Member[] {
  return voters.map(({ keys, serves }, position) => {
    const own = new Set(keys);
    const foes = voters.flatMap((other, index) => (index !== position && other.keys.some((key) => own.has(key)) ? [index] : []));
    return { position, serves, foes: new Set(foes) };
  });
}

function withFewestFoes(left: readonly Member[]): Member | undefined {
  const foesOf = (member: Member): number => left.filter(({ position }) => member.foes.has(position)).length;
  const counted = left.map((member) => ({ member, foes: foesOf(member) }));
  return counted.reduce((fewest, each) => (each.foes < fewest.foes ? each : fewest), counted[0] ?? { member: undefined, foes: 0 }).member;
}

function bestOf(ways: readonly Way[], steps: Steps): readonly Way[] | null {
  const distinct = [...new Map(ways.map((way) => [JSON.stringify(way.map((serves) => serves.join()).sort()), way])).values()];
  if (distinct.length > 1 && !spend(steps, distinct.length ** 2)) return null;
  // No two are equal, so that no two are as good as each other.
  return distinct.filter((way) => !distinct.some((other) => other !== way && isAsGood(other, way)));
}

/** Whether for each who votes in the one way a different one votes in the other who serves all of that. */
function isAsGood(other: Way, way: Way): boolean {
  if (other.length < way.length) return false;
  const covered = other.map((wider) => way.flatMap((serves, index) => (isWithin(serves, wider) ? [index] : [])));
  return enoughDistinct(
    way.map(() => 1),
    covered,
  );
}
