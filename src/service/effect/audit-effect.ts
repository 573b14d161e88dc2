import { Defect } from "../../core/kernel/defect.js";
import type { ClaimedEffect } from "../../ports/request-store.js";
import { readClock } from "../event-time.js";
import { withinTime } from "../guard/within-time.js";
import type { ServiceContext } from "../service-context.js";
import { retryAfter, settleAgain, settleDone, type Worked } from "./effect-work.js";

/** Feeds the audit sink with the event that the effect was recorded with. Its lane keeps the order of revisions. */
export async function auditEffect(context: ServiceContext, claimed: ClaimedEffect): Promise<Worked> {
  const { audit } = context.ports;
  if (audit === undefined) return settleDone(context, claimed);
  // `<request>:<revision>:audit`, and ids of requests may hold colons themselves.
  const revision = Number(claimed.effect.key.split(":").at(-2));
  const [event] = await context.store.events(claimed.request, revision - 1);
  if (event?.revision !== revision) throw new Defect(`request \`${claimed.request}\` has no event ${revision}`);
  const asked = await withinTime(context.settings.portTimeoutMs, () => audit.record([event]));
  return asked.answered
    ? settleDone(context, claimed)
    : settleAgain(context, claimed, retryAfter(await readClock(context), claimed.attempt));
}
