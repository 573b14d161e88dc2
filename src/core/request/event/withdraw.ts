import { reason } from "../../kernel/reason.js";
import { refuse } from "../../kernel/refusal.js";
import type { RequestState } from "../request-state.js";
import type { RequestStep } from "../request-step.js";
import { concludeRequest, tellParties } from "./conclude-request.js";
import type { ReadOf } from "./read-request-event.js";
import { mayWithdraw } from "./who-may.js";

/** Takes a request back before it activates, while no approval is open (L5). */
export function withdraw(state: RequestState, event: ReadOf<"withdraw">): RequestStep {
  if (!mayWithdraw(state, event.by)) return refuse(reason("not_allowed_to_withdraw", "L5", []));
  return concludeRequest(state, event, {
    changes: { status: "withdrawn", wakeAt: null, awaitingFacts: false },
    effects: tellParties(state, "over"),
  });
}
