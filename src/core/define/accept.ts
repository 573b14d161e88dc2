import type { AccessFlow } from "../flow/access-flow.js";
import { errorOfIssues } from "../kernel/access-flow-error.js";
import { deepFreeze, isDeepFrozen } from "../kernel/deep-freeze.js";
import type { NonEmptyArray } from "../kernel/non-empty-array.js";
import type { Reason } from "../kernel/reason.js";
import { failure, type Result, success } from "../kernel/result.js";
import type { Schedule } from "../time/schedule.js";
import type { Timetable } from "../time/timetable.js";
import { timetableOf } from "../time/timetable-of.js";
import type { ZoneSource } from "../time/zone-source.js";
import { checkAccessFlow, definitionWalk } from "./check-access-flow.js";
import { checkPart } from "./check-part.js";
import { scheduleShape } from "./flow-shape.js";
import { isMadeFlow } from "./made-flows.js";
import { reasonsOfIssues } from "./reasons-of-issues.js";

/*
 * What was accepted before, so that a flow is checked once and not at every decision. Only values that can
 * never change are remembered: normal forms are frozen, those of another entry of this package included.
 */
const acceptedFlows = new WeakMap<object, AccessFlow>();

/**
 * The flow that a function was given. A normal form is taken as it is; anything else, for example what comes
 * back from a store, is checked as a definition, and its normal form used.
 */
export function acceptFlow(flow: unknown): Result<AccessFlow, NonEmptyArray<Reason>> {
  const accepted = acceptedFlow(flow);
  if (accepted !== undefined) return success(accepted);
  const checked = checkAccessFlow(flow);
  if (!checked.ok) return failure(deepFreeze(reasonsOfIssues("flow", checked.error)));
  // What has passed the check is an object.
  if (isDeepFrozen(flow)) acceptedFlows.set(flow as object, checked.value);
  return checked;
}

/** The normal form of a flow that was made here or accepted before; undefined where it has to be checked. */
export function acceptedFlow(flow: unknown): AccessFlow | undefined {
  // What is no object was never remembered.
  return isMadeFlow(flow) ? flow : acceptedFlows.get(flow as object);
}

/**
 * As `acceptFlow`, for a schedule alone, its zone looked up in `zones`. Throws an `AccessFlowError` with all
 * issues: its callers have no room for them.
 */
export function acceptTimetable(schedule: unknown, zones: ZoneSource): Timetable {
  const accepted = zones.timetables.get(schedule as object);
  if (accepted !== undefined) return accepted;
  const checked = checkPart<Schedule>(scheduleShape, schedule, { ...definitionWalk, whole: "the schedule", zones });
  if (!checked.ok) throw errorOfIssues("not a schedule:", checked.error);
  const timetable = timetableOf(checked.value, zones);
  if (isDeepFrozen(schedule)) zones.timetables.set(schedule as object, timetable);
  return timetable;
}
