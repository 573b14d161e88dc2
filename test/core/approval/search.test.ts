import { describe, expect, it } from "vitest";
import { type Choices, canServe } from "../../../src/core/approval/plan/cover-needs.js";
import { circlesOf, type Voter } from "../../../src/core/approval/plan/people.js";
import { type Steps, stepLimit } from "../../../src/core/approval/plan/search-steps.js";
import { canShareOut } from "../../../src/core/approval/plan/share-out-people.js";
import { type Way, waysToVote } from "../../../src/core/approval/plan/ways-to-vote.js";
import { truthOf } from "../../../src/core/kernel/truth.js";
import { type Random, randomOf } from "../../fuzz/random.js";

/*
 * The searches behind `decidable`, each by itself, on positions by chance that do not change. What they find is what
 * trying everything finds. What they cost is counted, not timed: a search that tries more than it has to ends
 * as "too much asked" where it could have answered, so a change of these sums should be meant.
 */

const times = <T>(count: number, make: (index: number) => T): readonly T[] => Array.from({ length: count }, (_, index) => make(index));
const ascending = (numbers: readonly number[]): readonly number[] => [...numbers].sort((a, b) => a - b);

/** The first of some, as many times as one to four each, as many as all. */
function alikeBy<T>(random: Random, some: readonly T[]): readonly T[] {
  const alike = 1 + random.below(4);
  return some.map((each, index) => some[Math.floor(index / alike)] ?? each);
}

/** What a search finds with as many steps as it takes, and with one less. */
function atTheLimit<A>(search: (steps: Steps) => A): { readonly taken: number; readonly enough: A; readonly oneLess: A } {
  const left = { left: stepLimit };
  search(left);
  const taken = stepLimit - left.left;
  return { taken, enough: search({ left: taken }), oneLess: search({ left: taken - 1 }) };
}

/** As many answers as positions, and what all of them cost together. */
function searchAll<P, A>(positions: readonly P[], search: (position: P, steps: Steps) => A): { answers: readonly A[]; steps: number } {
  let steps = 0;
  const answers = positions.map((position) => {
    const left = { left: stepLimit };
    const answer = search(position, left);
    steps += stepLimit - left.left;
    return answer;
  });
  return { answers, steps };
}

describe("whether choices serve all needs", () => {
  type Position = { readonly needs: readonly number[]; readonly people: readonly Choices[] };

  /** About as many votes as are wanted, so that people must choose; up to four have the same choice. */
  function positionBy(random: Random): Position {
    const needs = times(4 + random.below(2), () => 1 + random.below(2));
    const wanted = needs.reduce((sum, need) => sum + need, 0);
    const choice = (): readonly number[] => ascending(times(1 + random.below(2), () => random.below(needs.length)));
    const people = times(Math.round(wanted / 1.5) + random.below(3), () => times(2 + random.below(2), choice));
    return { needs, people: alikeBy(random, people) };
  }

  function byTrying(needs: readonly number[], [first, ...rest]: readonly Choices[]): boolean {
    if (needs.every((need) => need <= 0)) return true;
    if (first === undefined) return false;
    return [[], ...first].some((choice) =>
      byTrying(
        needs.map((need, index) => need - choice.filter((each) => each === index).length),
        rest,
      ),
    );
  }

  const positions = times(300, (index) => positionBy(randomOf(index)));
  const searched = () => searchAll(positions, ({ needs, people }, left) => canServe(needs, people, left));

  it("A13: it finds what trying everything finds", () => {
    expect(searched().answers).toEqual(positions.map(({ needs, people }) => truthOf(byTrying(needs, people))));
  });

  it("A13: what was tried in vain with some people says nothing about others", () => {
    const pairs = [
      [1, 0],
      [4, 6],
      [6, 4],
      [6, 1],
      [3, 2],
      [3, 5],
      [5, 3],
      [6, 1],
      [2, 0],
      [1, 3],
      [2, 1],
    ];
    const people = pairs.map((pair) => pair.map((need) => [need]));
    expect(canServe([1, 2, 2, 3, 1, 1, 1], people, { left: stepLimit })).toBe("holds");
  });

  it("D4: it answers within the steps that it takes, and with one less it does not know", () => {
    const found = positions.map(({ needs, people }) => atTheLimit((left) => canServe(needs, people, left)));
    expect(found).toEqual(
      searched().answers.map((enough, index) => ({ ...found[index], enough, oneLess: found[index]?.taken === 0 ? enough : "unknown" })),
    );
  });

  it("A13: it tries no more than it has to", () => {
    expect(searched().steps).toBe(1714);
  });
});

