import type { Instant } from "../../core/time/instant.js";
import type { ClaimedEffect } from "../../ports/request-store.js";
import type { ServiceContext } from "../service-context.js";

/** What came of carrying an effect out: settled (or lost to another worker, which settles it), or to be tried again. */
export type Worked = "settled" | "again";

/** Nothing is left to be done of an effect. */
export async function settleDone(context: ServiceContext, { effect, lease }: ClaimedEffect): Promise<Worked> {
  // Where the lease is lost, another worker has it and settles it: carrying out is safe to repeat.
  await context.store.settleEffect({ key: effect.key, lease, outcome: "done" });
  return "settled";
}

/** Gives an effect back, to be tried again at an instant; with the handle of work that is under way. */
export async function settleAgain(
  context: ServiceContext,
  { effect, lease }: ClaimedEffect,
  retryAt: Instant,
  handle: string | null = null,
): Promise<Worked> {
  await context.store.settleEffect({ key: effect.key, lease, outcome: { retryAt, handle } });
  context.upcoming.note(retryAt);
  return "again";
}

const shortestPauseMs = 30_000;
const longestPauseMs = 900_000;

/** When what failed is tried again: after 30 seconds, doubling to 15 minutes. */
export function retryAfter(now: Instant, attempt: number): Instant {
  return now + Math.min(shortestPauseMs * 2 ** Math.min(Math.max(attempt, 1) - 1, 10), longestPauseMs);
}
