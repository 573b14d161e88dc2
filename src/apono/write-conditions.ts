import type { ApproverGroup } from "../core/flow/approval.js";
import type { Condition, Conditions } from "../core/flow/condition.js";
import type { Path } from "../core/kernel/path.js";
import { combinatorWords, operatorWords } from "./words.js";
import { type JsonRecord, refuseToWrite, type Writing } from "./writing.js";

export function writeConditions(writing: Writing, path: Path, { combinator, conditions }: Conditions): JsonRecord {
  return {
    logical_operator: combinatorWords[combinator],
    conditions: conditions.map((condition, index) => writeCondition(writing, [...path, "conditions", index], condition)),
  };
}

export function writeApproverGroups(writing: Writing, path: Path, groups: readonly ApproverGroup[]): readonly JsonRecord[] {
  return groups.map(({ combinator, conditions }, position) => ({
    logical_operator: combinatorWords[combinator],
    approvers: conditions.map((condition, index) => writeCondition(writing, [...path, position, "conditions", index], condition)),
  }));
}

function writeCondition(writing: Writing, path: Path, condition: Condition): JsonRecord {
  if ("attribute" in condition) {
    const { attribute, operator, values, source, match } = condition;
    if (attribute.toLowerCase() === "owner") {
      refuseToWrite(
        writing,
        "unknown_word",
        [...path, "attribute"],
        "cannot be said in this format, where it is the owner of the resource",
      );
    }
    if (match !== undefined) refuseToWrite(writing, "unknown_key", [...path, "match"], "cannot be said in this format");
    return {
      type: attribute,
      match_operator: operatorWords[operator],
      ...(source === undefined ? {} : { source_integration_name: source }),
      values,
    };
  }
  if (condition.relation === "owner") return { type: "Owner" };
  if (condition.of === "grantee")
    refuseToWrite(writing, "unknown_word", [...path, "of"], "cannot be said in this format: only the manager of the requestor can");
  return { type: "manager" };
}
