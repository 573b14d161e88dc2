import { conditionHolds } from "../evaluate/condition-truth.js";
import type { Identity } from "../facts/identity.js";
import { type IdentityTable, identityTable } from "../facts/identity-table.js";
import { knownManager } from "../facts/identity-values.js";
import { personKeys } from "../facts/person-keys.js";
import { isPrepared, tableOf } from "../facts/prepared-identity.js";
import { personKey } from "../kernel/text.js";
import { addBit, type BitSet, hasBit, makeBitSet, numbersOf } from "./bit-set.js";
import type { Lists } from "./lists.js";
import type { Segment } from "./segment.js";

/** What was found for prepared identities before. A memo: neither segments nor prepared identities ever change. */
const known = new WeakMap<Segment, WeakMap<Identity, Int32Array>>();

/** Positions, ascending, of the flows whose conditions an identity meets, whatever the time. */
export function matchesIn(segment: Segment, identity: Identity): Int32Array {
  if (!isPrepared(identity)) return findMatches(segment, identity);
  let ofSegment = known.get(segment);
  if (ofSegment === undefined) {
    ofSegment = new WeakMap();
    known.set(segment, ofSegment);
  }
  const found = ofSegment.get(identity) ?? findMatches(segment, identity);
  ofSegment.set(identity, found);
  return found;
}

/**
 * The identity's own values lead to the flows it may meet, and the conditions that no value finds to the rest. Of
 * those, every condition is put to the identity, each one once: so what leads there needs to miss nothing, and
 * decides nothing.
 */
function findMatches(segment: Segment, identity: Identity): Int32Array {
  const search: Search = {
    segment,
    identity,
    table: tableOf(identity) ?? identityTable(identity),
    outcomes: new Uint8Array(segment.conditions.length),
    visited: makeBitSet(segment.flows.length),
    met: makeBitSet(segment.flows.length),
  };
  const { postings, scanned, opened } = segment;
  for (const [attribute, values] of postings) {
    if (attribute === "user") for (const key of personKeys(identity)) visitPosted(search, values.get(key));
    else if (attribute === "manager") visitManager(search, values);
    else for (const id of search.table.get(attribute)?.ids ?? []) visitPosted(search, values.get(id));
  }
  for (let place = 0; place < scanned.length; place += 1) if (holds(search, scanned[place] ?? 0)) visitAll(search, opened, place);
  return Int32Array.from(numbersOf(search.met));
}

type Search = {
  readonly segment: Segment;
  readonly identity: Identity;
  readonly table: IdentityTable;
  /** By condition: 0 not asked yet, 1 holds, 2 does not. */
  readonly outcomes: Uint8Array;
  readonly visited: BitSet;
  readonly met: BitSet;
};

function visitManager(search: Search, values: ReadonlyMap<string, number>): void {
  const manager = knownManager(search.identity.manager);
  if (typeof manager === "string") visitPosted(search, values.get(personKey(manager)));
}

function visitPosted(search: Search, list: number | undefined): void {
  if (list !== undefined) visitAll(search, search.segment.posted, list);
}

function visitAll(search: Search, { starts, items }: Lists, list: number): void {
  const { visited, met } = search;
  const end = starts[list + 1] ?? 0;
  for (let i = starts[list] ?? 0; i < end; i += 1) {
    const flow = items[i] ?? 0;
    if (hasBit(visited, flow)) continue;
    addBit(visited, flow);
    if (meets(search, flow)) addBit(met, flow);
  }
}

function meets(search: Search, flow: number): boolean {
  const { conditionsOf, anyOf } = search.segment;
  const all = anyOf[flow] === 0;
  const end = conditionsOf.starts[flow + 1] ?? 0;
  for (let i = conditionsOf.starts[flow] ?? 0; i < end; i += 1) if (holds(search, conditionsOf.items[i] ?? 0) !== all) return !all;
  return all;
}

function holds({ segment, identity, table, outcomes }: Search, condition: number): boolean {
  const known = outcomes[condition] ?? 0;
  if (known !== 0) return known === 1;
  const ready = segment.conditions[condition];
  const answer = ready !== undefined && conditionHolds(ready, identity, table);
  outcomes[condition] = answer ? 1 : 2;
  return answer;
}
