import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type GroupVoter, groupsCanDecide } from "../../../src/core/approval/plan/decidable.js";
import { enoughDistinct, groupsToHelp } from "../../../src/core/approval/vote/distinct-approvers.js";
import type { ApprovalOf } from "../../../src/core/flow/approval.js";
import { type Truth, truthOf } from "../../../src/core/kernel/truth.js";
import { approvalOf, flowWith, inGroup } from "./support.js";

type Voter = { readonly keys: readonly string[]; readonly serves: readonly number[] };

/** Whether voters can satisfy groups that require so many, all of them; `distinct`: each voter serves one of them. */
function decided(required: readonly number[], crowd: readonly Voter[], distinct = false): Truth {
  const groups = required.map((count, index) => inGroup(`g${index}`, count));
  const { approval } = flowWith(approvalOf("allOf", groups, { distinctApprovers: distinct }));
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

  describe("more votes than a request takes (D4)", () => {
    /** So many who serve the same. */
    const crowd = (count: number, held: readonly number[]): readonly Voter[] =>
      Array.from({ length: count }, (_, index) => ({ keys: [`${held.join()} ${index}`], serves: held }));
    const required = (...counts: readonly number[]) => counts.map((count, index) => ({ ...inGroup(`g${index}`), required: count }));
    const found = (counts: readonly number[], voters: readonly Voter[], distinctApprovers = false): Truth =>
      groupsCanDecide(
        { kind: "approvalOf", groups: "allOf", distinctApprovers, approverGroups: required(...counts) } as unknown as ApprovalOf,
        counts.map(() => 1),
        voters.map(({ keys, serves: held }) => ({ keys, owners: counts.map((_, group) => (held.includes(group) ? "all" : null)) })),
      );

    it("D4: a thousand are enough, one more is too many, whoever serves whom", () => {
      const two = [...crowd(501, [0]), ...crowd(501, [1])];
      expect([found([500, 500], two), found([501, 500], two)]).toEqual(["holds", "fails"]);
      expect([found([500, 500], two, true), found([501, 500], two, true)]).toEqual(["holds", "fails"]);
      expect([found([1_000, 1, 1, 1], crowd(1_001, [0, 1, 2, 3])), found([1_001, 1, 1, 1], crowd(1_001, [0, 1, 2, 3]))]).toEqual([
        "holds",
        "fails",
      ]);
    });

    it("D4: who serves two is counted before who serves one", () => {
      expect(found([650, 650], [...crowd(650, [0]), ...crowd(650, [1]), ...crowd(300, [0, 1])])).toBe("holds");
    });
  });
});
