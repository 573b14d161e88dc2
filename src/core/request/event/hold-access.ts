import { isNonEmpty } from "../../kernel/non-empty-array.js";
import { reason } from "../../kernel/reason.js";
import { refuse } from "../../kernel/refusal.js";
import type { FactsRead } from "../request-event.js";
import type { RequestState } from "../request-state.js";
import type { RequestStep } from "../request-step.js";
import { concludeRequest, tellParties } from "./conclude-request.js";
import { endAccess, grantOf, isOver } from "./end-access.js";
import { extend } from "./extend.js";
import type { ReadOf, ReadRequestEvent } from "./read-request-event.js";
import { factsRefusals } from "./recheck.js";
import { mayRevoke } from "./who-may.js";

/** Active: the grantee holds the access until its end, or until it is taken back (L5, L10); null: nothing that happens here. */
export function holdAccess(state: RequestState, event: ReadRequestEvent): RequestStep | null {
  switch (event.type) {
    case "timeReached":
      return isOver(grantOf(state), event.at) ? concludeRequest(state, event, endAccess(state, "ended")) : null;
    case "extend":
      return extend(state, event);
    case "revoke":
      if (!mayRevoke(state, event.by)) return refuse(reason("not_allowed_to_revoke", "L5", []));
      return concludeRequest(state, event, endAccess(state, "revoked", { effects: tellParties(state, "ending") }));
    case "factsRead":
      return lookAtGrantee(state, event);
    default:
      return null;
  }
}

/** Who is known to be inactive or gone loses the access; what is unknown ends nothing (L10). */
function lookAtGrantee(state: RequestState, event: ReadOf<"factsRead">): RequestStep | null {
  const refusals = factsRefusals(state.request, event.facts, event.at);
  if (isNonEmpty(refusals)) return refuse(...refusals);
  if (!isGoneOrInactive(state, event.facts)) return null;
  const reasons = [reason("grantee_inactive", "L10", [])];
  return concludeRequest(state, event, endAccess(state, "granteeInactive", { reasons, effects: tellParties(state, "ending") }));
}

/** Where the requestor is the grantee, facts about either are about both (A6). */
function isGoneOrInactive({ request }: RequestState, { requestor, grantee }: FactsRead): boolean {
  const about = request.grantee === null ? [requestor, grantee] : [grantee];
  return about.some((person) => person === "gone" || (typeof person === "object" && person?.active === false));
}
