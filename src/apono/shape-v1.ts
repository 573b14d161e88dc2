import { anyList, flag, type RecordShape, record, refused, required, type Shape, whole, word } from "../core/define/shape.js";
import type { Maybe } from "./document-v2.js";
import { anyNumber, anyText, maybe, oneOf, texts } from "./shape-v2.js";
import { combinatorWords, groupsWords, operatorWords, weekdayNames } from "./words.js";

/*
 * The grammar of the older v1 flow. Its lists `grantees` and `approvers` came before the groups of conditions
 * and name identities by ids that only the product's server can resolve.
 */

export const triggerWordsV1: { readonly selfServe: string; readonly automatic: string } = {
  selfServe: "user_request",
  automatic: "automatic",
};

export const filterWordsV1: { readonly name: string; readonly id: string; readonly tag: string } = { name: "name", id: "id", tag: "tag" };

const conditionsShape: RecordShape = record("conditionsGroup", {
  conditions_logical_operator: maybe(oneOf(combinatorWords)),
  attribute_conditions: required(
    anyList(
      record("attributeCondition", {
        attribute_type: required(anyText),
        operator: maybe(oneOf(operatorWords)),
        attribute_names: maybe(texts),
        integration_id: maybe(anyText),
      }),
    ),
  ),
});

const filtersShape: Shape = anyList(
  record("resourceFilter", { type: required(oneOf(filterWordsV1)), key: maybe(anyText), name: maybe(anyText), value: required(anyText) }),
);

export const flowV1Shape: RecordShape = record("accessFlowV1", {
  id: maybe(anyText),
  created_date: maybe({ is: "choice", of: [anyText, anyNumber, { is: "null" }] }),
  name: required(anyText),
  active: required(flag),
  trigger: required(
    record("trigger", {
      type: required(oneOf(triggerWordsV1)),
      timeframe: maybe(
        record("timeframe", {
          start_time: required(anyText),
          end_time: required(anyText),
          days_in_week: required(anyList(word(weekdayNames))),
          time_zone: required(anyText),
        }),
      ),
    }),
  ),
  grantees_conditions_group: required(conditionsShape),
  grantees: refused("unknown_key", "cannot be read: write `grantees_conditions_group`"),
  integration_targets: maybe(
    anyList(
      record("integrationTarget", {
        name: required(anyText),
        resource_type: required(anyText),
        permissions: required(texts),
        resource_include_filters: maybe(filtersShape),
        resource_exclude_filters: maybe(filtersShape),
      }),
    ),
  ),
  bundle_targets: maybe(anyList(record("bundleTarget", { name: required(anyText) }))),
  approver_policy: maybe(
    record("approverPolicy", {
      approver_groups_relationship: required(oneOf(groupsWords)),
      approver_groups: required(anyList(conditionsShape)),
    }),
  ),
  approvers: refused("unknown_key", "cannot be read: write `approver_policy`"),
  revoke_after_in_sec: required(whole(-1)),
  settings: maybe(
    record("settings", {
      approver_cannot_self_approve: maybe(flag),
      approver_cannot_approve_himself: maybe(flag),
      require_approver_justification: maybe(flag),
      require_justification_on_request_again: maybe(flag),
      require_all_approvers: maybe(flag),
      require_mfa: maybe(flag),
    }),
  ),
  labels: maybe(texts),
});

/* What the walker leaves of a document of this shape: see `document-v2.ts`. */

export type ConditionsV1 = {
  readonly conditions_logical_operator?: Maybe<string>;
  readonly attribute_conditions?: Maybe<
    readonly {
      readonly attribute_type?: Maybe<string>;
      readonly operator?: Maybe<string>;
      readonly attribute_names?: Maybe<readonly string[]>;
      readonly integration_id?: Maybe<string>;
    }[]
  >;
};

export type FilterV1 = {
  readonly type?: Maybe<string>;
  readonly key?: Maybe<string>;
  readonly name?: Maybe<string>;
  readonly value?: Maybe<string>;
};

export type IntegrationTargetV1 = {
  readonly name?: Maybe<string>;
  readonly resource_type?: Maybe<string>;
  readonly permissions?: Maybe<readonly string[]>;
  readonly resource_include_filters?: Maybe<readonly FilterV1[]>;
  readonly resource_exclude_filters?: Maybe<readonly FilterV1[]>;
};

export type SettingsV1 = {
  readonly approver_cannot_self_approve?: Maybe<boolean>;
  readonly approver_cannot_approve_himself?: Maybe<boolean>;
  readonly require_approver_justification?: Maybe<boolean>;
  readonly require_justification_on_request_again?: Maybe<boolean>;
  readonly require_all_approvers?: Maybe<boolean>;
  readonly require_mfa?: Maybe<boolean>;
};

export type FlowV1 = {
  readonly id?: Maybe<string>;
  readonly created_date?: Maybe<string | number>;
  readonly name?: Maybe<string>;
  readonly active?: Maybe<boolean>;
  readonly trigger?: Maybe<{
    readonly type?: Maybe<string>;
    readonly timeframe?: Maybe<{
      readonly start_time?: Maybe<string>;
      readonly end_time?: Maybe<string>;
      readonly days_in_week?: Maybe<readonly string[]>;
      readonly time_zone?: Maybe<string>;
    }>;
  }>;
  readonly grantees_conditions_group?: Maybe<ConditionsV1>;
  readonly integration_targets?: Maybe<readonly IntegrationTargetV1[]>;
  readonly bundle_targets?: Maybe<readonly { readonly name?: Maybe<string> }[]>;
  readonly approver_policy?: Maybe<{
    readonly approver_groups_relationship?: Maybe<string>;
    readonly approver_groups?: Maybe<readonly ConditionsV1[]>;
  }>;
  readonly revoke_after_in_sec?: Maybe<number>;
  readonly settings?: Maybe<SettingsV1>;
  readonly labels?: Maybe<readonly string[]>;
};
