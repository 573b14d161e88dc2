import { acceptFlow } from "../define/accept.js";
import type { AccessFlow } from "../flow/access-flow.js";
import { deepFreeze } from "../kernel/deep-freeze.js";
import { Defect } from "../kernel/defect.js";
import { isNonEmpty, type NonEmptyArray } from "../kernel/non-empty-array.js";
import { type Reason, reason } from "../kernel/reason.js";
import { failure, type Result, success } from "../kernel/result.js";
import { durationMs, maximumDurationMs, measureDuration } from "../time/duration.js";
import type { GrantWindow } from "../time/grant-window.js";
import { lastInstant } from "../time/instant.js";
import { firstClosing, firstOpening, openAt } from "../time/opening.js";
import { timetableOf } from "../time/timetable-of.js";
import { zoneFault } from "./accept-zones.js";
import { type AskedWindow, type GrantWindowInput, readGrantWindowInput } from "./grant-window-input.js";

/**
 * When a grant that is asked for, or activated, at `at` begins and ends (W1–W5).
 *
 * Half-open: in force from `start` on, no longer at `end`; an `end` of null lasts until the grant is revoked
 * (W2). The flow's duration is a maximum (W3). The schedule does not shorten a grant, unless `grantFor` says
 * `endWith: "schedule"` (W4). Whether the flow is active and the requestor eligible is not asked here.
 *
 * A refusal has every reason, not the first: `start_in_past`, `start_not_offered`, `start_too_late`,
 * `duration_required`, `duration_not_positive`, `duration_not_whole`, `duration_over_maximum`,
 * `duration_out_of_range` (over 3,650 days, or ending after the year 9999), `schedule_closed_at_start`; for
 * bad arguments `instant_invalid` and `facts_invalid`, also where `endWith` needs a zone that `zones` lacks (X11).
 *
 * @example
 * const flow = defineAccessFlow({
 *   name: "Read the ledger",
 *   requestors: { conditions: [{ attribute: "group", values: ["finance"] }] },
 *   targets: [{ kind: "integration", integration: "ledger", resourceType: "database", permissions: ["read"] }],
 *   grantFor: { kind: "fixed", amount: 2, unit: "hour" },
 * });
 * const at = "2026-03-02T09:00:00Z";
 * computeGrantWindow(flow, { at });
 * // => { ok: true, value: { start: Date.parse("2026-03-02T09:00:00Z"), end: Date.parse("2026-03-02T11:00:00Z") } }
 * computeGrantWindow(flow, { at, requestedDuration: { amount: 1, unit: "day" } });
 * // => { ok: false, error: [{ code: "duration_over_maximum", rule: "W3", path: ["grantFor"], maximumMs: 7200000 }] }
 */
export function computeGrantWindow(flow: AccessFlow, input: GrantWindowInput): Result<GrantWindow, NonEmptyArray<Reason>> {
  const accepted = acceptFlow(flow);
  const asked = readGrantWindowInput(input);
  if (!accepted.ok) return failure(deepFreeze([...accepted.error, ...asked.faults]));
  const { window, reasons } = judgeWindow(accepted.value, asked);
  if (isNonEmpty(reasons)) return failure(deepFreeze(reasons));
  if (window === null) throw new Defect("neither a window nor a reason");
  return success(deepFreeze(window));
}

type JudgedWindow = { readonly window: GrantWindow | null; readonly reasons: readonly Reason[] };

/** Every part is judged, whatever came of the others; the window needs them all. */
function judgeWindow(flow: AccessFlow, asked: AskedWindow): JudgedWindow {
  const length = judgeLength(flow, asked);
  const limit = judgeLimit(flow, asked);
  const reasons = [...asked.faults, ...startReasons(flow, asked), ...length.reasons, ...limit.reasons];
  if (asked.start === null || length.value === null || limit.value === null) return { window: null, reasons };
  const end = Math.min(asked.start + length.value, limit.value);
  if (end === Number.POSITIVE_INFINITY) return { window: { start: asked.start, end: null }, reasons };
  // No instant is at or after such an end (S8): the grant could never be seen to be over.
  if (end > lastInstant) reasons.push(reason("duration_out_of_range", "W1", [], { maximumMs: lastInstant - asked.start }));
  return { window: { start: asked.start, end }, reasons };
}

/** Whether access may start when it is asked to (W1). */
function startReasons(flow: AccessFlow, { at, start }: AskedWindow): readonly Reason[] {
  if (at === null || start === null) return [];
  if (start < at) return [reason("start_in_past", "W1", [])];
  if (start === at) return [];
  const { startWithin } = flow.settings;
  const path = ["settings", "startWithin"];
  if (startWithin === null) return [reason("start_not_offered", "W1", path)];
  const latest = at + durationMs(startWithin);
  return start > latest ? [reason("start_too_late", "W1", path, { latest })] : [];
}

/** Null: refused, or not readable. Infinity: without end. */
type Judged = { readonly value: number | null; readonly reasons: readonly Reason[] };

const lasting = (value: number): Judged => ({ value, reasons: [] });

/** An argument is faulty, and among the faults. */
const unreadable: Judged = { value: null, reasons: [] };

const refusedFor = (...reasons: readonly Reason[]): Judged => ({ value: null, reasons });

/** How long the grant may last, in milliseconds (W1–W3). */
function judgeLength({ grantFor, settings }: AccessFlow, { duration }: AskedWindow): Judged {
  const maximumMs = grantFor.kind === "fixed" ? durationMs(grantFor) : Number.POSITIVE_INFINITY;
  if (duration === null) return { value: null, reasons: [] };
  if (duration === "notAsked") {
    return settings.requireDuration ? refusedFor(reason("duration_required", "W3", ["settings", "requireDuration"])) : lasting(maximumMs);
  }
  const measured = measureDuration(duration.amount, duration.unit);
  if (!measured.ok && measured.fault === "not_positive") return refusedFor(reason("duration_not_positive", "W3", []));
  const reasons: Reason[] = [];
  // The flow's own maximum tells more than the limit of all durations, and is never above it.
  if (measured.ms > maximumMs) reasons.push(reason("duration_over_maximum", "W3", ["grantFor"], { maximumMs }));
  else if (measured.ms > maximumDurationMs) {
    reasons.push(reason("duration_out_of_range", "W1", [], { maximumMs: maximumDurationMs }));
  }
  if (!measured.ok && !measured.whole) reasons.push(reason("duration_not_whole", "W3", []));
  return reasons.length === 0 ? lasting(measured.ms) : refusedFor(...reasons);
}

/** Until when the schedule lets the grant last (W4). */
function judgeLimit({ grantFor, schedule }: AccessFlow, { start, zones }: AskedWindow): Judged {
  if (zones === null) return unreadable;
  if (grantFor.endWith === undefined) return lasting(Number.POSITIVE_INFINITY);
  const fault = zoneFault(schedule, zones);
  if (fault !== null) return refusedFor(fault);
  if (start === null) return unreadable;
  const timetable = timetableOf(schedule, zones);
  if (openAt(timetable, start)) return lasting(firstClosing(timetable, start) ?? Number.POSITIVE_INFINITY);
  return refusedFor(reason("schedule_closed_at_start", "W4", ["grantFor", "endWith"], { opensAt: firstOpening(timetable, start) }));
}
