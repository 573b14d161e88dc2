import { Defect } from "../../kernel/defect.js";
import { type Reason, reason } from "../../kernel/reason.js";
import { refuse } from "../../kernel/refusal.js";
import type { EffectContent } from "../request-effect.js";
import type { EndCause, RequestState } from "../request-state.js";
import type { RequestStatus } from "../request-status.js";
import type { RequestStep } from "../request-step.js";
import { backoffMs } from "./backoff.js";
import { concludeRequest, tellParties, wakeEffect, wakeTime } from "./conclude-request.js";
import { grantOf } from "./end-access.js";
import type { ReadReport, ReadRequestEvent } from "./read-request-event.js";

/** From so many failures on administrators are told. */
const stuckAfter = 3;

const endOf: { readonly [cause in EndCause]: RequestStatus } = {
  ended: "ended",
  revoked: "revoked",
  granteeInactive: "revoked",
  activationFailed: "activationFailed",
};

/** Deactivating: access is over only when the provisioner says that it is gone (L6); null: nothing that happens here. */
export function awaitRemoval(state: RequestState, event: ReadRequestEvent): RequestStep | null {
  switch (event.type) {
    case "deactivated":
      return concludeRequest(state, event, {
        changes: {
          status: endOf[causeOf(state)],
          wakeAt: null,
          entitlementReports: event.reports,
          reasons: state.reasons.filter((each) => each.code !== "deactivation_stuck"),
        },
        effects: tellParties(state, "over"),
      });
    case "deactivationFailed":
      return failed(state, event);
    case "timeReached":
      return retry(state, event);
    case "revoke":
      return refuse(reason("already_ending", "L5", [], { status: state.status }));
    default:
      return null;
  }
}

/** A failed one is tried again and stays visible. */
function failed(state: RequestState, event: ReadReport): RequestStep {
  const grant = grantOf(state);
  const attempts = grant.attempts + 1;
  const wakeAt = wakeTime(event.at + backoffMs(grant.attempts), event.at);
  const isStuck = attempts >= stuckAfter;
  const stuck: readonly Reason[] = isStuck ? [reason("deactivation_stuck", "L6", [], { attempts })] : [];
  const tell: readonly EffectContent[] = isStuck ? [{ type: "notify", to: "administrators", about: "stuck" }] : [];
  return concludeRequest(state, event, {
    changes: {
      wakeAt,
      grant: { ...grant, attempts },
      entitlementReports: event.reports,
      reasons: [...state.reasons.filter((each) => each.code !== "deactivation_stuck"), ...stuck],
    },
    effects: [...wakeEffect(wakeAt), ...tell],
  });
}

function retry(state: RequestState, event: ReadRequestEvent): RequestStep | null {
  if (state.wakeAt === null || event.at < state.wakeAt) return null;
  const grant = grantOf(state);
  const generation = grant.generation + 1;
  return concludeRequest(state, event, {
    changes: { wakeAt: null, grant: { ...grant, generation } },
    effects: [{ type: "deactivate", generation, notBefore: null }],
  });
}

function causeOf({ cause }: RequestState): EndCause {
  if (cause === null) throw new Defect("deactivating without a cause");
  return cause;
}
