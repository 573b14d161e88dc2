import type { ClaimedEffect } from "../../ports/request-store.js";
import { carryOutEffect } from "../effect/carry-out-effect.js";
import { retryAfter, settleAgain } from "../effect/effect-work.js";
import { readClock } from "../event-time.js";
import { isUnreadable } from "../guard/unavailable.js";
import type { ServiceContext } from "../service-context.js";

/** Claimed together and carried out at the same time: more would wait for their turn while their lease runs. */
const mostAtOnce = 8;

/**
 * Claims effects that are due and carries them out. Lanes keep their order: of each at most one is claimed. Answers
 * how many there were.
 */
export async function workOutbox(context: ServiceContext, limit: number): Promise<number> {
  const { leaseMs, worker } = context.settings;
  const claimed = await context.store.claimEffects({
    now: await readClock(context),
    leaseMs,
    limit: Math.min(limit, mostAtOnce),
    worker,
  });
  const worked = await Promise.allSettled(claimed.map((one) => workOn(context, one)));
  // All have come to their end before the first failure is told.
  for (const one of worked) if (one.status === "rejected") throw one.reason;
  return claimed.length;
}

async function workOn(context: ServiceContext, claimed: ClaimedEffect): Promise<void> {
  try {
    await carryOutEffect(context, claimed);
  } catch (error) {
    // A request of a later version waits for a later version of this service.
    if (!isUnreadable(error)) throw error;
    await settleAgain(context, claimed, retryAfter(await readClock(context), claimed.attempt), claimed.handle);
  }
}
