import type { Actor } from "../../approval/actor.js";
import { hasSameId } from "../../facts/person-keys.js";
import { normalText } from "../../kernel/text.js";
import type { RequestState, SubmittedRequest } from "../request-state.js";

/** Whose the access is, by id: without a grantee, the requestor's. */
export function granteeOf({ requestor, grantee }: Pick<SubmittedRequest, "requestor" | "grantee">): { readonly id: string } {
  return grantee ?? requestor;
}

export function isGrantee({ request }: Pick<RequestState, "request">, actor: { readonly id: string }): boolean {
  return hasSameId(actor, granteeOf(request));
}

/** The requestor or the grantee, by id (L5). */
export function isParty(state: Pick<RequestState, "request">, actor: { readonly id: string }): boolean {
  return hasSameId(actor, state.request.requestor) || isGrantee(state, actor);
}

/** Before activation a request can be taken back by the requestor, the grantee and administrators (L5). */
export function mayWithdraw(state: RequestState, actor: Actor): boolean {
  return isParty(state, actor) || actor.administrator === true;
}

/** From `activating` on access can be revoked by the grantee, whoever's approving vote is recorded, and administrators (L5). */
export function mayRevoke(state: RequestState, actor: Actor): boolean {
  const approved = state.approval?.votes.some((vote) => vote.decision === "approve" && normalText(vote.voter) === normalText(actor.id));
  return isGrantee(state, actor) || approved === true || actor.administrator === true;
}
