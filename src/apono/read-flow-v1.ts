import type { Path } from "../core/kernel/path.js";
import { maximumDurationMs } from "../core/time/duration.js";
import type { Maybe } from "./document-v2.js";
import { durationOfMinutes } from "./minutes.js";
import { noteDates } from "./note-dates.js";
import { approvalOf } from "./read-approval.js";
import { readCondition } from "./read-condition.js";
import { readSettingsV1 } from "./read-settings-v1.js";
import { readTargetsV1 } from "./read-targets-v1.js";
import { readTimeframe } from "./read-timeframe.js";
import { addIssue, addNote, type Draft, madeFrom, type Reading } from "./reading.js";
import { type ConditionsV1, type FlowV1, triggerWordsV1 } from "./shape-v1.js";
import { combinatorWords, groupsWords, ourWord } from "./words.js";

/** A definition made of an older v1 flow. */
export function readFlowV1(reading: Reading, draft: FlowV1): Draft {
  noteDates(reading, draft);
  const trigger = ourWord(triggerWordsV1, draft.trigger?.type);
  const made = {
    ...(typeof draft.id === "string" ? { id: draft.id } : {}),
    name: draft.name ?? undefined,
    active: draft.active ?? undefined,
    trigger,
    ...readTimeframe(reading, ["trigger", "timeframe"], draft.trigger?.timeframe, "days_in_week"),
    requestors: readConditions(reading, ["grantees_conditions_group"], draft.grantees_conditions_group, "people"),
    targets: readTargetsV1(reading, draft),
    grantFor: readGrantFor(reading, draft.revoke_after_in_sec),
    ...readApproval(reading, draft.approver_policy),
    settings: readSettingsV1(reading, draft, trigger === "automatic"),
  };
  return madeFrom(reading, [], made, {
    trigger: ["trigger", "type"],
    schedule: ["trigger", "timeframe"],
    requestors: ["grantees_conditions_group"],
    targets: ["integration_targets"],
    grantFor: ["revoke_after_in_sec"],
    approval: ["approver_policy"],
  });
}

/** Its values are the names of groups, not their ids; its operator, where it is absent, is the one that closes: AND. */
function readConditions(reading: Reading, at: Path, group: Maybe<ConditionsV1>, among: "people" | "approvers"): Draft | undefined {
  if (group === null || group === undefined) return undefined;
  const operatorKey = "conditions_logical_operator";
  const absent = group[operatorKey] === null || !Object.hasOwn(group, operatorKey);
  const alone = group.attribute_conditions?.length === 1;
  if (absent)
    addNote(reading, [...at, operatorKey], alone ? "is not given: there is one condition" : "is not given: every condition must hold");
  const conditions = group.attribute_conditions?.map((condition, index) => {
    const here = [...at, "attribute_conditions", index];
    const published = {
      type: condition.attribute_type,
      operator: condition.operator,
      source: condition.integration_id,
      values: condition.attribute_names,
      keys: { type: "attribute_type", operator: "operator", source: "integration_id", values: "attribute_names" },
      valuesAreNames: true,
    };
    return readCondition(reading, here, published, among);
  });
  const made = { combinator: absent ? "and" : ourWord(combinatorWords, group[operatorKey]), conditions };
  return madeFrom(reading, at, made, { combinator: [operatorKey], conditions: ["attribute_conditions"] });
}

/**
 * -1 is never. Other seconds become minutes, the smallest unit here; a third of a minute is no decimal, so only
 * every third second can be said.
 */
function readGrantFor(reading: Reading, seconds: Maybe<number>): Draft | undefined {
  if (seconds === null || seconds === undefined) return undefined;
  const path = ["revoke_after_in_sec"];
  if (seconds === -1) return madeFrom(reading, path, { kind: "indefinite" }, { kind: [] });
  const rest = seconds % 3;
  if (seconds === 0) addIssue(reading, "duration_invalid", path, "must be more than nothing, or -1 for access without end");
  else if (rest !== 0 && seconds * 1000 <= maximumDurationMs) {
    const nearest = [seconds - rest, seconds - rest + 3].filter((each) => each > 0).map((each) => `\`${each}\``);
    const says = `cannot be \`${seconds}\` here: that many seconds are no decimal of minutes; the nearest that are: ${nearest.join(" and ")}`;
    addIssue(reading, "duration_invalid", path, says);
  }
  return madeFrom(reading, path, { kind: "fixed", ...durationOfMinutes(seconds / 60) }, { amount: [], unit: [] });
}

function readApproval(reading: Reading, policy: FlowV1["approver_policy"]): Draft {
  if (policy === null || policy === undefined) return {};
  const at = ["approver_policy"];
  const approval = approvalOf(reading, {
    at,
    groups: ourWord(groupsWords, policy.approver_groups_relationship),
    groupsKey: "approver_groups_relationship",
    approverGroups: policy.approver_groups?.map(
      (group, index) => readConditions(reading, [...at, "approver_groups", index], group, "approvers") ?? {},
    ),
    escalation: undefined,
  });
  return { approval };
}
