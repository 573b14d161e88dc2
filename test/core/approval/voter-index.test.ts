import { describe, expect, it } from "vitest";
import type { VoteRecord } from "../../../src/core/approval/approval-state.js";
import { hasVoted, noVoters, type VoterIndex, withVoters } from "../../../src/core/approval/vote/voter-index.js";

/** Everybody is known by an id and an address. */
const keysOf = (number: number): readonly string[] => [`${number}@corp.com`, `voter-${number}`];
const votes: readonly VoteRecord[] = Array.from({ length: 300 }, (_, number) => {
  return { voter: `voter-${number}`, keys: keysOf(number), decision: "approve", reason: null, at: number, counts: [] };
});

/** The index as it grows vote by vote. */
const grown = (length: number): VoterIndex => votes.slice(0, length).reduce((index, _, at) => withVoters(index, votes, at + 1), noVoters);

describe("who has voted (A5)", () => {
  it.each([0, 1, 15, 16, 17, 31, 32, 33, 48, 100, 300])("A5: of %i voters everybody is found by each key, and nobody else", (length) => {
    for (const index of [noVoters, grown(length), withVoters(noVoters, votes, length)]) {
      const found = (keys: readonly string[]): boolean => hasVoted(index, votes, length, keys);
      for (let number = 0; number < length; number += 1) {
        expect(keysOf(number).map((key) => found([key]))).toEqual([true, true]);
        expect(found([...keysOf(number), "z"])).toBe(true);
        expect(found(["0", ...keysOf(number)])).toBe(true);
      }
      expect([[], [""], ["nobody"], keysOf(length), ["0", "nobody"]].map(found)).toEqual([false, false, false, false, false]);
    }
  });

  it("A5: the sets hold all but the latest votes, and are as few as the digits of their number", () => {
    const sizes = (length: number): readonly number[] => grown(length).sets.map(({ size }) => size);
    expect(sizes(15)).toEqual([]);
    expect(sizes(16)).toEqual([32]);
    expect(sizes(47)).toEqual([64]);
    expect(sizes(48)).toEqual([64, 32]);
    expect(sizes(16 * 7)).toEqual([128, 64, 32]);
    expect(sizes(16 * 8)).toEqual([256]);
    expect([31, 32, 300].map((length) => grown(length).votes)).toEqual([16, 32, 288]);
  });

  it("A5: an index stays as it is when votes follow", () => {
    const index = grown(16);
    withVoters(index, votes, 64);
    expect([index.votes, index.sets.map(({ size }) => size)]).toEqual([16, [32]]);
  });
});
