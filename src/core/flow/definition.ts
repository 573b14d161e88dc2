import type { Duration } from "../time/duration.js";
import type { Weekday } from "../time/schedule.js";
import type { Scope } from "./access-flow.js";
import type { Operator, RelationCondition } from "./condition.js";

/*
 * Definitions as people write them: what has a default may be left out. Every list is read-only, so that a
 * literal, an `as const` literal and a mapped array all fit; that it is not empty is checked (D3).
 */

/** `AttributeCondition` as written; `operator` is `is` by default. */
export type AttributeConditionDefinition = {
  readonly attribute: string;
  readonly operator?: Operator | undefined;
  readonly values: readonly string[];
  readonly source?: string | undefined;
  readonly match?: "name" | undefined;
};

/** `Condition` as written; the manager is the requestor's by default. */
export type ConditionDefinition =
  | AttributeConditionDefinition
  | { readonly relation: "manager"; readonly of?: "requestor" | "grantee" | undefined }
  | Extract<RelationCondition, { readonly relation: "owner" }>;

/** `Conditions` as written; joined by `and` by default. */
export type ConditionsDefinition<Member = AttributeConditionDefinition> = {
  readonly combinator?: "and" | "or" | undefined;
  readonly conditions: readonly Member[];
};

/** `Filter` as written. */
export type FilterDefinition =
  | { readonly by: "name" | "id"; readonly values: readonly string[] }
  | { readonly by: "tag"; readonly key: string; readonly values: readonly string[] };

/** `Target` as written; an integration target picks any resource by default. */
export type TargetDefinition =
  | {
      readonly kind: "integration";
      readonly integration: string;
      readonly resourceType: string;
      readonly permissions: readonly string[];
      readonly resources?:
        | "any"
        | { readonly include?: readonly FilterDefinition[] | undefined; readonly exclude?: readonly FilterDefinition[] | undefined }
        | undefined;
    }
  | { readonly kind: "bundle"; readonly bundle: string }
  | { readonly kind: "accessScope"; readonly accessScope: string };

/** A window as written (S2, S3). */
export type WindowDefinition = { readonly days: readonly Weekday[]; readonly from: string; readonly to: string };

/** `Schedule` as written: one window, or several under `windows`. */
export type ScheduleDefinition =
  | { readonly kind: "always" }
  | ((WindowDefinition | { readonly windows: readonly WindowDefinition[] }) & {
      readonly kind: "onlyOn";
      readonly timeZone: string;
      readonly except?: readonly string[] | undefined;
    });

/** `ApproverGroup` as written. */
export type ApproverGroupDefinition = ConditionsDefinition<ConditionDefinition>;

/** `Approval` as written. */
export type ApprovalDefinition =
  | { readonly kind: "automatic" }
  | {
      readonly kind: "approvalOf";
      readonly groups: "anyOf" | "allOf";
      readonly approverGroups: readonly (ApproverGroupDefinition & { readonly required?: number | undefined })[];
      readonly distinctApprovers?: boolean | undefined;
      readonly expiresAfter?: Duration | "never" | undefined;
      readonly escalation?: { readonly every?: Duration | undefined; readonly tiers: readonly ApproverGroupDefinition[] } | undefined;
    };

/** `GrantFor` as written; one hour where it is left out. */
export type GrantForDefinition =
  | ({ readonly kind: "fixed"; readonly endWith?: "schedule" | undefined } & Duration)
  | { readonly kind: "indefinite"; readonly endWith?: "schedule" | undefined };

/** `RequestFor` as written; for oneself where it is left out. */
export type RequestForDefinition = {
  readonly scopes?: readonly Scope[] | undefined;
  readonly grantees?: ConditionsDefinition | undefined;
};

/** `Settings` as written. */
export type SettingsDefinition = {
  readonly labels?: readonly string[] | undefined;
  readonly requireMfa?: boolean | undefined;
  readonly requireJustification?: boolean | undefined;
  readonly requireApproverReason?: boolean | undefined;
  readonly requestorCannotApproveSelf?: boolean | undefined;
  readonly requireDuration?: boolean | undefined;
  readonly mfaWithin?: Duration | undefined;
  readonly activateWithin?: Duration | undefined;
  readonly startWithin?: Duration | null | undefined;
  readonly maxExtensions?: number | undefined;
  readonly extension?: Duration | undefined;
};

/** An access flow as written. Only `name`, `requestors` and `targets` have no default (D). */
export type AccessFlowDefinition = {
  /** Address of the JSON Schema, for editors; the normal form leaves it out (D1). */
  readonly $schema?: string | undefined;
  readonly format?: "accessflow/v1" | undefined;
  readonly id?: string | undefined;
  readonly name: string;
  readonly description?: string | undefined;
  readonly active?: boolean | undefined;
  readonly trigger?: "selfServe" | "automatic" | undefined;
  readonly schedule?: ScheduleDefinition | undefined;
  readonly requestors: ConditionsDefinition;
  readonly requestFor?:
    | { readonly scopes?: readonly Scope[] | undefined; readonly grantees?: ConditionsDefinition | undefined }
    | undefined;
  readonly targets: readonly TargetDefinition[];
  readonly grantFor?: GrantForDefinition | undefined;
  readonly approval?: ApprovalDefinition | undefined;
  readonly settings?: SettingsDefinition | undefined;
};
