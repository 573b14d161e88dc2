import { type Instant, lastInstant } from "../../core/time/instant.js";
import type { Ticked } from "../access-service.js";
import { readClock } from "../event-time.js";
import type { ServiceContext } from "../service-context.js";
import { passTime } from "./pass-time.js";
import { nextSweep, type Sweep, sweepGrantees } from "./sweep-grantees.js";
import { workOutbox } from "./work-outbox.js";

/** Does what is due, by turns: time passes, effects are carried out, and what they led to may be due at once. */
export async function tick(
  context: ServiceContext,
  sweep: Sweep,
  { limit, budgetMs }: { readonly limit: number; readonly budgetMs: number },
): Promise<Ticked> {
  const until = (await readClock(context)) + budgetMs;
  const hasTime = async (): Promise<boolean> => (await readClock(context)) < until;
  const fruitless = new Set<string>();
  let done = 0;
  let idle = false;
  do {
    const passed = await passTime(context, limit - done, fruitless);
    const carriedOut = done + passed < limit ? await workOutbox(context, limit - done - passed) : 0;
    done += passed + carriedOut;
    idle = passed + carriedOut === 0;
  } while (!idle && done < limit && (await hasTime()));
  const swept = idle ? await sweepGrantees(context, sweep, limit) : { done: 0, more: true };
  done += swept.done;
  const more = !idle || swept.more || swept.done > 0;
  return Object.freeze({ done, more, nextAt: await nextAt(context, sweep) });
}

async function nextAt(context: ServiceContext, sweep: Sweep): Promise<Instant | null> {
  const [first] = await context.store.due({ now: lastInstant, limit: 1 });
  const times = [first?.wakeAt ?? null, context.upcoming.next(await readClock(context)), nextSweep(context, sweep)];
  const known = times.filter((at) => at !== null);
  return known.length === 0 ? null : Math.min(...known);
}
