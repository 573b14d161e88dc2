import { readClock } from "../event-time.js";
import { isUnreadable } from "../guard/unavailable.js";
import { sendEvent } from "../send-event.js";
import type { ServiceContext } from "../service-context.js";

/** A request that time changes more often than this at one instant is looked at again in the next round. */
const mostSteps = 100;

/**
 * Lets time pass for requests that are due, the earliest first, each until nothing changes any more. `fruitless` are
 * those on which nothing could be done: they are not tried again in this run. Answers how many events there were.
 */
export async function passTime(context: ServiceContext, limit: number, fruitless: Set<string>): Promise<number> {
  // What nothing can be done on must not hide what is due behind it.
  const due = await context.store.due({ now: await readClock(context), limit: limit + fruitless.size });
  let done = 0;
  for (const { id } of due.filter((one) => !fruitless.has(one.id)).slice(0, limit)) {
    const steps = await passTimeOf(context, id);
    if (steps === 0) fruitless.add(id);
    done += steps;
  }
  return done;
}

async function passTimeOf(context: ServiceContext, id: string): Promise<number> {
  let steps = 0;
  try {
    while (steps < mostSteps && (await sendEvent(context, id, (at) => ({ type: "timeReached", at }))).outcome === "changed") steps += 1;
  } catch (error) {
    // One request of a later version must not keep time from passing for the others.
    if (!isUnreadable(error)) throw error;
  }
  return steps;
}
