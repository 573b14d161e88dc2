import type { Scope } from "../core/flow/access-flow.js";
import type { Operator } from "../core/flow/condition.js";
import { type Weekday, weekdays } from "../core/time/schedule.js";

/*
 * Their words for ours. One table serves both directions.
 */

export const operatorWords: { readonly [Ours in Operator]: string } = {
  is: "is",
  isNot: "is_not",
  contains: "contains",
  doesNotContain: "does_not_contain",
  startsWith: "starts_with",
};

export const scopeWords: { readonly [Ours in Scope]: string } = { self: "self", others: "others", directReports: "direct_reports" };

export const combinatorWords: { readonly and: string; readonly or: string } = { and: "AND", or: "OR" };

export const groupsWords: { readonly anyOf: string; readonly allOf: string } = { anyOf: "ANY_OF", allOf: "ALL_OF" };

export const triggerWords: { readonly selfServe: string; readonly automatic: string } = { selfServe: "SELF_SERVE", automatic: "AUTOMATIC" };

export const filterWords: { readonly name: string; readonly id: string; readonly tag: string } = {
  name: "NAME",
  id: "APONO_ID",
  tag: "TAG",
};

export const weekdayWords: { readonly [Ours in Weekday]: string } = {
  monday: "MONDAY",
  tuesday: "TUESDAY",
  wednesday: "WEDNESDAY",
  thursday: "THURSDAY",
  friday: "FRIDAY",
  saturday: "SATURDAY",
  sunday: "SUNDAY",
};

export const weekdayNames: readonly string[] = weekdays.map((day) => weekdayWords[day]);

/** Our word for theirs; undefined where theirs was not readable. */
export function ourWord<Ours extends string>(
  words: { readonly [Word in Ours]: string },
  theirs: string | null | undefined,
): Ours | undefined {
  const found = Object.entries(words).find(([, word]) => word === theirs);
  // The keys of the table are our words.
  return found?.[0] as Ours | undefined;
}
