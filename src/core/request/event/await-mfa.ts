import { isNonEmpty } from "../../kernel/non-empty-array.js";
import { type Reason, reason } from "../../kernel/reason.js";
import { refuse } from "../../kernel/refusal.js";
import type { RequestState } from "../request-state.js";
import type { RequestStep } from "../request-step.js";
import { mfaRefusals } from "../submission/mfa-evidence.js";
import { concludeRequest, tellParties } from "./conclude-request.js";
import { mfaDeadlineOf, openRequest } from "./open-request.js";
import type { ReadOf, ReadRequestEvent } from "./read-request-event.js";
import { isGrantee } from "./who-may.js";
import { withdraw } from "./withdraw.js";

/** Waiting for the grantee's MFA (L2); null: nothing that happens here. */
export function awaitMfa(state: RequestState, event: ReadRequestEvent): RequestStep | null {
  switch (event.type) {
    case "completeMfa":
      return completeMfa(state, event);
    case "withdraw":
      return withdraw(state, event);
    case "timeReached": {
      const deadline = mfaDeadlineOf(state);
      if (event.at < deadline) return null;
      const reasons = [reason("request_expired", "L2", ["settings", "mfaWithin"], { expiredAt: deadline })];
      return concludeRequest(state, event, {
        changes: { status: "expired", wakeAt: null, reasons },
        effects: tellParties(state, "over"),
      });
    }
    default:
      return null;
  }
}

function completeMfa(state: RequestState, event: ReadOf<"completeMfa">): RequestStep {
  const deadline = mfaDeadlineOf(state);
  const refusals: readonly Reason[] = [
    ...(isGrantee(state, event.by) ? [] : [reason("not_the_grantee", "L2", [])]),
    ...mfaRefusals(event.evidence, event.at),
    ...(event.at < deadline ? [] : [reason("request_expired", "L2", ["settings", "mfaWithin"], { expiredAt: deadline })]),
  ];
  if (isNonEmpty(refusals)) return refuse(...refusals);
  const opened = openRequest(state.request, event.at);
  // Where nobody needs to approve, it is approved now, and told as an approval is.
  const tell = opened.changes.status === "scheduled" ? tellParties(state, "decided") : [];
  return concludeRequest(state, event, {
    changes: { ...opened.changes, mfa: event.evidence },
    effects: [...opened.effects, ...tell],
  });
}
