import { zoneFault } from "../../evaluate/accept-zones.js";
import { computeGrantWindow } from "../../evaluate/compute-grant-window.js";
import { isNonEmpty } from "../../kernel/non-empty-array.js";
import { type Reason, reason } from "../../kernel/reason.js";
import { refuse } from "../../kernel/refusal.js";
import type { GrantWindow } from "../../time/grant-window.js";
import { type Instant, lastInstant } from "../../time/instant.js";
import { firstOpening } from "../../time/opening.js";
import { timetableOf } from "../../time/timetable-of.js";
import type { RequestState } from "../request-state.js";
import type { RequestStep } from "../request-step.js";
import { backoffMs } from "./backoff.js";
import { type Conclusion, concludeRequest, tellParties, wakeEffect, wakeTime } from "./conclude-request.js";
import type { ReadOf, ReadRequestEvent } from "./read-request-event.js";
import { factsRefusals, recheck } from "./recheck.js";
import { withdraw } from "./withdraw.js";

/** Scheduled: waits for its start, for fresh facts and for the schedule to open (L3); null: nothing that happens here. */
export function awaitActivation(state: RequestState, event: ReadRequestEvent): RequestStep | null {
  switch (event.type) {
    case "timeReached":
      return passTime(state, event);
    case "factsRead":
      return judgeFacts(state, event);
    case "withdraw":
      return withdraw(state, event);
    default:
      return null;
  }
}

function passTime(state: RequestState, event: ReadOf<"timeReached">): RequestStep | null {
  if (event.at >= activateByOf(state)) return concludeRequest(state, event, overdue(state));
  if (state.awaitingFacts || state.wakeAt === null || event.at < state.wakeAt) return null;
  return concludeRequest(state, event, {
    changes: { awaitingFacts: true, wakeAt: wakeTime(activateByOf(state), event.at) },
    effects: [{ type: "readFacts" }],
  });
}

function judgeFacts(state: RequestState, event: ReadOf<"factsRead">): RequestStep {
  if (!state.awaitingFacts) return refuse(reason("effect_stale", "L6", []));
  const missing = zoneFault(state.request.flow.schedule, event.zones);
  if (missing !== null) return refuse(missing);
  const refusals = factsRefusals(state.request, event.facts, event.at);
  if (isNonEmpty(refusals)) return refuse(...refusals);
  return concludeRequest(state, event, afterFacts(state, event));
}

function afterFacts(state: RequestState, { at, facts, zones, zoneTables }: ReadOf<"factsRead">): Conclusion {
  if (at >= activateByOf(state)) return overdue(state);
  const { request } = state;
  const { fails, unknown } = recheck(request, facts, "L3");
  if (fails.length > 0) return stopped(state, fails);
  // What is not known does not activate: it is asked again (L3).
  if (unknown.length > 0) return waitUntil(state, at, at + backoffMs(state.pauses), state.pauses + 1);
  const opensAt = firstOpening(timetableOf(request.flow.schedule, zones), Math.max(at, request.startAt ?? at));
  if (opensAt === null || opensAt >= activateByOf(state)) return overdue(state);
  if (opensAt > at) return waitUntil(state, at, opensAt, 0);
  // The start that was asked for has come: the grant starts now (W1).
  const { requestedDuration } = request;
  const window = computeGrantWindow(request.flow, { at, zones: zoneTables, ...(requestedDuration === null ? {} : { requestedDuration }) });
  return window.ok ? activation(window.value, at) : stopped(state, window.error);
}

/** The window is fixed now: time spent waiting does not shorten the grant (L4). */
function activation(window: GrantWindow, at: Instant): Conclusion {
  const wakeAt = wakeTime(window.end, at);
  return {
    changes: {
      status: "activating",
      wakeAt,
      awaitingFacts: false,
      pauses: 0,
      grant: { window, generation: 1, attempts: 0, extensions: 0, activatedAt: null },
    },
    effects: [{ type: "activate", generation: 1, notBefore: null }, ...wakeEffect(wakeAt)],
  };
}

function waitUntil(state: RequestState, at: Instant, due: Instant, pauses: number): Conclusion {
  const wakeAt = wakeTime(Math.min(due, activateByOf(state)), at);
  return { changes: { wakeAt, awaitingFacts: false, pauses }, effects: wakeEffect(wakeAt) };
}

function stopped(state: RequestState, reasons: readonly Reason[]): Conclusion {
  return { changes: { status: "rejected", wakeAt: null, awaitingFacts: false, pauses: 0, reasons }, effects: tellParties(state, "over") };
}

function overdue(state: RequestState): Conclusion {
  const reasons = [reason("activation_overdue", "L3", ["settings", "activateWithin"])];
  return { changes: { status: "expired", wakeAt: null, awaitingFacts: false, pauses: 0, reasons }, effects: tellParties(state, "over") };
}

function activateByOf({ activateBy }: RequestState): Instant {
  return activateBy ?? lastInstant;
}
