import { conditionHolds } from "../evaluate/condition-truth.js";
import type { Identity } from "../facts/identity.js";
import { type IdentityTable, identityTable } from "../facts/identity-table.js";
import { knownManager } from "../facts/identity-values.js";
import { personKeys } from "../facts/person-keys.js";
import { isPrepared, tableOf } from "../facts/prepared-identity.js";
import { personKey } from "../kernel/text.js";
import { addBit, type BitSet, hasBit, makeBitSet, numbersOf } from "./bit-set.js";
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
 * The identity's own values lead to the conditions that may hold, and these to the flows they open; conditions that no
 * value finds are put to everybody. Each condition is asked once, by the one matcher, or not at all where the value
 * that led to it is the answer. So what leads there needs to miss nothing, and decides nothing else.
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
  const { postings, scanned } = segment;
  for (const [attribute, values] of postings) {
    if (attribute === "user") for (const key of personKeys(identity)) openPosted(search, values.get(key));
    else if (attribute === "manager") openForManager(search, values);
    else for (const id of search.table.held.get(attribute)?.ids ?? []) openPosted(search, values.get(id));
  }
  for (let i = 0; i < scanned.length; i += 1) open(search, scanned[i] ?? 0);
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

function openForManager(search: Search, values: ReadonlyMap<string, number>): void {
  const manager = knownManager(search.identity.manager);
  if (typeof manager === "string") openPosted(search, values.get(personKey(manager)));
}

function openPosted(search: Search, list: number | undefined): void {
  if (list === undefined) return;
  const { posted, surely } = search.segment;
  const end = posted.starts[list + 1] ?? 0;
  for (let i = posted.starts[list] ?? 0; i < end; i += 1) {
    const condition = posted.items[i] ?? 0;
    if (surely[condition] === 1) search.outcomes[condition] = 1;
    open(search, condition);
  }
}

/** The flows that a condition opens, where it holds. */
function open(search: Search, condition: number): void {
  if (!holds(search, condition)) return;
  const { visited, met, segment } = search;
  const { starts, items } = segment.opened;
  const end = starts[condition + 1] ?? 0;
  for (let i = starts[condition] ?? 0; i < end; i += 1) {
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
