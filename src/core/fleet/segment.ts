import { makeReady, type ReadyCondition } from "../evaluate/ready-condition.js";
import type { AccessFlow } from "../flow/access-flow.js";
import type { AttributeCondition } from "../flow/condition.js";
import { normalText } from "../kernel/text.js";
import type { Schedule } from "../time/schedule.js";
import { anchorsOf, isPostable } from "./anchor.js";
import { type Lists, makeLists } from "./lists.js";

/**
 * Flows that were indexed together, and never change. A flow is known by its position; equal conditions and equal
 * schedules stand here once. What can be asked for by oneself can be found; the others only have their place.
 */
export type Segment = {
  /** In the order of their ids. */
  readonly flows: readonly AccessFlow[];
  /** Each once. */
  readonly conditions: readonly ReadyCondition[];
  /** By flow: positions of its conditions. */
  readonly conditionsOf: Lists;
  /** By flow: 1 where one of them is enough. */
  readonly anyOf: Uint8Array;
  /** Each once; the first is `always`. */
  readonly schedules: readonly Schedule[];
  /** By flow. */
  readonly scheduleOf: Int32Array;
  /** By attribute and value: the list in `posted` of flows that a person who holds the value may meet. */
  readonly postings: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly posted: Lists;
  /** Positions of the conditions that no value finds: each is put to everybody. */
  readonly scanned: Int32Array;
  /** By place in `scanned`: the flows that such a condition may open. */
  readonly opened: Lists;
};

/** Takes flows in the order of their ids, each id once. */
export function makeSegment(flows: readonly AccessFlow[]): Segment {
  const conditions = internTable<AttributeCondition, ReadyCondition>(conditionKey, makeReady);
  const schedules = internTable<Schedule, Schedule>(scheduleKey, (schedule) => schedule);
  schedules.positionOf({ kind: "always" });
  const conditionsOf: number[] = [];
  const anyOf = new Uint8Array(flows.length);
  const scheduleOf = new Int32Array(flows.length);
  const postings = new Map<string, Map<string, number>>();
  const posted: number[] = [];
  let lists = 0;
  const scanned = new Map<number, number>();
  const opened: number[] = [];

  flows.forEach((flow, position) => {
    scheduleOf[position] = schedules.positionOf(flow.schedule);
    if (!flow.active || flow.trigger !== "selfServe" || !flow.requestFor.scopes.includes("self")) return;
    const all = flow.requestors.combinator === "and";
    anyOf[position] = all ? 0 : 1;
    const own: ReadyCondition[] = [];
    for (const condition of flow.requestors.conditions) {
      const number = conditions.positionOf(condition);
      conditionsOf.push(position, number);
      own.push(conditions.made[number] as ReadyCondition);
    }
    for (const anchor of anchorsOf(all, own)) {
      if (isPostable(anchor)) post(anchor, position);
      else scan(conditions.positionOf(anchor.condition), position);
    }
  });

  function post({ condition, texts }: ReadyCondition, position: number): void {
    const attribute = normalText(condition.attribute);
    let values = postings.get(attribute);
    if (values === undefined) {
      values = new Map();
      postings.set(attribute, values);
    }
    for (const text of texts) {
      let list = values.get(text);
      if (list === undefined) {
        list = lists;
        lists += 1;
        values.set(text, list);
      }
      posted.push(list, position);
    }
  }

  function scan(condition: number, position: number): void {
    let place = scanned.get(condition);
    if (place === undefined) {
      place = scanned.size;
      scanned.set(condition, place);
    }
    opened.push(place, position);
  }

  return Object.freeze({
    flows,
    conditions: conditions.made,
    conditionsOf: makeLists(flows.length, conditionsOf),
    anyOf,
    schedules: schedules.made,
    scheduleOf,
    postings,
    posted: makeLists(lists, posted),
    scanned: Int32Array.from(scanned.keys()),
    opened: makeLists(scanned.size, opened),
  });
}

type InternTable<Written, Made> = { readonly made: readonly Made[]; readonly positionOf: (written: Written) => number };

/** Gives equal values one position. */
function internTable<Written, Made>(keyOf: (written: Written) => string, make: (written: Written) => Made): InternTable<Written, Made> {
  const made: Made[] = [];
  const positions = new Map<string, number>();
  const positionOf = (written: Written): number => {
    const key = keyOf(written);
    const known = positions.get(key);
    if (known !== undefined) return known;
    positions.set(key, made.length);
    return made.push(make(written)) - 1;
  };
  return { made, positionOf };
}

/** Equal only for conditions that say the same: texts stand behind their lengths, so none can pretend to be two. */
function conditionKey({ attribute, operator, values, source, match }: AttributeCondition): string {
  let key = `${operator} ${match ?? ""} ${source === undefined ? "" : `${source.length}:${source}`} ${attribute.length}:${attribute}`;
  for (const value of values) key += ` ${value.length}:${value}`;
  return key;
}

function scheduleKey(schedule: Schedule): string {
  return schedule.kind === "always" ? "" : JSON.stringify(schedule);
}
