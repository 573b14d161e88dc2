import type { Identity } from "../../core/facts/identity.js";
import type { Entitlement } from "../../core/facts/resource.js";
import type { AccessFlow } from "../../core/flow/access-flow.js";
import type { NonEmptyArray } from "../../core/kernel/non-empty-array.js";
import { grantRequest } from "../../core/request/grant-request.js";
import { commitEvent } from "../commit-event.js";
import { entitlementKey } from "../effect/provision-order.js";
import { readClock } from "../event-time.js";
import type { ServiceContext } from "../service-context.js";
import { grantStatuses } from "./read-holdings.js";

/** No command comes from an actor without an id, so that nobody can ask for a planned grant's id. */
const nobody = "";

const pageSize = 100;

/**
 * Begins a planned grant (M4). Its id follows from how many grants the flow has given this person before: two runs at
 * once, or one that is repeated after a crash, make the same request, and one of them makes it.
 */
export async function beginGrant(
  context: ServiceContext,
  flow: AccessFlow,
  grantee: Identity,
  entitlements: NonEmptyArray<Entitlement>,
  sequence: number,
): Promise<boolean> {
  const id = context.ports.ids.requestId({ actor: nobody, key: JSON.stringify([flow.id, grantee.id, sequence]) });
  const granted = grantRequest(flow, { id, grantee, entitlements, at: await readClock(context) });
  if (!granted.ok || granted.value.recorded === null) return false;
  const { recorded } = granted.value;
  return (await commitEvent(context, { ...granted.value, recorded }, {})).outcome === "committed";
}

/** What a flow has given a person, read at one time: how many requests there were, and what still stands of them. */
export type GrantHistory = { readonly count: number; readonly standing: ReadonlySet<string> };

export async function readHistory(context: ServiceContext, flow: string, grantee: string): Promise<GrantHistory> {
  const standing = new Set<string>();
  let count = 0;
  let after: string | undefined;
  do {
    const page = await context.store.list({ flow, grantee, after, limit: pageSize });
    count += page.items.length;
    for (const { status, request } of page.items) {
      if (grantStatuses.includes(status)) for (const entitlement of request.entitlements) standing.add(entitlementKey(entitlement));
    }
    after = page.next ?? undefined;
  } while (after !== undefined);
  return { count, standing };
}
