import type { PersonRecord } from "../../core/approval/approval-state.js";
import type { Identity } from "../../core/facts/identity.js";
import { personKey } from "../../core/kernel/text.js";
import type { RequestState } from "../../core/request/request-state.js";
import { granteeIdOf } from "../commit-event.js";
import type { ServiceContext } from "../service-context.js";

/**
 * Positions of entitlements that are not this request's alone (L6): another request of the grantee, activating or
 * active, holds them, or they stood before. Orders on one grantee's access run one after the other, so that a request
 * which is being taken back, too, has its own turn and leaves nothing over.
 */
export async function keptPositions(context: ServiceContext, state: RequestState): Promise<readonly number[]> {
  const { id, entitlements } = state.request;
  const held = await context.store.held(granteeIdOf(state));
  const others = held.filter(({ request, status }) => request !== id && (status === "activating" || status === "active"));
  const keys = new Set(others.flatMap((other) => other.entitlements.map(entitlementKey)));
  const standing = new Set(state.entitlementReports.flatMap(({ entitlement, access }) => (access === "heldBefore" ? [entitlement] : [])));
  return entitlements.flatMap((entitlement, position) =>
    standing.has(position) || keys.has(entitlementKey(entitlement)) ? [position] : [],
  );
}

export function entitlementKey({ resource, permission }: { readonly resource: string; readonly permission: string }): string {
  return JSON.stringify([resource, permission]);
}

/**
 * The grantee as far as the request itself knows them: for taking access back while the directory does not answer, or
 * knows them no more. Everything they were known by when they asked, so that their accounts in targets are found.
 */
export function granteeOnRecord({ request }: RequestState): Identity {
  const { id, keys, emailsKnown, accountsKnown }: PersonRecord = request.grantee ?? request.requestor;
  const others = keys.filter((key) => key !== personKey(id));
  return {
    id,
    emails: emailsKnown ? others.filter((key) => key.includes("@")) : undefined,
    accounts: accountsKnown ? others.filter((key) => !key.includes("@")) : undefined,
  };
}
