import { zoneFault } from "../../evaluate/accept-zones.js";
import { isNonEmpty } from "../../kernel/non-empty-array.js";
import { type Reason, reason } from "../../kernel/reason.js";
import { refuse } from "../../kernel/refusal.js";
import { durationMs, maximumDurationMs } from "../../time/duration.js";
import { type Instant, lastInstant } from "../../time/instant.js";
import { firstClosing, firstOpening, openAt } from "../../time/opening.js";
import { timetableOf } from "../../time/timetable-of.js";
import type { ZoneSource } from "../../time/zone-source.js";
import type { RequestGrant, RequestState } from "../request-state.js";
import type { RequestStep } from "../request-step.js";
import { concludeRequest, tellParties, wakeEffect, wakeTime } from "./conclude-request.js";
import { grantOf, isOver } from "./end-access.js";
import type { ReadOf } from "./read-request-event.js";
import { factsRefusals, recheck } from "./recheck.js";
import { isGrantee } from "./who-may.js";

/** Extending is asking again (W6): on fresh facts, never after the end, never beyond what any grant may last. */
export function extend(state: RequestState, event: ReadOf<"extend">): RequestStep {
  const missing = zoneFault(state.request.flow.schedule, event.zones);
  if (missing !== null) return refuse(missing);
  const grant = grantOf(state);
  const extended = extendedEnd(state, grant);
  const refusals = [
    ...(isGrantee(state, event.by) ? [] : [reason("not_the_grantee", "W6", [])]),
    ...grantRefusals(state, grant, event.at),
    ...askingAgain(state, event),
    ...(extended === null ? [] : rangeRefusals(state, grant, extended, event)),
  ];
  if (isNonEmpty(refusals) || extended === null) return refuse(...(refusals as [Reason, ...Reason[]]));
  const { generation } = grant;
  const wakeAt = wakeTime(extended, event.at);
  return concludeRequest(state, event, {
    changes: {
      wakeAt,
      grant: { ...grant, window: { start: grant.window.start, end: extended }, extensions: grant.extensions + 1 },
    },
    effects: [{ type: "changeEnd", generation, notBefore: null }, ...wakeEffect(wakeAt), ...tellParties(state, "active")],
  });
}

/** null: a grant without end has none to move. */
function extendedEnd({ request }: RequestState, { window }: RequestGrant): Instant | null {
  return window.end === null ? null : window.end + durationMs(request.flow.settings.extension);
}

function grantRefusals({ request }: RequestState, grant: RequestGrant, at: Instant): readonly Reason[] {
  if (grant.window.end === null) return [reason("grant_indefinite", "W6", ["grantFor"])];
  return [
    ...(isOver(grant, at) ? [reason("grant_over", "W5", [])] : []),
    ...(grant.extensions < request.flow.settings.maxExtensions ? [] : [reason("extensions_used_up", "W6", ["settings", "maxExtensions"])]),
  ];
}

/** Requestor and grantee are evaluated as at a submission, the schedule included (R2); what is unknown refuses. */
function askingAgain({ request }: RequestState, { facts, zones, at }: ReadOf<"extend">): readonly Reason[] {
  const refusals = factsRefusals(request, facts, at);
  if (refusals.length > 0) return refusals;
  const timetable = timetableOf(request.flow.schedule, zones);
  const closed = openAt(timetable, at) ? [] : [reason("schedule_closed", "R2", ["schedule"], { opensAt: firstOpening(timetable, at) })];
  const { fails, unknown } = recheck(request, facts, "W6");
  return [...closed, ...fails, ...unknown];
}

/** Refused, not cut: beyond W1's limit, the end of instants, or, where the grant ends with the schedule, its closing. */
function rangeRefusals(
  { request }: RequestState,
  { window }: RequestGrant,
  end: Instant,
  asked: { readonly at: Instant; readonly zones: ZoneSource },
): readonly Reason[] {
  const { at, zones } = asked;
  const { schedule, grantFor } = request.flow;
  const timetable = timetableOf(schedule, zones);
  const closing = grantFor.endWith === undefined || !openAt(timetable, at) ? null : firstClosing(timetable, at);
  const latest = Math.min(window.start + maximumDurationMs, lastInstant, closing ?? lastInstant);
  return end > latest ? [reason("duration_out_of_range", "W6", ["settings", "extension"], { maximumMs: latest - window.start })] : [];
}
