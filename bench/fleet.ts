/*
 * The question of B2: which of many flows may this person ask for now. The flows, and what one would write by hand
 * for just these: texts as they are, no sources, no unknown facts, windows of whole minutes.
 */
import type { PlainCondition } from "./one-decision.js";
import { groupName, type Person, seededChance } from "./people.js";

export type Window = {
  readonly kind: "onlyOn";
  readonly days: readonly Day[];
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
};

type Day = "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";

export type PlainFlow = {
  readonly id: string;
  readonly name: string;
  readonly requestors: { readonly combinator: "and" | "or"; readonly conditions: readonly PlainCondition[] };
  readonly targets: readonly {
    readonly kind: "integration";
    readonly integration: string;
    readonly resourceType: string;
    readonly permissions: readonly string[];
  }[];
  readonly schedule?: Window;
};

/** So many groups has the company of B2. */
export const fleetGroups = 1_000;

const zones = ["Europe/Paris", "America/New_York", "Asia/Tokyo", "Australia/Sydney", "UTC"];
const weekdays: readonly Day[] = ["monday", "tuesday", "wednesday", "thursday", "friday"];

/** Sixty: twelve stretches of the day in five zones. */
export const windows: readonly Window[] = zones.flatMap((timeZone) =>
  Array.from({ length: 12 }, (_, index): Window => {
    const from = `${String(4 + index).padStart(2, "0")}:00`;
    return { kind: "onlyOn", days: weekdays, from, to: `${String(13 + (index % 6)).padStart(2, "0")}:30`, timeZone };
  }),
);

/** Flows as companies have them: most ask for a group, many for a department besides; four in ten have a window. */
export function makeFlows(count: number, seed = 11): readonly PlainFlow[] {
  const chance = seededChance(seed);
  const below = (limit: number): number => Math.floor(chance() * limit);
  const group = (): PlainCondition => ({
    attribute: "group",
    operator: "is",
    values: distinct(1 + below(2), () => groupName(below(fleetGroups))),
  });
  const departments = ["engineering", "operations", "finance", "sales", "legal", "support"];
  const department = (): PlainCondition => ({
    attribute: "department",
    operator: "is",
    values: distinct(3, () => departments[below(6)] ?? ""),
  });
  const notIn = (): PlainCondition => ({ attribute: "group", operator: "isNot", values: distinct(2, () => groupName(below(fleetGroups))) });
  const place = (): PlainCondition => ({ attribute: "location", operator: "startsWith", values: [["eu-", "us-", "ap-"][below(3)] ?? ""] });
  const conditionsOf = (): PlainFlow["requestors"] => {
    const sort = chance();
    if (sort < 0.1)
      return { combinator: "or", conditions: [group(), { attribute: "onCall", operator: "is", values: [`shift-${below(400)}`] }] };
    if (sort < 0.15)
      return { combinator: "and", conditions: [{ attribute: "costCenter", operator: "is", values: [`cc-${below(400)}`] }, place()] };
    if (sort < 0.155) return { combinator: "and", conditions: [place(), notIn()] };
    const conditions = [group()];
    if (chance() < 0.4) conditions.push(department());
    if (chance() < 0.3) conditions.push(notIn());
    return { combinator: "and", conditions };
  };
  return Array.from({ length: count }, (_, index) => {
    const flow: PlainFlow = {
      id: `flow-${index}`,
      name: `Flow ${index}`,
      requestors: conditionsOf(),
      targets: [
        { kind: "integration", integration: `int-${below(40)}`, resourceType: `type-${below(10)}`, permissions: [`p-${below(20)}`] },
      ],
    };
    const window = chance() < 0.4 ? windows[below(windows.length)] : undefined;
    return window === undefined ? flow : { ...flow, schedule: window };
  });
}

function distinct(count: number, make: () => string): readonly string[] {
  const made = new Set<string>();
  while (made.size < count) made.add(make());
  return [...made];
}

