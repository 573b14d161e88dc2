import { compareText } from "../../kernel/text.js";

/** Somebody who may vote: by which keys they are known, and for which of the things needed they would count, sorted. */
export type Voter = { readonly keys: readonly string[]; readonly serves: readonly number[] };

/**
 * Voters who are connected by shared keys, each over others with each. Where all of them share one they are one
 * person, and one of them votes; else those who share none with each other may (A5: overlap need not be transitive).
 */
export type Circle = { readonly voters: readonly Voter[]; readonly isOnePerson: boolean };

/**
 * Voters sorted into circles, in an order that does not depend on theirs. Whoever is known by the same shared keys
 * as somebody who serves at least as well is left out: the other one votes.
 */
export function circlesOf(voters: readonly Voter[]): readonly Circle[] {
  const sorted = voters.map((voter) => ({ voter, text: JSON.stringify(voter) })).sort((a, b) => compareText(a.text, b.text));
  const kept = withoutDoubles(withSharedKeys(sorted.map(({ voter }) => voter)));
  const byKey = positionsByKey(kept);
  const circles: Circle[] = [];
  const seen = new Set<number>();
  for (const start of kept.keys()) {
    if (seen.has(start)) continue;
    const circle = reachedFrom(start, kept, byKey, seen);
    const keys = kept[start]?.keys ?? [];
    const isOnePerson = circle.length === 1 || keys.some((key) => byKey.get(key)?.length === circle.length);
    circles.push({ voters: circle.flatMap((position) => kept[position] ?? []), isOnePerson });
  }
  return circles;
}

/** Everybody who is connected with a voter, in their order; all are added to those seen. */
function reachedFrom(
  start: number,
  voters: readonly Voter[],
  byKey: ReadonlyMap<string, readonly number[]>,
  seen: Set<number>,
): readonly number[] {
  const reached = [start];
  const keysSeen = new Set<string>();
  seen.add(start);
  for (const position of reached) {
    for (const key of voters[position]?.keys ?? []) {
      if (keysSeen.has(key)) continue;
      keysSeen.add(key);
      for (const other of byKey.get(key) ?? []) {
        if (seen.has(other)) continue;
        seen.add(other);
        reached.push(other);
      }
    }
  }
  return reached.sort((a, b) => a - b);
}

/** Of keys only those matter that others have, too. */
function withSharedKeys(voters: readonly Voter[]): readonly Voter[] {
  const holders = positionsByKey(voters);
  return voters.map(({ keys, serves }) => ({ keys: keys.filter((key) => (holders.get(key)?.length ?? 0) > 1), serves }));
}

function withoutDoubles(voters: readonly Voter[]): readonly Voter[] {
  const kept: Voter[] = [];
  const byKeys = new Map<string, Voter[]>();
  const widestFirst = [...voters].sort((a, b) => b.serves.length - a.serves.length);
  for (const voter of widestFirst) {
    const text = JSON.stringify(voter.keys);
    const same = voter.keys.length === 0 ? [] : (byKeys.get(text) ?? []);
    if (same.some((other) => isWithin(voter.serves, other.serves))) continue;
    byKeys.set(text, [...same, voter]);
    kept.push(voter);
  }
  return kept;
}

function positionsByKey(voters: readonly Voter[]): ReadonlyMap<string, readonly number[]> {
  const byKey = new Map<string, number[]>();
  for (const [position, { keys }] of voters.entries()) {
    for (const key of keys) {
      const positions = byKey.get(key);
      if (positions === undefined) byKey.set(key, [position]);
      else positions.push(position);
    }
  }
  return byKey;
}

/** Whether one sorted list holds all entries of another, each at least as often. */
export function isWithin(some: readonly number[], all: readonly number[]): boolean {
  let position = 0;
  for (const entry of some) {
    while ((all[position] ?? entry) < entry) position += 1;
    if (all[position] !== entry) return false;
    position += 1;
  }
  return true;
}
