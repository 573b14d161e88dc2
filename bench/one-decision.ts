/* The question of B1: may this person ask, by four conditions. By hand, and as conditions. */
import { groupName, makePeople, type Person } from "./people.js";

export type Question = { readonly requestor: Person; readonly at: number };

export type PlainCondition = {
  readonly attribute: string;
  readonly operator: "is" | "isNot" | "startsWith";
  readonly values: readonly string[];
};

export const andConditions: readonly PlainCondition[] = [
  { attribute: "group", operator: "is", values: [3, 57, 121, 199, 260, 333].map(groupName) },
  { attribute: "department", operator: "is", values: ["engineering", "operations", "support", "sales"] },
  { attribute: "group", operator: "isNot", values: ["suspended", groupName(7)] },
  { attribute: "location", operator: "startsWith", values: ["eu-", "us-"] },
];

export const orConditions: readonly PlainCondition[] = [
  { attribute: "group", operator: "is", values: [3, 57].map(groupName) },
  { attribute: "department", operator: "is", values: ["legal"] },
  { attribute: "onCall", operator: "is", values: ["shift-4", "backup-2"] },
  { attribute: "location", operator: "startsWith", values: ["ap-"] },
];

/** Questions about people in so many groups of ten times as many, for growth curves. */
export function decisionsOf(count: number, groups: number): readonly Question[] {
  const at = Date.UTC(2026, 2, 2, 9);
  return makePeople(count, groups * 10, groups).map((requestor) => ({ requestor, at }));
}

/** So many conditions, each of which has to be asked: none of the groups they exclude exists. */
export function manyConditions(count: number): readonly PlainCondition[] {
  return Array.from({ length: count }, (_, index) => ({
    attribute: "group",
    operator: "isNot",
    values: [`elsewhere-${index}`, `nowhere-${index}`],
  }));
}

export function decisions(): readonly Question[] {
  const at = Date.UTC(2026, 2, 2, 9);
  return makePeople(64).map((requestor) => ({ requestor, at }));
}

/** What one would write for just this flow; an attribute that is missing does not permit. */
export function floorAnd({ requestor }: Question): boolean {
  if ((requestor as { active?: boolean }).active === false) return false;
  const { group, department, location } = requestor.attributes;
  if (group === undefined || department === undefined || location === undefined) return false;
  return (
    hasOne(group, andLists.group) &&
    hasOne(department, andLists.department) &&
    !hasOne(group, andLists.not) &&
    beginsWithOne(location, andLists.location)
  );
}

export function floorOr({ requestor }: Question): boolean {
  if ((requestor as { active?: boolean }).active === false) return false;
  const { group, department, onCall, location } = requestor.attributes;
  return (
    (group !== undefined && hasOne(group, orLists.group)) ||
    (department !== undefined && hasOne(department, orLists.department)) ||
    (onCall !== undefined && hasOne(onCall, orLists.onCall)) ||
    (location !== undefined && beginsWithOne(location, orLists.location))
  );
}

const valuesOf = (conditions: readonly PlainCondition[], position: number): readonly string[] => conditions[position]?.values ?? [];
const andLists = {
  group: valuesOf(andConditions, 0),
  department: valuesOf(andConditions, 1),
  not: valuesOf(andConditions, 2),
  location: valuesOf(andConditions, 3),
};
const orLists = {
  group: valuesOf(orConditions, 0),
  department: valuesOf(orConditions, 1),
  onCall: valuesOf(orConditions, 2),
  location: valuesOf(orConditions, 3),
};

function hasOne(values: readonly string[], listed: readonly string[]): boolean {
  for (const value of values) if (listed.includes(value)) return true;
  return false;
}

function beginsWithOne(values: readonly string[], listed: readonly string[]): boolean {
  for (const value of values) for (const text of listed) if (value.startsWith(text)) return true;
  return false;
}
