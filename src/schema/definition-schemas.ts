import type * as z from "zod";
import { checkAccessFlow, definitionWalk } from "../core/define/check-access-flow.js";
import { checkPart } from "../core/define/check-part.js";
import {
  accessFlowShape,
  approvalShape,
  conditionShape,
  conditionsShape,
  durationShape,
  scheduleShape,
  targetShape,
} from "../core/define/flow-shape.js";
import type { Shape } from "../core/define/shape.js";
import type { AccessFlow } from "../core/flow/access-flow.js";
import type { Approval } from "../core/flow/approval.js";
import type { Condition, Conditions } from "../core/flow/condition.js";
import type {
  AccessFlowDefinition,
  ApprovalDefinition,
  ConditionDefinition,
  ConditionsDefinition,
  ScheduleDefinition,
  TargetDefinition,
} from "../core/flow/definition.js";
import type { Target } from "../core/flow/target.js";
import type { Duration } from "../core/time/duration.js";
import type { Schedule } from "../core/time/schedule.js";
import { descriptions } from "./descriptions.js";
import { jsonSchemaOf } from "./json-schema-of.js";
import { schemaOf } from "./schema-of.js";

function partSchema<Output, Input>(whole: string, shape: Shape): z.ZodType<Output, Input> {
  const walk = { ...definitionWalk, whole };
  return schemaOf<Output, Input>(
    (value) => checkPart(shape, value, walk),
    () => jsonSchemaOf(shape, descriptions),
  );
}

/**
 * A whole access flow definition, for use inside other zod schemas: the answers of `checkAccessFlow`, its
 * issues with the same paths and messages, their codes in `params`. The output is the normal form.
 *
 * @example
 * const parsed = accessFlowSchema.safeParse({ name: "S3 read", requestors: { conditions: [] }, targets: [{ kind: "bundle", bundle: "b" }] });
 * parsed.error?.issues.map((issue) => [issue.path, issue.message]);
 * // => [[["requestors", "conditions"], "requestors.conditions is empty: at least one entry is needed"]]
 */
export const accessFlowSchema: z.ZodType<AccessFlow, AccessFlowDefinition> = schemaOf(checkAccessFlow, () =>
  jsonSchemaOf(accessFlowShape, descriptions),
);

/**
 * A schedule ("When") alone.
 *
 * @example
 * scheduleSchema.safeParse({ kind: "onlyOn", days: ["monday"], from: "09:00", to: "17:00", timeZone: "UTC" }).success;
 * // => true
 */
export const scheduleSchema: z.ZodType<Schedule, ScheduleDefinition> = partSchema("the schedule", scheduleShape);

/**
 * A length of time (W1): 1 ms to 3,650 days, whole milliseconds.
 *
 * @example
 * durationSchema.safeParse({ amount: 0, unit: "hour" }).error?.issues.map((issue) => issue.message);
 * // => ["amount must be more than nothing, not `0` hour"]
 */
export const durationSchema: z.ZodType<Duration, Duration> = partSchema("the duration", durationShape);

/**
 * One condition of an approver group: on an attribute, or on who the voter is to the request (A7).
 *
 * @example
 * conditionSchema.parse({ relation: "manager" });
 * // => { relation: "manager", of: "requestor" }
 */
export const conditionSchema: z.ZodType<Condition, ConditionDefinition> = partSchema("the condition", conditionShape);

/**
 * Conditions joined by a combinator, as requestors and grantees have them.
 *
 * @example
 * conditionsSchema.parse({ conditions: [{ attribute: "group", values: ["platform"] }] });
 * // => { combinator: "and", conditions: [{ attribute: "group", operator: "is", values: ["platform"] }] }
 */
export const conditionsSchema: z.ZodType<Conditions, ConditionsDefinition> = partSchema("the conditions", conditionsShape);

/**
 * One target ("For what").
 *
 * @example
 * targetSchema.safeParse({ kind: "bundel", bundle: "on-call" }).error?.issues.map((issue) => issue.path);
 * // => [["kind"]]
 */
export const targetSchema: z.ZodType<Target, TargetDefinition> = partSchema("the target", targetShape);

/**
 * Who approves. What its keys mean together (D5) is checked with the whole flow.
 *
 * @example
 * approvalSchema.parse({ kind: "automatic" });
 * // => { kind: "automatic" }
 */
export const approvalSchema: z.ZodType<Approval, ApprovalDefinition> = partSchema("the approval", approvalShape);