/** Whether a window is open, with offsets kept for each hour: zones of today change on whole hours. */
export function windowOpen(): (window: Window, at: number) => boolean {
  const offsets = new Map<string, number>();
  const offsetAt = (zone: string, at: number): number => {
    const hour = Math.floor(at / 3_600_000);
    const key = `${zone} ${hour}`;
    const known = offsets.get(key);
    if (known !== undefined) return known;
    const text = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" }).format(hour * 3_600_000);
    const offset = Date.parse(`${text.replace(" ", "T")}Z`) - hour * 3_600_000;
    offsets.set(key, offset);
    return offset;
  };
  const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  return ({ timeZone, from, to }, at) => {
    const local = at + offsetAt(timeZone, at);
    const day = (Math.floor(local / 86_400_000) + 3) % 7;
    const minute = Math.floor(local / 60_000) % 1440;
    return day < 5 && minute >= minutes(from) && minute < minutes(to);
  };
}

/** The index by hand: flows under the groups (else other values) they ask for; each condition and window asked once. */
export function floorIndex(flows: readonly PlainFlow[]): (person: Person, at: number) => readonly string[] {
  const sorted = [...flows].sort((left, right) => (left.id < right.id ? -1 : 1));
  const isOpen = windowOpen();
  const conditions: PlainCondition[] = [];
  const numbers = new Map<string, number>();
  const postings = new Map<string, Map<string, number[]>>();
  const scanned = new Map<number, number[]>();
  const windowOf = sorted.map(({ schedule }) => (schedule === undefined ? -1 : windows.indexOf(schedule)));
  const all = sorted.map(({ requestors }) => requestors.combinator === "and");
  const asked = sorted.map(({ requestors }, flow) => {
    const own = requestors.conditions.map((condition) => {
      const key = JSON.stringify(condition);
      const number = numbers.get(key) ?? conditions.push(condition) - 1;
      numbers.set(key, number);
      return number;
    });
    const anchor = requestors.conditions.find(({ operator }) => operator === "is") ?? requestors.conditions[0];
    for (const condition of all[flow] ? [anchor] : requestors.conditions) {
      if (condition === undefined) continue;
      if (condition.operator !== "is") {
        const number = numbers.get(JSON.stringify(condition)) ?? 0;
        scanned.set(number, [...(scanned.get(number) ?? []), flow]);
        continue;
      }
      const values = postings.get(condition.attribute) ?? new Map<string, number[]>();
      postings.set(condition.attribute, values);
      for (const value of condition.values) values.set(value, [...(values.get(value) ?? []), flow]);
    }
    return own;
  });

  return (person, at) => {
    const held = new Map<string, ReadonlySet<string>>();
    const holds = new Uint8Array(conditions.length);
    const open = new Uint8Array(windows.length);
    const visited = new Uint8Array(sorted.length);
    const found: number[] = [];
    const decide = (number: number): boolean => {
      if (holds[number] === 0) holds[number] = test(conditions[number] as PlainCondition) ? 1 : 2;
      return holds[number] === 1;
    };
    const test = ({ attribute, operator, values }: PlainCondition): boolean => {
      const own = person.attributes[attribute];
      if (own === undefined) return false;
      if (operator === "startsWith") return own.some((value) => values.some((text) => value.startsWith(text)));
      let set = held.get(attribute);
      if (set === undefined) {
        set = new Set(own);
        held.set(attribute, set);
      }
      for (const value of values) if (set.has(value)) return operator === "is";
      return operator === "isNot";
    };
    const visit = (flow: number): void => {
      if (visited[flow] === 1) return;
      visited[flow] = 1;
      const window = windowOf[flow] ?? -1;
      if (window >= 0) {
        if (open[window] === 0) open[window] = isOpen(windows[window] as Window, at) ? 1 : 2;
        if (open[window] === 2) return;
      }
      const every = all[flow] === true;
      for (const number of asked[flow] ?? []) {
        if (decide(number) !== every) {
          if (!every) found.push(flow);
          return;
        }
      }
      if (every) found.push(flow);
    };
    for (const [attribute, values] of postings) {
      for (const value of person.attributes[attribute] ?? []) for (const flow of values.get(value) ?? []) visit(flow);
    }
    for (const [number, opened] of scanned) if (decide(number)) for (const flow of opened) visit(flow);
    return found.sort((left, right) => left - right).map((flow) => sorted[flow]?.id ?? "");
  };
}
