import type { ReasonCode } from "../../core/kernel/reason.js";
import type { RequestEvent } from "../../core/request/request-event.js";
import type { Instant } from "../../core/time/instant.js";
import type { ClaimedEffect } from "../../ports/request-store.js";
import { readClock } from "../event-time.js";
import { sendEvent } from "../send-event.js";
import type { ServiceContext } from "../service-context.js";
import { retryAfter, settleAgain, settleDone, type Worked } from "./effect-work.js";

/** What the machine says to a report that came too late. */
const staleness: ReadonlySet<ReasonCode> = new Set<ReasonCode>(["effect_stale", "request_over", "status_forbids"]);

/**
 * Reports what carrying an effect out led to: the event and the settling of the effect in one commit, so that neither
 * is there without the other. What the machine does not accept any more because it
 * is stale is settled; refused for any other reason, it is made again later.
 */
export async function reportEvent(
  context: ServiceContext,
  claimed: ClaimedEffect,
  eventAt: (at: Instant) => RequestEvent,
): Promise<Worked> {
  const { effect, lease, request } = claimed;
  const sent = await sendEvent(context, request, eventAt, { key: effect.key, lease });
  switch (sent.outcome) {
    case "changed":
    case "leaseLost":
      return "settled";
    case "refused":
      return sent.reasons.every(({ code }) => staleness.has(code))
        ? settleDone(context, claimed)
        : settleAgain(context, claimed, retryAfter(await readClock(context), claimed.attempt), claimed.handle);
    case "unchanged":
    case "absent":
      return settleDone(context, claimed);
    case "clockWentBack":
      return settleAgain(context, claimed, retryAfter(await readClock(context), claimed.attempt), claimed.handle);
    case "conflict":
      return settleAgain(context, claimed, await readClock(context), claimed.handle);
  }
}
