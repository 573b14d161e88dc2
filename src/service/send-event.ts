import type { NonEmptyArray } from "../core/kernel/non-empty-array.js";
import type { Reason } from "../core/kernel/reason.js";
import type { RequestEvent } from "../core/request/request-event.js";
import type { RequestState } from "../core/request/request-state.js";
import { transitionRequest } from "../core/request/transition-request.js";
import type { Instant } from "../core/time/instant.js";
import type { RequestWrite } from "../ports/request-store.js";
import { commitEvent } from "./commit-event.js";
import { eventTime, readClock } from "./event-time.js";
import type { ServiceContext } from "./service-context.js";

/** What came of an event that no person sent. */
export type Sent =
  | { readonly outcome: "changed" | "unchanged" | "absent" | "clockWentBack" | "leaseLost" | "conflict" }
  | { readonly outcome: "refused"; readonly reasons: NonEmptyArray<Reason> };

/**
 * Lets the machine decide on an event, and commits what it decided, with the settling of the effect that caused it.
 * Where others change the request at the same time, it is decided again on what they wrote, a bounded number of times.
 */
export async function sendEvent(
  context: ServiceContext,
  id: string,
  eventAt: (at: Instant, state: RequestState) => RequestEvent,
  settle: RequestWrite["settle"] = null,
): Promise<Sent> {
  for (let attempt = 0; attempt < context.settings.attempts; attempt += 1) {
    const state = await context.store.load(id);
    if (state === null) return { outcome: "absent" };
    const at = eventTime(await readClock(context), state.lastAt);
    if (at === null) return { outcome: "clockWentBack" };
    const decided = transitionRequest(state, eventAt(at, state));
    if (!decided.ok) return { outcome: "refused", reasons: decided.error.reasons };
    const { recorded } = decided.value;
    if (recorded === null) return { outcome: "unchanged" };
    const { outcome } = await commitEvent(context, { ...decided.value, recorded }, { settle });
    if (outcome === "committed") return { outcome: "changed" };
    if (outcome === "leaseLost") return { outcome: "leaseLost" };
  }
  return { outcome: "conflict" };
}
