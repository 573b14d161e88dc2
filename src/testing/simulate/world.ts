import { coversEntitlement } from "../../core/evaluate/covers-entitlement.js";
import type { Catalog } from "../../core/facts/catalog.js";
import type { Identity } from "../../core/facts/identity.js";
import type { Resource } from "../../core/facts/resource.js";
import type { FactsRead } from "../../core/request/request-event.js";
import type { RequestState } from "../../core/request/request-state.js";
import type { Instant } from "../../core/time/instant.js";
import type { ZoneTables } from "../../core/time/zone-tables.js";
import type { ProvisionerMood } from "./scenario.js";

/** What a simulation knows of the world beside the request: it changes with the steps. */
export type World = {
  readonly people: Map<string, Identity | "gone" | "unknown">;
  readonly resources: readonly Resource[];
  readonly catalog: Catalog | undefined;
  flowIs: FactsRead["flow"];
  provisioner: ProvisionerMood;
  readonly zones: ZoneTables | undefined;
};

/** The person as the directory says; whom nobody described has an id and no more facts. */
export function personOf(world: World, id: string): Identity | "gone" | "unknown" {
  return world.people.get(id) ?? { id };
}

/** As an identity: whoever the directory does not answer about is known by their id alone. */
export function identityOf(world: World, id: string): Identity {
  const person = personOf(world, id);
  return typeof person === "string" ? { id } : person;
}

/** The facts that a host would read at this instant (L3). */
export function factsAt(world: World, { request }: RequestState, readAt: Instant): FactsRead {
  const { flow, requestor, grantee, entitlements } = request;
  const notCovered = entitlements.flatMap(({ resource, permission }, position) => {
    const record = world.resources.find(({ id }) => id === resource);
    return record !== undefined && coversEntitlement(flow, record, permission, world.catalog) ? [] : [position];
  });
  return {
    requestor: personOf(world, requestor.id),
    grantee: grantee === null ? null : personOf(world, grantee.id),
    flow: world.flowIs,
    // What an automatic flow gives is planned elsewhere; coverage is asked of every flow alike.
    notCovered,
    readAt,
  };
}
