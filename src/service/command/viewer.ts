import type { Actor } from "../../core/approval/actor.js";
import { factsNeeded } from "../../core/evaluate/facts-needed.js";
import type { FactsNeeded } from "../../core/facts/facts-needed.js";
import type { Identity } from "../../core/facts/identity.js";
import { hasSameId } from "../../core/facts/person-keys.js";
import type { RequestState } from "../../core/request/request-state.js";
import { mayRead } from "../../core/request/view-for.js";
import type { Instant } from "../../core/time/instant.js";
import { noNeeds, ownerNeeds, unitedNeeds } from "../facts/person-needs.js";
import { readPerson } from "../facts/read-person.js";
import type { ServiceContext } from "../service-context.js";

/** Somebody who may read a request (L11). `fresh`: the identity is the directory's, read just now. */
export type Viewer = { readonly identity: Identity; readonly administrator: boolean; readonly fresh: boolean };

/** What has to be known of somebody before it is known whether they may vote. */
export function voterNeeds({ request, approval }: RequestState): FactsNeeded {
  return unitedNeeds([factsNeeded(request.flow).voter, ownerNeeds(approval?.owners ?? request.owners)]);
}

/**
 * The actor as a reader of a request; null where they are none (L11). Who is part of it by id – requestor, grantee,
 * a recorded voter – or an administrator needs no directory: so access can be taken back while it is down. Of
 * anybody else the directory is asked, even about a request that is not there: the answer gives nothing away.
 */
export async function readViewer(
  context: ServiceContext,
  actor: Actor,
  state: RequestState | null,
  at: Instant,
): Promise<Viewer | "unknown" | null> {
  const known = state === null ? null : knownViewer(actor, state);
  if (known !== null) return known;
  if (state === null && actor.administrator === true) return null;
  const identity = await readPerson(context, actor.id, state === null ? noNeeds : voterNeeds(state));
  if (identity === "unknown") return "unknown";
  if (identity === "gone" || state === null) return null;
  return mayRead(state, { identity, at }) ? { identity, administrator: false, fresh: true } : null;
}

/**
 * Who reads, as completely as the directory says: an administrator who is the requestor under another id reads what a
 * requestor reads (L8). While the directory is down they read as who they say they are.
 */
export async function readIdentity(context: ServiceContext, { id }: Actor): Promise<Identity> {
  const person = await readPerson(context, id, noNeeds);
  return typeof person === "string" ? { id } : person;
}

/** The actor as a reader, as far as the request itself and the host say so. */
export function knownViewer(actor: Actor, { request, approval }: RequestState): Viewer | null {
  const identity: Identity = { id: actor.id };
  const administrator = actor.administrator === true;
  if (administrator || hasSameId(request.requestor, identity) || (request.grantee !== null && hasSameId(request.grantee, identity))) {
    return { identity, administrator, fresh: false };
  }
  const vote = approval?.votes.find(({ voter }) => hasSameId({ id: voter }, identity));
  // With the keys of the vote: one who is the requestor under another id reads what a requestor reads (L8).
  return vote === undefined ? null : { identity: { ...identity, accounts: vote.keys }, administrator, fresh: false };
}
