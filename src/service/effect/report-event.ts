import type { RequestEvent } from "../../core/request/request-event.js";
import type { Instant } from "../../core/time/instant.js";
import type { ClaimedEffect } from "../../ports/request-store.js";
import { readClock } from "../event-time.js";
import { sendEvent } from "../send-event.js";
import type { ServiceContext } from "../service-context.js";
import { retryAfter, settleAgain, settleDone, type Worked } from "./effect-work.js";

/**
 * Reports what carrying an effect out led to: the event and the settling of the effect in one commit, so that neither
 * is there without the other. What the machine does not accept any more is stale, and settled.
 */
export async function reportEvent(
  context: ServiceContext,
  claimed: ClaimedEffect,
  eventAt: (at: Instant) => RequestEvent,
): Promise<Worked> {
  const { effect, lease, request } = claimed;
  const { outcome } = await sendEvent(context, request, eventAt, { key: effect.key, lease });
  switch (outcome) {
    case "changed":
    case "leaseLost":
      return "settled";
    case "refused":
    case "unchanged":
    case "absent":
      return settleDone(context, claimed);
    case "clockWentBack":
      return settleAgain(context, claimed, retryAfter(await readClock(context), claimed.attempt), claimed.handle);
    case "conflict":
      return settleAgain(context, claimed, await readClock(context), claimed.handle);
  }
}