describe("whether people can be shared out", () => {
  type Position = { readonly required: readonly number[]; readonly people: readonly (readonly Way[])[] };

  function positionBy(random: Random): Position {
    const required = times(3 + random.below(2), () => 1 + random.below(2));
    const wanted = required.reduce((sum, count) => sum + count, 0);
    const groups = (): readonly number[] => [...new Set(ascending(times(1 + random.below(2), () => random.below(required.length))))];
    const ways = (): readonly Way[] => times(random.oneIn(4) ? 1 : 2 + random.below(2), () => times(1 + random.below(2), groups));
    const people = times(Math.max(2, Math.round(wanted / 1.5) - 1 + random.below(3)), ways);
    return { required, people: alikeBy(random, people) };
  }

  function divides(required: readonly number[], [first, ...rest]: Way): boolean {
    if (required.every((count) => count <= 0)) return true;
    if (first === undefined) return false;
    return [-1, ...first].some((chosen) =>
      divides(
        required.map((count, group) => (group === chosen ? count - 1 : count)),
        rest,
      ),
    );
  }

  function byTrying(required: readonly number[], [first, ...rest]: readonly (readonly Way[])[], chosen: Way = []): boolean {
    if (first === undefined) return divides(required, chosen);
    return first.some((way) => byTrying(required, rest, [...chosen, ...way]));
  }

  const positions = times(300, (index) => positionBy(randomOf(index)));
  const searched = () => searchAll(positions, ({ required, people }, left) => canShareOut(required, people, left));

  it("A3: it finds what trying everything finds", () => {
    expect(searched().answers).toEqual(positions.map(({ required, people }) => truthOf(byTrying(required, people))));
  });

  it("D4: it answers within the steps that it takes, and with one less it does not know", () => {
    const found = positions.map(({ required, people }) => atTheLimit((left) => canShareOut(required, people, left)));
    expect(found).toEqual(
      searched().answers.map((enough, index) => ({ ...found[index], enough, oneLess: found[index]?.taken === 0 ? enough : "unknown" })),
    );
  });

  it("A3: it tries no more than it has to", () => {
    expect(searched().steps).toBe(5301);
  });
});

describe("the ways in which people vote who may be the same", () => {
  const keyNames = ["a", "b", "c", "d", "e", "f"] as const;

  function crowdBy(random: Random): readonly Voter[] {
    return times(2 + random.below(6), () => ({
      keys: [...new Set(times(1 + random.below(3), () => random.pick(keyNames)))],
      serves: [...new Set(ascending(times(1 + random.below(3), () => random.below(3))))],
    }));
  }

  const crowds = times(300, (index) => crowdBy(randomOf(index)));
  const searched = () => searchAll(crowds, (crowd, left) => circlesOf(crowd).map((circle) => waysToVote(circle, left) ?? []));

  const nameOf = (way: Way): string =>
    way
      .map((serves) => serves.join())
      .sort()
      .join(" ");
  const isPart = (some: readonly number[], all: readonly number[]): boolean => some.every((each) => all.includes(each));

  /** Whether the others can each stand for one of these. */
  function replaces(others: Way, [first, ...rest]: Way): boolean {
    if (first === undefined) return true;
    return others.some((other, index) => isPart(first, other) && replaces(others.toSpliced(index, 1), rest));
  }

  const inOrder = (ways: readonly Way[]): readonly string[] => ways.map(nameOf).sort();

  /** Those that no other one betters. */
  function best(ways: readonly Way[]): readonly string[] {
    const distinct = [...new Map(ways.map((way) => [nameOf(way), way]))];
    return inOrder(
      distinct.flatMap(([name, way]) => (distinct.some(([other, better]) => other !== name && replaces(better, way)) ? [] : [way])),
    );
  }

  function byTrying(crowd: readonly Voter[]): readonly Way[] {
    const different = subsetsOf(crowd).filter((some) =>
      some.every((voter, index) => some.slice(0, index).every((other) => !voter.keys.some((key) => other.keys.includes(key)))),
    );
    return different.map((some) => some.map(({ serves }) => serves));
  }

  it("A5: they are all that nothing betters, for each circle", () => {
    const expected = crowds.map((crowd) => circlesOf(crowd).map(({ voters }) => best(byTrying(voters))));
    expect(searched().answers.map((circles) => circles.map(inOrder))).toEqual(expected);
  });

  it("A5: all circles together vote as the whole crowd can", () => {
    const together = searched().answers.map((circles) =>
      best(circles.reduce<readonly Way[]>((whole, ways) => whole.flatMap((way) => ways.map((more) => [...way, ...more])), [[]])),
    );
    expect(together).toEqual(crowds.map((crowd) => best(byTrying(crowd))));
  });

  it("A5: the order of the candidates is of no account, and circles share no key", () => {
    const circles = crowds.map(circlesOf);
    expect(crowds.map((crowd) => circlesOf(crowd.toReversed()))).toEqual(circles);
    const shared = circles.flatMap((each) => {
      const keys = each.flatMap(({ voters }) => [...new Set(voters.flatMap((voter) => voter.keys))]);
      return keys.length === new Set(keys).size ? [] : [each];
    });
    expect(shared).toEqual([]);
  });

  it("D4: it answers within the steps that it takes, and with one less it does not", () => {
    const circles = crowds.flatMap(circlesOf);
    const found = circles.map((circle) => atTheLimit((left) => waysToVote(circle, left)));
    const known = searched().answers.flat();
    expect(found).toEqual(known.map((enough, index) => ({ ...found[index], enough, oneLess: found[index]?.taken === 0 ? enough : null })));
  });

  it("A5: it tries no more than it has to", () => {
    expect(searched().steps).toBe(11_798);
  });
});

function subsetsOf<T>([first, ...rest]: readonly T[]): readonly (readonly T[])[] {
  if (first === undefined) return [[]];
  return subsetsOf(rest).flatMap((subset) => [subset, [first, ...subset]]);
}
