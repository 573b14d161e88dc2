import { makeReady, type ReadyCondition } from "../evaluate/ready-condition.js";
import type { AccessFlow } from "../flow/access-flow.js";
import type { AttributeCondition } from "../flow/condition.js";
import { normalText } from "../kernel/text.js";
import type { Schedule } from "../time/schedule.js";
import { anchorsOf, isPostable } from "./anchor.js";
import { type Lists, makeLists } from "./lists.js";
import { branchOf, branchOfAll, makeTree, type TextTree, unnumbered } from "./text-tree.js";

/**
 * Flows that were indexed together, and never change. A flow is known by its position; equal conditions and equal
 * schedules stand here once. What can be asked for by oneself can be found; the others only have their place.
 */
export type Segment = {
  /** In the order of their ids. */
  readonly flows: readonly AccessFlow[];
  /** Their ids alone: an answer needs nothing else of a flow, and flows lie far apart in memory. */
  readonly ids: readonly string[];
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
  /** By attribute and value: the list in `posted`. */
  readonly postings: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Positions of conditions that may hold for a person who holds a value, and for nobody who holds none of their values. */
  readonly posted: Lists;
  /** By condition: 1 where it holds for everybody who holds one of its values, whatever else there is to them. */
  readonly surely: Uint8Array;
  /** Positions of the conditions that no value finds: each is put to everybody. */
  readonly scanned: Int32Array;
  /** By condition, posted or scanned: the flows that it opens, which nobody may ask for without it. */
  readonly opened: Lists;
};

/** Takes flows in the order of their ids, each id once. */
export function makeSegment(flows: readonly AccessFlow[]): Segment {
  const conditions = internTable<AttributeCondition, ReadyCondition>(leafOfCondition, makeReady);
  const schedules = internTable<Schedule, Schedule>(leafOfSchedule, (schedule) => schedule);
  schedules.positionOf({ kind: "always" });
  const conditionsOf: number[] = [];
  const anyOf = new Uint8Array(flows.length);
  const scheduleOf = new Int32Array(flows.length);
  const postings = new Map<string, Map<string, number>>();
  const posted: number[] = [];
  let lists = 0;
  const scanned: number[] = [];
  const opened: number[] = [];
  /** By condition: 1 where it opens a flow already. */
  const opens: number[] = [];

  flows.forEach((flow, position) => {
    scheduleOf[position] = schedules.positionOf(flow.schedule);
    if (!flow.active || flow.trigger !== "selfServe" || !flow.requestFor.scopes.includes("self")) return;
    const all = flow.requestors.combinator === "and";
    anyOf[position] = all ? 0 : 1;
    const numbers = flow.requestors.conditions.map(conditions.positionOf);
    for (const number of numbers) conditionsOf.push(position, number);
    for (const number of anchorsOf(all, numbers, conditions.made)) open(number, position);
  });

  function open(number: number, position: number): void {
    opened.push(number, position);
    if (opens[number] === 1) return;
    opens[number] = 1;
    const ready = conditions.made[number];
    if (ready !== undefined && isPostable(ready)) post(ready, number);
    else scanned.push(number);
  }

  function post({ condition, texts }: ReadyCondition, number: number): void {
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
      posted.push(list, number);
    }
  }

  return Object.freeze({
    flows,
    ids: flows.map(({ id }) => id),
    conditions: conditions.made,
    conditionsOf: makeLists(flows.length, conditionsOf),
    anyOf,
    schedules: schedules.made,
    scheduleOf,
    postings,
    posted: makeLists(lists, posted),
    surely: Uint8Array.from(conditions.made, (ready) => (ready.plain && isPostable(ready) ? 1 : 0)),
    scanned: Int32Array.from(scanned),
    opened: makeLists(conditions.made.length, opened),
  });
}

type InternTable<Written, Made> = { readonly made: readonly Made[]; readonly positionOf: (written: Written) => number };

/** Gives equal values one position: `leafOf` finds equal ones the same leaf of a tree. */
function internTable<Written, Made>(
  leafOf: (written: Written, root: TextTree) => TextTree,
  make: (written: Written) => Made,
): InternTable<Written, Made> {
  const made: Made[] = [];
  const root = makeTree();
  const positionOf = (written: Written): number => {
    const leaf = leafOf(written, root);
    if (leaf.number === unnumbered) leaf.number = made.push(make(written)) - 1;
    return leaf.number;
  };
  return { made, positionOf };
}

/** The same only for conditions that say the same: what is optional is a text of its own, before all others. */
function leafOfCondition({ attribute, operator, values, source, match }: AttributeCondition, root: TextTree): TextTree {
  const more = source === undefined && match === undefined ? "" : JSON.stringify([source ?? null, match ?? null]);
  return branchOfAll(branchOf(branchOf(branchOf(root, more), operator), attribute), values);
}

/** Nearly all schedules have the simple form; of the others, and of what is optional, the text is the whole of it. */
function leafOfSchedule(schedule: Schedule, root: TextTree): TextTree {
  if (schedule.kind === "always") return root;
  if (!("days" in schedule) || schedule.except !== undefined) return branchOf(root, JSON.stringify(schedule));
  const { timeZone, from, to, days } = schedule;
  return branchOfAll(branchOf(branchOf(branchOf(root, timeZone), from), to), days);
}
