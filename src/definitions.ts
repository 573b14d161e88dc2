/** Definitions, the facts that go with them, and what everything speaks in. */

export { checkAccessFlow, defineAccessFlow } from "./core/define/check-access-flow.js";
export type { CandidateSelector } from "./core/facts/candidate-selector.js";
export type { AccessScope, Bundle, Catalog, Integration, OwnerMapping } from "./core/facts/catalog.js";
export type { FactsNeeded } from "./core/facts/facts-needed.js";
export type { AttributeValue, Identity } from "./core/facts/identity.js";
export type { PreparedIdentity } from "./core/facts/prepared-identity.js";
export type { Entitlement, Permission, Resource } from "./core/facts/resource.js";
export type { AccessFlow, GrantFor, RequestFor, Scope } from "./core/flow/access-flow.js";
export type { Approval, ApprovalOf, ApproverGroup, Escalation, RequiredGroup } from "./core/flow/approval.js";
export type { AttributeCondition, Condition, Conditions, Operator, RelationCondition } from "./core/flow/condition.js";
export type {
  AccessFlowDefinition,
  ApprovalDefinition,
  ApproverGroupDefinition,
  AttributeConditionDefinition,
  ConditionDefinition,
  ConditionsDefinition,
  FilterDefinition,
  GrantForDefinition,
  RequestForDefinition,
  ScheduleDefinition,
  SettingsDefinition,
  TargetDefinition,
  WindowDefinition,
} from "./core/flow/definition.js";
export type { Settings } from "./core/flow/settings.js";
export type { Filter, IntegrationTarget, ResourceSelection, Target } from "./core/flow/target.js";
export type { AccessFlowError } from "./core/kernel/access-flow-error.js";
export type { Issue, IssueCode } from "./core/kernel/issue.js";
export type { Json } from "./core/kernel/json.js";
export type { NonEmptyArray } from "./core/kernel/non-empty-array.js";
export type { Path } from "./core/kernel/path.js";
export type { Reason, ReasonCode, ReasonDetails, ReasonOf } from "./core/kernel/reason.js";
export type { Refusal } from "./core/kernel/refusal.js";
export type { Result } from "./core/kernel/result.js";
export type { RuleId } from "./core/kernel/rule-id.js";
export type { Subject } from "./core/kernel/subject.js";
export type { Trace, TraceStep } from "./core/kernel/trace.js";
export type { Truth } from "./core/kernel/truth.js";
export type { Duration, DurationUnit } from "./core/time/duration.js";
export type { Instant, InstantInput } from "./core/time/instant.js";
export type { OnlyOn, Schedule, Weekday, WeeklyWindow } from "./core/time/schedule.js";
