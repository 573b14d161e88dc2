import type { FlowV2 } from "./document-v2.js";
import { durationOfMinutes } from "./minutes.js";
import { noteDates } from "./note-dates.js";
import { approvalOf, escalationOfNothing, type PublishedEscalation } from "./read-approval.js";
import { readApproverGroupsV2, readConditionsV2 } from "./read-conditions-v2.js";
import { readSettingsV2 } from "./read-settings-v2.js";
import { readTargetsV2 } from "./read-targets-v2.js";
import { readTimeframe } from "./read-timeframe.js";
import { addNote, type Draft, hasIssueAt, madeFrom, type Reading } from "./reading.js";
import { groupsWords, ourWord, scopeWords, triggerWords } from "./words.js";

/** A definition made of a flow of API v2. */
export function readFlowV2(reading: Reading, draft: FlowV2): Draft {
  noteDates(reading, draft);
  const trigger = ourWord(triggerWords, draft.trigger);
  const made = {
    ...(typeof draft.id === "string" ? { id: draft.id } : {}),
    name: draft.name ?? undefined,
    active: draft.active ?? true,
    trigger,
    ...readTimeframe(reading, ["timeframe"], draft.timeframe, "days_of_week"),
    requestors: readConditionsV2(reading, ["requestors"], draft.requestors),
    ...readRequestFor(reading, draft.request_for),
    targets: readTargetsV2(reading, ["access_targets"], draft.access_targets),
    grantFor: readGrantFor(reading, draft),
    ...readApproval(reading, draft),
    settings: readSettingsV2(reading, ["settings"], draft.settings, {
      automatic: trigger === "automatic",
      endless: (draft.grant_duration_in_min ?? null) === null && !hasIssueAt(reading, ["grant_duration_in_min"]),
    }),
  };
  return madeFrom(reading, [], made, {
    schedule: ["timeframe"],
    requestFor: ["request_for"],
    targets: ["access_targets"],
    grantFor: ["grant_duration_in_min"],
    approval: ["approver_policy"],
  });
}

function readRequestFor(reading: Reading, requestFor: FlowV2["request_for"]): Draft {
  if (requestFor === null || requestFor === undefined) return {};
  const grantees = readConditionsV2(reading, ["request_for", "grantees"], requestFor.grantees);
  const scopes = requestFor.request_scopes?.map((scope) => ourWord(scopeWords, scope));
  const made = { scopes, ...(grantees === undefined ? {} : { grantees }) };
  return { requestFor: madeFrom(reading, ["request_for"], made, { scopes: ["request_scopes"] }) };
}

function readGrantFor(reading: Reading, draft: FlowV2): Draft {
  const path = ["grant_duration_in_min"];
  const minutes = draft.grant_duration_in_min;
  if (typeof minutes === "number")
    return madeFrom(reading, path, { kind: "fixed", ...durationOfMinutes(minutes) }, { amount: [], unit: [] });
  if (!Object.hasOwn(draft, "grant_duration_in_min") || minutes === null)
    addNote(reading, path, "is not given: the access has no end until it is revoked");
  return madeFrom(reading, path, { kind: "indefinite" }, { kind: [] });
}

function readApproval(reading: Reading, draft: FlowV2): Draft {
  const policy = draft.approver_policy;
  const escalation = draft.escalation_policy;
  if (policy === null || policy === undefined) {
    const faulty = hasIssueAt(reading, ["approver_policy"]);
    if (!faulty && escalation !== null && escalation !== undefined) escalationOfNothing(reading, ["escalation_policy"]);
    return {};
  }
  const at = ["approver_policy"];
  const approval = approvalOf(reading, {
    at,
    groups: ourWord(groupsWords, policy.approval_mode),
    groupsKey: "approval_mode",
    approverGroups: readApproverGroupsV2(reading, [...at, "approver_groups"], policy.approver_groups),
    escalation: readEscalation(reading, escalation),
  });
  return { approval };
}

/** The default interval of their format and of this library's is the same half hour. */
function readEscalation(reading: Reading, policy: FlowV2["escalation_policy"]): PublishedEscalation | undefined {
  if (policy === null || policy === undefined) return undefined;
  const at = ["escalation_policy"];
  return {
    at,
    every: durationOfMinutes(policy.interval_in_min ?? 30),
    everyKey: "interval_in_min",
    tiers: readApproverGroupsV2(reading, [...at, "approver_groups"], policy.approver_groups),
  };
}
