import type { ClaimedEffect } from "../../ports/request-store.js";
import { readFacts } from "../facts/read-facts.js";
import type { ServiceContext } from "../service-context.js";
import { settleDone, type Worked } from "./effect-work.js";
import { reportEvent } from "./report-event.js";

/** Reads the facts that an activation is decided on (L3). What does not answer is unknown, and says so. */
export async function readFactsEffect(context: ServiceContext, claimed: ClaimedEffect): Promise<Worked> {
  const state = await context.store.load(claimed.request);
  if (state === null || !state.awaitingFacts) return settleDone(context, claimed);
  const facts = await readFacts(context, state.request);
  // The clock of the event may have been raised or set back by a little; facts are never of its future.
  const { zones } = context.settings;
  return reportEvent(context, claimed, (at) => ({ type: "factsRead", facts: { ...facts, readAt: Math.min(facts.readAt, at) }, at, zones }));
}
