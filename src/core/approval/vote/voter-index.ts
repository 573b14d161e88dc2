import type { VoteRecord } from "../approval-state.js";
import { overlap } from "../state/person-record.js";

/**
 * The keys of the first votes of an approval, as sets. The latest few votes are in none of them: they are sooner gone
 * through. Never changed, so that the states that follow one another share the sets.
 */
export type VoterIndex = {
  /** How many votes, from the first on, are in the sets. */
  readonly votes: number;
  /** Each larger than all that follow, nearly: no key is put into more than a few of them. */
  readonly sets: readonly ReadonlySet<string>[];
};

/** So many votes are gone through. */
const fewVotes = 16;

export const noVoters: VoterIndex = { votes: 0, sets: [] };

/** The index for the first `length` votes, given that for fewer of them. */
export function withVoters(index: VoterIndex, votes: readonly VoteRecord[], length: number): VoterIndex {
  if (length - index.votes < fewVotes) return index;
  let { votes: indexed, sets } = index;
  for (; length - indexed >= fewVotes; indexed += fewVotes) {
    sets = withSet(sets, keysOf(votes, indexed, indexed + fewVotes));
  }
  return { votes: indexed, sets };
}

function keysOf(votes: readonly VoteRecord[], from: number, to: number): ReadonlySet<string> {
  const keys = new Set<string>();
  for (let i = from; i < to; i += 1) for (const key of votes[i]?.keys ?? []) keys.add(key);
  return keys;
}

/** Sets of about one size become one of twice that: their number grows with the logarithm of the votes. */
function withSet(sets: readonly ReadonlySet<string>[], added: ReadonlySet<string>): readonly ReadonlySet<string>[] {
  const last = sets.at(-1);
  if (last === undefined || last.size > added.size) return [...sets, added];
  return withSet(sets.slice(0, -1), new Set([...last, ...added]));
}

/** Whether one of the first `length` votes is by somebody who is known by one of these keys. */
export function hasVoted(
  { votes: indexed, sets }: VoterIndex,
  votes: readonly VoteRecord[],
  length: number,
  keys: readonly string[],
): boolean {
  for (let i = 0; i < sets.length; i += 1) if (holdsAny(sets[i], keys)) return true;
  for (let i = indexed; i < length; i += 1) if (overlap(votes[i]?.keys ?? [], keys)) return true;
  return false;
}

function holdsAny(set: ReadonlySet<string> | undefined, keys: readonly string[]): boolean {
  for (let i = 0; i < keys.length; i += 1) if (set?.has(keys[i] ?? "") === true) return true;
  return false;
}
