import type { Path } from "../core/kernel/path.js";
import type { ApproverGroupV2, ConditionsV2, ConditionV2, Maybe } from "./document-v2.js";
import { type PublishedCondition, readCondition } from "./read-condition.js";
import { addNote, type Draft, madeFrom, type Reading } from "./reading.js";
import { combinatorWords, ourWord } from "./words.js";

/** Conditions on requestors or grantees. */
export function readConditionsV2(reading: Reading, at: Path, draft: Maybe<ConditionsV2>): Draft | undefined {
  if (draft === null || draft === undefined) return undefined;
  const conditions = draft.conditions?.map((condition, index) =>
    readCondition(reading, [...at, "conditions", index], published(reading, [...at, "conditions", index], condition), "people"),
  );
  const made = { combinator: ourWord(combinatorWords, draft.logical_operator), conditions };
  return madeFrom(reading, at, made, { combinator: ["logical_operator"] });
}

export function readApproverGroupsV2(reading: Reading, at: Path, groups: Maybe<readonly ApproverGroupV2[]>): readonly Draft[] | undefined {
  return groups?.map((group, position) => {
    const here = [...at, position];
    const conditions = group.approvers?.map((condition, index) =>
      readCondition(reading, [...here, "approvers", index], published(reading, [...here, "approvers", index], condition), "approvers"),
    );
    const made = { combinator: ourWord(combinatorWords, group.logical_operator), conditions };
    return madeFrom(reading, here, made, { combinator: ["logical_operator"], conditions: ["approvers"] });
  });
}

/** The source by its name where there is one, else by its id. */
function published(reading: Reading, at: Path, condition: ConditionV2): PublishedCondition {
  const source = firstName(reading, at, condition, ["source_integration_name", "source_integration_reference", "source_integration_id"]);
  return {
    type: condition.type,
    operator: condition.match_operator,
    source: source.name,
    values: condition.values,
    keys: { type: "type", operator: "match_operator", source: source.key, values: "values" },
    valuesAreNames: false,
  };
}

/** The first of several keys that name one thing; the rest are left out, with a note. */
export function firstName(
  reading: Reading,
  at: Path,
  names: { readonly [key: string]: unknown },
  keys: readonly [string, ...string[]],
): { readonly key: string; readonly name: string | undefined } {
  const given = keys.filter((key) => typeof names[key] === "string");
  const [first, ...others] = given;
  for (const key of others) addNote(reading, [...at, key], `is left out: \`${first}\` says the same`);
  const name = first === undefined ? undefined : names[first];
  return { key: first ?? keys[0], name: typeof name === "string" ? name : undefined };
}
