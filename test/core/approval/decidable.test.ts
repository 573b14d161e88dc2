import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type GroupVoter, groupsCanDecide } from "../../../src/core/approval/plan/decidable.js";
import { groupsByVoter } from "../../../src/core/approval/vote/approval-tally.js";
import { enoughDistinct, groupsToHelp } from "../../../src/core/approval/vote/distinct-approvers.js";
import type { ApprovalOf } from "../../../src/core/flow/approval.js";
import { type Truth, truthOf } from "../../../src/core/kernel/truth.js";
import { approvalOf, flowWith, inGroup } from "./support.js";

type Voter = { readonly keys: readonly string[]; readonly serves: readonly number[] };

const times = <T>(count: number, make: (index: number) => T): readonly T[] => Array.from({ length: count }, (_, index) => make(index));

/** Whether voters can satisfy groups that require so many, all of them where not told otherwise; `distinct`: each voter serves one of them. */
function decided(required: readonly number[], crowd: readonly Voter[], distinct = false, joined: "allOf" | "anyOf" = "allOf"): Truth {
  const groups = required.map((count, index) => inGroup(`g${index}`, count));
  const { approval } = flowWith(approvalOf(joined, groups, distinct ? { distinctApprovers: true } : {}));
  const voters: GroupVoter[] = crowd.map(({ keys, serves: held }) => ({
    keys,
    owners: required.map((_, group) => (held.includes(group) ? "all" : null)),
  }));
  return groupsCanDecide(
    approval as ApprovalOf,
    required.map(() => 1),
    voters,
  );
}

describe("whom a vote counts for (A3)", () => {
  it("A12: a tier is none of the groups that different people are shared out over", () => {
    const cast = { voter: "lena", keys: ["lena"], decision: "approve", reason: null, at: 0 } as const;
    const of = (group: number, tier: number | null) => ({ group, tier, owners: "all" }) as const;
    const votes = [
      { ...cast, counts: [of(0, null), of(2, null), of(0, 1)] as const },
      { ...cast, counts: [of(0, 2)] as const },
    ];
    expect(groupsByVoter(votes)).toEqual([[0, 2], []]);
  });
});

/** Every way to choose some of a few. */
function subsetsOf<T>(list: readonly T[]): readonly (readonly T[])[] {
  const [first, ...rest] = list;
  if (first === undefined) return [[]];
  return subsetsOf(rest).flatMap((subset) => [subset, [first, ...subset]]);
}

const areDifferent = (voters: readonly Voter[]): boolean =>
  voters.every((voter, index) => voters.slice(0, index).every((other) => !voter.keys.some((key) => other.keys.includes(key))));

const serves = (needs: readonly number[], voters: readonly Voter[]): boolean =>
  needs.every((need, index) => voters.filter((voter) => voter.serves.includes(index)).length >= need);

/** Whether each voter can be given one group, or none, so that all have enough: by trying everything. */
function canDivide(needs: readonly number[], voters: readonly (readonly number[])[]): boolean {
  if (needs.every((need) => need <= 0)) return true;
  const [first, ...rest] = voters;
  if (first === undefined) return false;
  if (canDivide(needs, rest)) return true;
  return first.some((group) =>
    canDivide(
      needs.map((need, index) => (index === group ? need - 1 : need)),
      rest,
    ),
  );
}

const needs = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 });
const voters: fc.Arbitrary<readonly Voter[]> = fc.array(
  fc.record({
    keys: fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e", "f"), { minLength: 1, maxLength: 2 }),
    serves: fc.subarray([0, 1, 2, 3]),
  }),
  { maxLength: 7 },
);
const known = (list: readonly Voter[], count: number) =>
  list.map((voter) => ({ ...voter, serves: voter.serves.filter((need) => need < count) }));

