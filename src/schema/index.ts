/**
 * Definitions and facts as zod schemas and JSON Schema, for hosts that use them. The checks are those of
 * `accessflow`: there is one validator.
 */
export type {
  AccessScope,
  Bundle,
  Catalog,
  CheckedBundle,
  CheckedCatalog,
  CheckedIntegration,
  Integration,
  OwnerMapping,
} from "../core/facts/catalog.js";
export type { AttributeValue, Identity } from "../core/facts/identity.js";
export type { Entitlement, Permission, Resource } from "../core/facts/resource.js";
export type { AccessFlow, GrantFor, RequestFor, Scope } from "../core/flow/access-flow.js";
export type { Approval, ApprovalOf, ApproverGroup, Escalation, RequiredGroup } from "../core/flow/approval.js";
export type { AttributeCondition, Condition, Conditions, Operator, RelationCondition } from "../core/flow/condition.js";
export type {
  AccessFlowDefinition,
  ApprovalDefinition,
  ApproverGroupDefinition,
  AttributeConditionDefinition,
  ConditionDefinition,
  ConditionsDefinition,
  FilterDefinition,
  GrantForDefinition,
  ScheduleDefinition,
  SettingsDefinition,
  TargetDefinition,
} from "../core/flow/definition.js";
export type { Settings } from "../core/flow/settings.js";
export type { Filter, IntegrationTarget, ResourceSelection, Target } from "../core/flow/target.js";
export type { Issue, IssueCode } from "../core/kernel/issue.js";
export type { Json } from "../core/kernel/json.js";
export type { NonEmptyArray } from "../core/kernel/non-empty-array.js";
export type { Path } from "../core/kernel/path.js";
export type { Result } from "../core/kernel/result.js";
export type { Duration, DurationUnit } from "../core/time/duration.js";
export type { OnlyOn, Schedule, Weekday, WeeklyWindow } from "../core/time/schedule.js";
export { accessFlowJsonSchema } from "./access-flow-json-schema.js";
export {
  accessFlowSchema,
  approvalSchema,
  conditionSchema,
  conditionsSchema,
  durationSchema,
  scheduleSchema,
  targetSchema,
} from "./definition-schemas.js";
export { catalogSchema, entitlementSchema, identitySchema, resourceSchema } from "./fact-schemas.js";
export type { JsonSchema } from "./json-schema-of.js";
export { parseAccessFlow } from "./parse-access-flow.js";
