import type { Instant } from "../../core/time/instant.js";
import type { ClaimedEffect } from "../../ports/request-store.js";
import { readClock } from "../event-time.js";
import { withinTime } from "../guard/within-time.js";
import type { ServiceContext } from "../service-context.js";
import { retryAfter, settleAgain, settleDone, type Worked } from "./effect-work.js";

/** Asks the scheduler for a hint. */
export async function wakeEffect(context: ServiceContext, claimed: ClaimedEffect, at: Instant): Promise<Worked> {
  const { wake } = context.ports;
  if (wake === undefined) return settleDone(context, claimed);
  const { request, effect, attempt } = claimed;
  const asked = await withinTime(context.settings.portTimeoutMs, () => wake.wake({ key: effect.key, request, at }));
  return asked.answered ? settleDone(context, claimed) : settleAgain(context, claimed, retryAfter(await readClock(context), attempt));
}
