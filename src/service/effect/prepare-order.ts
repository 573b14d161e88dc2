import type { RequestState } from "../../core/request/request-state.js";
import type { GrantOrder } from "../../ports/provisioner.js";
import type { ClaimedEffect } from "../../ports/request-store.js";
import { granteeIdOf } from "../commit-event.js";
import { noNeeds } from "../facts/person-needs.js";
import { type PersonRead, readPerson } from "../facts/read-person.js";
import { readResources } from "../facts/read-resources.js";
import type { ServiceContext } from "../service-context.js";
import type { ProvisioningEffect } from "./provision-current.js";
import { granteeOnRecord, keptPositions } from "./provision-order.js";
import { type Part, partsOf } from "./provision-parts.js";

/** What the orders of all parts have in common; `keep` by position in the request. */
export type CommonOrder = Omit<GrantOrder, "key" | "handle" | "entitlements">;

/** What an order needs, or that it cannot be given: for now, or for good. */
export type PreparedOrder =
  | { readonly order: CommonOrder; readonly parts: readonly Part[]; readonly missing: readonly number[] }
  | { readonly order: null; readonly retryable: boolean };

/**
 * Gathers what an order needs, freshly. To give access all of it must be known, and the grantee be somebody who may
 * have it (C9), whatever was decided a while ago. Taking access back goes as far as it can: with the grantee on
 * record where the directory does not say, and without resources of which the inventory has no record any more.
 */
export async function prepareOrder(
  context: ServiceContext,
  claimed: ClaimedEffect,
  effect: ProvisioningEffect,
  state: RequestState,
): Promise<PreparedOrder> {
  const { request, grant } = state;
  const ids = request.entitlements.map(({ resource }) => resource);
  const [person, resources, keep] = await Promise.all([
    readPerson(context, granteeIdOf(state), noNeeds),
    readResources(context, ids),
    keptPositions(context, state),
  ]);
  if (resources === "unknown" || grant === null) return { order: null, retryable: true };
  const { parts, missing } = partsOf(request.entitlements, resources, context.ports.provisioner);
  if (effect.type === "activate" && claimed.handle === null) {
    if (person === "unknown") return { order: null, retryable: true };
    if (!mayHold(person) || missing.length > 0) return { order: null, retryable: false };
  }
  const { window } = grant;
  const lastBegin = claimed.leaseEnds - context.settings.provisionTimeoutMs - 2 * context.settings.portTimeoutMs;
  const deadline = effect.type === "activate" && window.end !== null ? Math.min(lastBegin, window.end) : lastBegin;
  const grantee = typeof person === "string" ? granteeOnRecord(state) : person;
  return { order: { request: request.id, generation: effect.generation, deadline, grantee, window, keep }, parts, missing };
}

function mayHold(person: PersonRead): boolean {
  return typeof person !== "string" && person.active !== false;
}
