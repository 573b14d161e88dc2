import type { FactsRead } from "../../core/request/request-event.js";
import type { RequestState } from "../../core/request/request-state.js";
import type { Instant } from "../../core/time/instant.js";
import { granteeIdOf } from "../commit-event.js";
import { readClock } from "../event-time.js";
import { noNeeds } from "../facts/person-needs.js";
import { type PersonRead, readPerson } from "../facts/read-person.js";
import { sendEvent } from "../send-event.js";
import type { ServiceContext } from "../service-context.js";

/** Where the sweep of this process stands: it goes on over several ticks. */
export type Sweep = { startedAt: Instant | null; after: string | null };

export function createSweep(): Sweep {
  return { startedAt: null, after: null };
}

/** How many people the directory is asked about at once. */
const pageSize = 20;

/**
 * Looks at the grantees of active grants, and ends the grants of those who are known to be inactive or gone (L10). What
 * the directory does not say ends nothing. Answers how many grants were ended, and whether the sweep has more to do.
 */
export async function sweepGrantees(
  context: ServiceContext,
  sweep: Sweep,
  limit: number,
): Promise<{ readonly done: number; readonly more: boolean }> {
  const every = context.settings.sweepEveryMs;
  const now = await readClock(context);
  const isRunning = sweep.after !== null;
  const isDue = every !== null && (sweep.startedAt === null || now >= sweep.startedAt + every || now < sweep.startedAt);
  if (!isRunning && !isDue) return { done: 0, more: false };
  if (!isRunning) sweep.startedAt = now;
  let done = 0;
  for (let looked = 0; looked < limit; ) {
    const page = await context.store.list({ statuses: ["active"], after: sweep.after ?? undefined, limit: pageSize });
    const ended = await Promise.all(page.items.map((state) => endIfGone(context, state)));
    done += ended.filter((one) => one).length;
    looked += Math.max(page.items.length, 1);
    sweep.after = page.next;
    if (page.next === null) return { done, more: false };
  }
  return { done, more: true };
}

/** When the next sweep begins; null: never. */
export function nextSweep(context: ServiceContext, { startedAt }: Sweep): Instant | null {
  const every = context.settings.sweepEveryMs;
  return every === null || every === 0 || startedAt === null ? null : startedAt + every;
}

async function endIfGone(context: ServiceContext, { request, ...state }: RequestState): Promise<boolean> {
  const readAt = await readClock(context);
  const person = await readPerson(context, granteeIdOf({ request, ...state }), noNeeds);
  if (!isKnownGone(person)) return false;
  const facts: Omit<FactsRead, "readAt"> = {
    requestor: request.grantee === null ? person : "unknown",
    grantee: request.grantee === null ? null : person,
    flow: "unknown",
    notCovered: "unknown",
  };
  const sent = await sendEvent(context, request.id, (at) => ({ type: "factsRead", facts: { ...facts, readAt: Math.min(readAt, at) }, at }));
  return sent.outcome === "changed";
}

function isKnownGone(person: PersonRead): boolean {
  return person === "gone" || (person !== "unknown" && person.active === false);
}
