import { accessFlowError } from "../core/kernel/access-flow-error.js";
import { type Instant, requireInstant } from "../core/time/instant.js";
import { withinTime } from "./guard/within-time.js";
import type { ServiceContext } from "./service-context.js";

/** How far the clock is raised to the last event's time: machines disagree by some milliseconds, not by more (L7). */
const mostRaisedMs = 5_000;

/** What time it is. A clock that does not answer is the store's, and as unavailable. */
export async function readClock(context: ServiceContext): Promise<Instant> {
  const asked = await withinTime(context.settings.portTimeoutMs, () => context.ports.clock.now());
  if (!asked.answered) throw accessFlowError("store_unavailable", "the clock did not answer");
  return requireInstant(asked.value, "clock.now()");
}

/** When an event takes place that follows the last one: never before it; null where the clock went back too far (L7). */
export function eventTime(now: Instant, lastAt: Instant): Instant | null {
  if (now >= lastAt) return now;
  return lastAt - now <= mostRaisedMs ? lastAt : null;
}
