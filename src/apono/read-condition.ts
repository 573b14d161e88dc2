import { quoted } from "../core/define/print-value.js";
import type { Path } from "../core/kernel/path.js";
import type { Maybe } from "./document-v2.js";
import { addIssue, addNote, type Draft, madeFrom, type Reading } from "./reading.js";
import { operatorWords, ourWord } from "./words.js";

/** A condition of either format, by what its keys mean. */
export type PublishedCondition = {
  readonly type: Maybe<string>;
  readonly operator: Maybe<string>;
  readonly source: Maybe<string>;
  readonly values: Maybe<readonly string[]>;
  /** What the format calls them. */
  readonly keys: { readonly type: string; readonly operator: string; readonly source: string; readonly values: string };
  /** Whether values that are no users are names, not ids. */
  readonly valuesAreNames: boolean;
};

/** A condition on an attribute; among approvers, `Owner` and a bare `manager` say who the voter is to the request. */
export function readCondition(reading: Reading, at: Path, condition: PublishedCondition, among: "people" | "approvers"): Draft {
  const { type, values } = condition;
  const relation = type === "Owner" || (type === "manager" && (values ?? null) === null);
  if (!relation) return readAttribute(reading, at, condition);
  if (among === "approvers") return readRelation(reading, at, condition);
  const says =
    type === "Owner"
      ? "is `Owner`, which has a meaning among approvers only"
      : "is `manager` without values, which has a meaning among approvers only";
  addIssue(reading, "combination_means_nothing", [...at, condition.keys.type], says);
  // What it lacks as a condition on an attribute follows from its type.
  return madeFrom(reading, at, {}, { attribute: [condition.keys.type], values: [condition.keys.type] });
}

function readAttribute(reading: Reading, at: Path, condition: PublishedCondition): Draft {
  const { type, operator, source, values, keys, valuesAreNames } = condition;
  if (type === "owner") addIssue(reading, "unknown_word", [...at, keys.type], "must be written `Owner`, not `owner`", { nearest: "Owner" });
  if (typeof type === "string" && isOnCall(type)) addNote(reading, [...at, keys.type], onCallNote(type));
  const ourOperator = operator === null || operator === undefined ? "is" : ourWord(operatorWords, operator);
  const byName = valuesAreNames && type !== "user" && (ourOperator === "is" || ourOperator === "isNot");
  if (byName)
    addNote(
      reading,
      [...at, keys.values],
      "are names: the condition compares with the names that the directory shows, too, not with ids alone",
    );
  const attribute = {
    attribute: type,
    operator: ourOperator,
    values: values ?? undefined,
    ...(source === null || source === undefined ? {} : { source }),
    ...(byName ? { match: "name" } : {}),
  };
  const members = { attribute: [keys.type], operator: [keys.operator], values: [keys.values], source: [keys.source] };
  return madeFrom(reading, at, attribute, members);
}

/** On-call schedules and shifts, as the product names the systems they come from. */
function isOnCall(type: string): boolean {
  return /_(schedule|shift)$/.test(type);
}

function onCallNote(type: string): string {
  return `is the attribute ${quoted(type)} here: who is on call must come with the facts about people, under that name`;
}

function readRelation(reading: Reading, at: Path, { type, operator, source, values, keys }: PublishedCondition): Draft {
  if ((operator ?? "is") !== "is") {
    addIssue(reading, "combination_means_nothing", [...at, keys.operator], "has no meaning without values: only `is` can be said");
  }
  if ((values ?? null) !== null) {
    addIssue(reading, "combination_means_nothing", [...at, keys.values], "has no meaning for `Owner`: leave it out");
  }
  if ((source ?? null) !== null) {
    addNote(
      reading,
      [...at, keys.source],
      "is left out: owners and managers are whoever the facts say, whichever directory they come from",
    );
  }
  if (type === "Owner") {
    addNote(reading, [...at, keys.type], "becomes the relation owner: whoever owns the resource, by the catalogue's mapping");
    return madeFrom(reading, at, { relation: "owner" }, { relation: [keys.type] });
  }
  addNote(reading, [...at, keys.type], "has no values, so it becomes the relation manager: the manager of the requestor");
  return madeFrom(reading, at, { relation: "manager", of: "requestor" }, { relation: [keys.type], of: [keys.type] });
}
