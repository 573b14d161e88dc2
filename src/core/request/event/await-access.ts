import { reason } from "../../kernel/reason.js";
import { refuse } from "../../kernel/refusal.js";
import type { EntitlementReport, RequestState } from "../request-state.js";
import type { RequestStep } from "../request-step.js";
import { backoffMs } from "./backoff.js";
import { type Conclusion, concludeRequest, tellParties, wakeEffect, wakeTime } from "./conclude-request.js";
import { endAccess, grantOf, isOver } from "./end-access.js";
import type { ReadReport, ReadRequestEvent } from "./read-request-event.js";
import { mayRevoke } from "./who-may.js";

/** Failed attempts after which activation is given up. */
export const mostAttempts = 5;

/** Activating: the provisioner has its order (L6); null: nothing that happens here. */
export function awaitAccess(state: RequestState, event: ReadRequestEvent): RequestStep | null {
  switch (event.type) {
    case "activated":
      return activated(state, event);
    case "activationFailed":
      return failed(state, event, event.retryable);
    case "timeReached":
      return isOver(grantOf(state), event.at) ? concludeRequest(state, event, neverActivated(state)) : null;
    case "revoke":
      if (!mayRevoke(state, event.by)) return refuse(reason("not_allowed_to_revoke", "L5", []));
      return concludeRequest(state, event, endAccess(state, "revoked"));
    default:
      return null;
  }
}

function activated(state: RequestState, event: ReadReport): RequestStep {
  // All or nothing: a part that is not held, or not known to be, makes it a failure that is cleaned up (L6).
  if (!event.reports.every(isHeld)) return failed(state, event, false);
  const grant = grantOf(state);
  if (isOver(grant, event.at)) return concludeRequest(state, event, endAccess(state, "ended", { reports: event.reports }));
  const wakeAt = wakeTime(grant.window.end, event.at);
  return concludeRequest(state, event, {
    changes: {
      status: "active",
      wakeAt,
      grant: { ...grant, attempts: 0, activatedAt: event.at },
      entitlementReports: event.reports,
    },
    effects: [...tellParties(state, "active"), ...wakeEffect(wakeAt)],
  });
}

/** The window has passed and nobody has said that the access was given: it may have been. */
function neverActivated(state: RequestState): Conclusion {
  const reasons = [reason("activation_failed", "L6", [], { attempts: grantOf(state).attempts })];
  return endAccess(state, "activationFailed", { reasons });
}

function isHeld({ access }: EntitlementReport): boolean {
  return access === "held" || access === "heldBefore";
}

function failed(state: RequestState, event: ReadReport, retryable: boolean): RequestStep {
  const grant = grantOf(state);
  const { reports } = event;
  if (!retryable || grant.attempts >= mostAttempts || isOver(grant, event.at)) {
    const reasons = [reason("activation_failed", "L6", [], { attempts: grant.attempts + 1 })];
    return concludeRequest(state, event, endAccess(state, "activationFailed", { reasons, reports, effects: tellParties(state, "ending") }));
  }
  const generation = grant.generation + 1;
  return concludeRequest(state, event, {
    changes: { grant: { ...grant, generation, attempts: grant.attempts + 1 }, entitlementReports: reports },
    effects: [{ type: "activate", generation, notBefore: event.at + backoffMs(grant.attempts) }],
  });
}
