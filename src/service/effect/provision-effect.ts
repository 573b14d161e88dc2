import type { RequestState } from "../../core/request/request-state.js";
import type { ClaimedEffect } from "../../ports/request-store.js";
import { eventTime, readClock } from "../event-time.js";
import type { ServiceContext } from "../service-context.js";
import { carryOutPart } from "./carry-out-part.js";
import { retryAfter, settleAgain, settleDone, type Worked } from "./effect-work.js";
import { prepareOrder } from "./prepare-order.js";
import { isCurrent, type ProvisioningEffect } from "./provision-current.js";
import { type Progress, readProgress } from "./provision-parts.js";
import { notBegun, type Verdict, verdictOf } from "./provision-verdict.js";
import { reportEvent } from "./report-event.js";
import { withoutBorrowedAccess } from "./standing-access.js";

/** How often a moved end is told to a target: it is a safety net there, and taking access back waits behind it. */
const mostEndChanges = 3;

/** Whatever a provisioner wishes: the effects behind this one wait as long, and taking access back may be among them. */
const longestRestMs = 900_000;

/**
 * Gives access, takes it back, or tells the targets of a moved end (L6). Nothing is begun that is stale, or after its
 * deadline, which lies before the end of the lease by all the time that a provisioner has. While a part is under way,
 * the effect waits, and keeps what the other parts have come to.
 */
export async function provisionEffect(context: ServiceContext, claimed: ClaimedEffect, effect: ProvisioningEffect): Promise<Worked> {
  const { attempt, handle } = claimed;
  const state = await context.store.load(claimed.request);
  const now = await readClock(context);
  if (state === null || !isCurrent(state, effect, claimed, now)) return settleDone(context, claimed);
  // A clock that far behind knows nothing of deadlines.
  if (eventTime(now, state.lastAt) === null) return settleAgain(context, claimed, retryAfter(now, attempt), handle);
  const prepared = await prepareOrder(context, claimed, effect, state);
  if (prepared.order === null) {
    if (handle !== null) return settleAgain(context, claimed, retryAfter(now, 1), handle);
    return conclude(context, claimed, effect, state, notBegun(state, prepared.retryable));
  }
  const { order, parts } = prepared;
  const begin = await readClock(context);
  if (handle === null && begin >= order.deadline) return settleAgain(context, claimed, begin);
  const before = readProgress(handle);
  const { provisionTimeoutMs } = context.settings;
  const answers = await Promise.all(parts.map((part) => carryOutPart(effect, order, part, before[part.name], provisionTimeoutMs)));
  const progress: Progress = Object.fromEntries(parts.map(({ name }, index) => [name, answers[index]?.progress ?? { handle: "" }]));
  const checks = answers.flatMap(({ checkAt }) => checkAt ?? []);
  // A moved end that takes its time is on its way.
  if (checks.length > 0 && effect.type !== "changeEnd") {
    const { end } = order.window;
    const checkAt = Math.min(...checks, begin + longestRestMs, end !== null && end > begin ? end : Number.POSITIVE_INFINITY);
    return settleAgain(context, claimed, Math.max(begin, checkAt), JSON.stringify(progress));
  }
  return conclude(context, claimed, effect, state, verdictOf(effect.type, state, order.keep, parts, progress));
}

async function conclude(
  context: ServiceContext,
  claimed: ClaimedEffect,
  { type, generation }: ProvisioningEffect,
  state: RequestState,
  { done, retryable, reports }: Verdict,
): Promise<Worked> {
  switch (type) {
    case "activate": {
      const own = await withoutBorrowedAccess(context, state, reports);
      return reportEvent(context, claimed, (at) =>
        done ? { type: "activated", generation, reports: own, at } : { type: "activationFailed", generation, retryable, reports: own, at },
      );
    }
    case "deactivate":
      return reportEvent(context, claimed, (at) => ({ type: done ? "deactivated" : "deactivationFailed", generation, reports, at }));
    case "changeEnd":
      return done || claimed.attempt >= mostEndChanges
        ? settleDone(context, claimed)
        : settleAgain(context, claimed, await readClock(context));
  }
}
