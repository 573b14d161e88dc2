/*
 * What the walker leaves of a document of these shapes: any part may be missing, null where the document says
 * so, or undefined where it was faulty.
 */
export type Maybe<T> = T | null | undefined;

export type ConditionV2 = {
  readonly type?: Maybe<string>;
  readonly match_operator?: Maybe<string>;
  readonly source_integration_name?: Maybe<string>;
  readonly source_integration_reference?: Maybe<string>;
  readonly source_integration_id?: Maybe<string>;
  readonly values?: Maybe<readonly string[]>;
};

export type ConditionsV2 = { readonly logical_operator?: Maybe<string>; readonly conditions?: Maybe<readonly ConditionV2[]> };

export type ApproverGroupV2 = { readonly logical_operator?: Maybe<string>; readonly approvers?: Maybe<readonly ConditionV2[]> };

export type ResourcesScopeV2 = {
  readonly scope_mode?: Maybe<string>;
  readonly type?: Maybe<string>;
  readonly key?: Maybe<string>;
  readonly values?: Maybe<readonly string[]>;
};

/** Names of one thing in several keys: whichever is there. */
export type NamesV2 = { readonly [key: string]: Maybe<string> };

export type IntegrationV2 = {
  readonly integration_name?: Maybe<string>;
  readonly integration_reference?: Maybe<string>;
  readonly integration_id?: Maybe<string>;
  readonly resource_type?: Maybe<string>;
  readonly permissions?: Maybe<readonly string[]>;
  readonly resources_scopes?: Maybe<readonly ResourcesScopeV2[]>;
};

export type AccessTargetV2 = {
  readonly integration?: Maybe<IntegrationV2>;
  readonly bundle?: Maybe<NamesV2>;
  readonly access_scope?: Maybe<NamesV2>;
};

export type SettingsV2 = {
  readonly justification_required?: Maybe<boolean>;
  readonly require_approver_reason?: Maybe<boolean>;
  readonly requestor_cannot_approve_himself?: Maybe<boolean>;
  readonly requester_cannot_approve_self?: Maybe<boolean>;
  readonly approver_cannot_approve_himself?: Maybe<boolean>;
  readonly require_mfa?: Maybe<boolean>;
  readonly labels?: Maybe<readonly string[]>;
  readonly max_extensions?: Maybe<number>;
  readonly extension_duration_in_min?: Maybe<number>;
};

type ServerKeys = {
  readonly id?: Maybe<string>;
  readonly creation_date?: Maybe<string | number>;
  readonly update_date?: Maybe<string | number>;
};

export type FlowV2 = ServerKeys & {
  readonly name?: Maybe<string>;
  readonly active?: Maybe<boolean>;
  readonly trigger?: Maybe<string>;
  readonly requestors?: Maybe<ConditionsV2>;
  readonly request_for?: Maybe<{ readonly request_scopes?: Maybe<readonly string[]>; readonly grantees?: Maybe<ConditionsV2> }>;
  readonly access_targets?: Maybe<readonly AccessTargetV2[]>;
  readonly approver_policy?: Maybe<{
    readonly approval_mode?: Maybe<string>;
    readonly approver_groups?: Maybe<readonly ApproverGroupV2[]>;
  }>;
  readonly escalation_policy?: Maybe<{
    readonly interval_in_min?: Maybe<number>;
    readonly approver_groups?: Maybe<readonly ApproverGroupV2[]>;
  }>;
  readonly grant_duration_in_min?: Maybe<number>;
  readonly timeframe?: Maybe<{
    readonly start_time?: Maybe<string>;
    readonly end_time?: Maybe<string>;
    readonly days_of_week?: Maybe<readonly string[]>;
    readonly time_zone?: Maybe<string>;
  }>;
  readonly settings?: Maybe<SettingsV2>;
};

export type BundleV2 = ServerKeys & { readonly name?: Maybe<string>; readonly access_targets?: Maybe<readonly AccessTargetV2[]> };

export type AccessScopeV2 = ServerKeys & { readonly name?: Maybe<string>; readonly query?: Maybe<string> };
