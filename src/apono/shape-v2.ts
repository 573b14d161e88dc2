import {
  anyList,
  choice,
  type Field,
  flag,
  nothing,
  optional,
  type RecordShape,
  record,
  refused,
  required,
  type Shape,
  text,
  type WordShape,
  whole,
  word,
} from "../core/define/shape.js";
import { combinatorWords, filterWords, groupsWords, operatorWords, scopeWords, triggerWords, weekdayNames } from "./words.js";

/*
 * The grammar of API v2: flows, bundles, access scopes. It knows keys, words and sorts of value; what a text
 * or a list may hold is checked once, on the definition that is made of it.
 */

/** Absent, or null: answers of the API spell out what is not set. */
export function maybe(shape: Shape): Field {
  return optional(shape.is === "choice" ? shape : choice(shape, nothing));
}

export const anyText: Shape = text("any");
export const anyNumber: Shape = { is: "number", whole: false, from: null };
export const texts: Shape = anyList(anyText);

export function oneOf(words: { readonly [ours: string]: string }): WordShape {
  return word(Object.values(words));
}

const conditionShape: RecordShape = record("condition", {
  type: required(anyText),
  match_operator: maybe(oneOf(operatorWords)),
  source_integration_name: maybe(anyText),
  source_integration_reference: maybe(anyText),
  source_integration_id: maybe(anyText),
  values: maybe(texts),
});

const conditionsShape: RecordShape = record("conditions", {
  logical_operator: required(oneOf(combinatorWords)),
  conditions: required(anyList(conditionShape)),
});

const approverGroupsShape: Shape = anyList(
  record("approverGroup", { logical_operator: required(oneOf(combinatorWords)), approvers: required(anyList(conditionShape)) }),
);

const resourcesScopeShape: RecordShape = record("resourcesScope", {
  scope_mode: required(word(["include_resources", "exclude_resources"])),
  type: required(oneOf(filterWords)),
  key: maybe(anyText),
  values: required(texts),
});

const inlineQuery = refused("unknown_key", "has no counterpart here: save the query as an access scope and name that");

const accessTargetShape: RecordShape = record("accessTarget", {
  integration: maybe(
    record("integration", {
      integration_name: maybe(anyText),
      integration_reference: maybe(anyText),
      integration_id: maybe(anyText),
      resource_type: required(anyText),
      permissions: required(texts),
      resources_scopes: maybe(anyList(resourcesScopeShape)),
    }),
  ),
  bundle: maybe(
    record("bundle", { bundle_name: maybe(anyText), bundle_reference: maybe(anyText), bundle_id: maybe(anyText), name: maybe(anyText) }),
  ),
  access_scope: maybe(
    record("accessScope", {
      access_scope_name: maybe(anyText),
      access_scope_reference: maybe(anyText),
      access_scope_id: maybe(anyText),
      name: maybe(anyText),
    }),
  ),
  query_target: inlineQuery,
});

const accessTargetsShape = required(anyList(accessTargetShape));

/** What an answer of the API has beside what was sent. */
export const serverKeys: { readonly [key: string]: Field } = {
  id: maybe(anyText),
  creation_date: maybe(choice(anyText, anyNumber, nothing)),
  update_date: maybe(choice(anyText, anyNumber, nothing)),
};

export const flowV2Shape: RecordShape = record("accessFlowV2", {
  ...serverKeys,
  name: required(anyText),
  active: maybe(flag),
  trigger: required(oneOf(triggerWords)),
  requestors: required(conditionsShape),
  request_for: maybe(record("requestFor", { request_scopes: required(anyList(oneOf(scopeWords))), grantees: maybe(conditionsShape) })),
  access_targets: accessTargetsShape,
  approver_policy: maybe(
    record("approverPolicy", { approval_mode: required(oneOf(groupsWords)), approver_groups: required(approverGroupsShape) }),
  ),
  escalation_policy: maybe(
    record("escalationPolicy", { interval_in_min: maybe(whole(1)), approver_groups: required(approverGroupsShape) }),
  ),
  grant_duration_in_min: maybe(whole(1)),
  timeframe: maybe(
    record("timeframe", {
      start_time: required(anyText),
      end_time: required(anyText),
      days_of_week: required(anyList(word(weekdayNames))),
      time_zone: required(anyText),
    }),
  ),
  settings: maybe(
    record("settings", {
      justification_required: maybe(flag),
      require_approver_reason: maybe(flag),
      requestor_cannot_approve_himself: maybe(flag),
      requester_cannot_approve_self: maybe(flag),
      approver_cannot_approve_himself: maybe(flag),
      require_mfa: maybe(flag),
      labels: maybe(texts),
      max_extensions: maybe(whole(0)),
      extension_duration_in_min: maybe(whole(0)),
    }),
  ),
});

export const bundleShape: RecordShape = record("bundleV2", {
  ...serverKeys,
  name: required(text("filled")),
  access_targets: accessTargetsShape,
});

export const accessScopeShape: RecordShape = record("accessScopeV2", {
  ...serverKeys,
  name: required(text("filled")),
  query: required(anyText),
});