describe("who can decide together (A13)", () => {
  it("A13: needs can be served exactly when some choice of different people serves them", () => {
    fc.assert(
      fc.property(needs, voters, (wanted, crowd) => {
        const choices = subsetsOf(crowd).filter(areDifferent);
        expect(decided(wanted, crowd)).toBe(truthOf(choices.some((choice) => serves(wanted, choice))));
      }),
      { numRuns: 2_000 },
    );
  });

  it("A3: people can be shared out exactly when some choice of different people can", () => {
    fc.assert(
      fc.property(needs, voters, (wanted, crowd) => {
        const choices = subsetsOf(known(crowd, wanted.length)).filter(areDifferent);
        const expected = choices.some((choice) =>
          canDivide(
            wanted,
            choice.map((voter) => voter.serves),
          ),
        );
        expect(decided(wanted, crowd, true)).toBe(truthOf(expected));
      }),
      { numRuns: 1_000 },
    );
  });

  const groupsOfVoters = fc.array(fc.subarray([0, 1, 2, 3]), { maxLength: 6 });

  it("A3: there are enough different voters exactly when some division gives every group its own (TH12)", () => {
    fc.assert(
      fc.property(needs, groupsOfVoters, (wanted, crowd) => {
        const among = crowd.map((groups) => groups.filter((group) => group < wanted.length));
        expect(enoughDistinct(wanted, among)).toBe(canDivide(wanted, among));
      }),
      { numRuns: 2_000 },
    );
  });

  it("A3: the groups named as pending are those for which one more voter makes a larger sharing out possible", () => {
    /** The most that can be served, by trying everything. */
    const most = (wanted: readonly number[], crowd: readonly (readonly number[])[]): number => {
      const [first, ...rest] = crowd;
      if (first === undefined) return 0;
      const without = most(wanted, rest);
      const withThem = first.map((group) =>
        (wanted[group] ?? 0) > 0
          ? 1 +
            most(
              wanted.map((need, index) => (index === group ? need - 1 : need)),
              rest,
            )
          : 0,
      );
      return Math.max(without, ...withThem);
    };
    fc.assert(
      fc.property(needs, groupsOfVoters, (wanted, crowd) => {
        const among = crowd.map((groups) => groups.filter((group) => group < wanted.length));
        const now = most(wanted, among);
        const helped = wanted.flatMap((_, group) => (most(wanted, [...among, [group]]) > now ? [group] : []));
        expect(groupsToHelp(wanted, among)).toEqual(helped);
      }),
      { numRuns: 500 },
    );
  });

  it("A13: a hundred people with two identities each are counted, not tried", () => {
    const crowd = Array.from({ length: 100 }, (_, person) => [
      { keys: [`p${person}`], serves: [0] },
      { keys: [`p${person}`], serves: [1] },
    ]).flat();
    expect([decided([50, 50], crowd), decided([51, 50], crowd)]).toEqual(["holds", "fails"]);
  });

  it("A3: nor are hundreds of them tried where nobody may serve two groups", () => {
    // Each in two of six groups, one under each identity: nobody is left over.
    const crowd = times(300, (person) => [
      { keys: [`p${person}`], serves: [person % 6] },
      { keys: [`p${person}`], serves: [(person + 1) % 6] },
    ]).flat();
    expect([decided([50, 50, 50, 50, 50, 50], crowd, true), decided([50, 50, 50, 50, 50, 51], crowd, true)]).toEqual(["holds", "fails"]);
  });

  it("A13: people who serve the same in two ways have nothing to choose", () => {
    // One of each three serves what the other two do together.
    const crowd = times(320, (circle) => [
      { keys: [`${circle} x`, `${circle} y`], serves: [0, 1] },
      { keys: [`${circle} x`], serves: [1] },
      { keys: [`${circle} y`], serves: [0] },
    ]).flat();
    expect(decided([320, 320], crowd)).toBe("holds");
  });

  it("A13: who counts for all owners serves each of them", () => {
    const { approval } = flowWith(approvalOf("anyOf", [inGroup("g", 2)]));
    const decidedBy = (...owners: GroupVoter["owners"]) =>
      groupsCanDecide(
        approval as ApprovalOf,
        [2],
        owners.map((own, index) => ({ keys: [`v${index}`], owners: [own] })),
      );
    expect([decidedBy("all", "all"), decidedBy("all", [1], [0]), decidedBy("all", [1], [1]), decidedBy("all", null)]).toEqual([
      "holds",
      "holds",
      "fails",
      "fails",
    ]);
  });

  /** So many of whom neighbours are the same person: half of them may vote. */
  const chain = (length: number, served: readonly number[]): readonly Voter[] =>
    times(length, (index) => ({ keys: [`k${index + 1_000}`, `k${index + 1_001}`], serves: served }));

  it.each([false, true])(
    "D4: what takes too long to find out is unknown, unless those who help nobody make it so (distinct: %s)",
    (distinct) => {
      const [helper, helpless] = [{ keys: ["k1007"], serves: [0] }, chain(400, [])];
      expect([
        decided([1], chain(400, [0]), distinct),
        decided([1], [...helpless, helper], distinct),
        decided([1], helpless, distinct),
      ]).toEqual(["unknown", "holds", "fails"]);
    },
  );

  it("D4: groups of which any will do share the steps, and one that can decide is enough", () => {
    const decidedBy = (required: readonly number[], crowd: readonly Voter[]) => decided(required, crowd, false, "anyOf");
    expect([
      decidedBy([30], chain(60, [0])),
      decidedBy([30, 1], chain(60, [0])),
      decidedBy([30, 1], [...chain(60, [0]), { keys: ["other"], serves: [1] }]),
    ]).toEqual(["holds", "unknown", "holds"]);
  });

  it.each([false, true])("D4: no more votes are wanted than a request takes (distinct: %s)", (distinct) => {
    const crowd = times(1_001, (index) => ({ keys: [], serves: [index % 2] }));
    expect([decided([500, 500], crowd, distinct), decided([501, 500], crowd, distinct)]).toEqual(["holds", "fails"]);
  });

  it("D4: who serves two groups votes once, and one group may want more than all votes", () => {
    const serving = (count: number, served: readonly number[]) => times(count, () => ({ keys: [], serves: served }));
    expect([decided([700, 700], [...serving(700, [0]), ...serving(700, [0, 1])]), decided([1_001, 1], serving(1_001, [0, 1]))]).toEqual([
      "holds",
      "fails",
    ]);
  });
});
