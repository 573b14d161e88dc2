import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { enoughDistinct, groupsToHelp } from "../../../src/core/approval/vote/distinct-approvers.js";

type Voters = readonly (readonly number[])[];

/** Plainly: every voter serves one of their groups, or none, in every combination. */
function servedAtMost(required: readonly number[], voters: Voters): number {
  const [first, ...others] = voters;
  if (first === undefined) return 0;
  const ways = first
    .filter((group) => (required[group] ?? 0) > 0)
    .map((group) => required.map((count, at) => (at === group ? count - 1 : count)));
  return Math.max(servedAtMost(required, others), ...ways.map((left) => 1 + servedAtMost(left, others)));
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

const cases = fc
  .array(fc.integer({ min: 1, max: 2 }), { minLength: 1, maxLength: 4 })
  .chain((required) => fc.tuple(fc.constant(required), fc.array(fc.subarray([...required.keys()], { minLength: 1 }), { maxLength: 6 })));

describe("different people for each group (A3)", () => {
  it("A3: there are enough exactly where some sharing out serves every group", () => {
    fc.assert(
      fc.property(cases, ([required, voters]) => {
        expect(enoughDistinct(required, voters)).toBe(servedAtMost(required, voters) === sum(required));
      }),
      { numRuns: 400 },
    );
  });

  it("A3: one more voter helps the groups with whom more can be served, and no other", () => {
    fc.assert(
      fc.property(cases, ([required, voters]) => {
        const served = servedAtMost(required, voters);
        const helped = [...required.keys()].filter((group) => servedAtMost(required, [...voters, [group]]) > served);
        expect(groupsToHelp(required, voters)).toEqual(helped);
      }),
      { numRuns: 400 },
    );
  });

  it("A3: people move on where that makes room for another", () => {
    expect(enoughDistinct([1, 1, 1], [[0, 1], [0, 2], [0]])).toBe(true);
    expect(enoughDistinct([2, 1], [[0], [0], [0]])).toBe(false);
    expect([groupsToHelp([2, 1], [[0], [0], [0]]), groupsToHelp([1, 1], [[0, 1]]), groupsToHelp([1], [[0]])]).toEqual([[1], [0, 1], []]);
  });
});
