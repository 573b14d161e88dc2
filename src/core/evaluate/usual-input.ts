import { identitySort } from "../define/is-fact.js";
import type { Identity } from "../facts/identity.js";
import type { Beforehand } from "../facts/identity-table.js";
import { isPrepared, tableOf } from "../facts/prepared-identity.js";
import { isPlain } from "../kernel/read-json.js";
import { type Instant, toInstant } from "../time/instant.js";
import { runtimeZones } from "../time/zone.js";
import type { ZoneSource } from "../time/zone-source.js";
import type { ReadyFlow } from "./ready-flow.js";
import type { RequestorInput } from "./requestor-input.js";

/** What is decided from a flow and the members of an input, each read and checked. */
export type Decide<T> = (
  flow: ReadyFlow,
  requestor: Identity,
  beforehand: Beforehand,
  grantee: Identity | undefined,
  at: Instant,
  zones: ZoneSource,
) => T;

/** The decision where the input is of the usual shape beyond doubt, else null. Makes no object on the way. */
export function decideOnUsual<T>(flow: ReadyFlow, input: RequestorInput, decide: Decide<T>): T | null {
  let requestor: Identity;
  let grantee: Identity | undefined;
  let at: Instant | null;
  try {
    if (!isInput(input)) return null;
    requestor = input.requestor;
    grantee = input.grantee;
    at = toInstant(input.at);
  } catch {
    return null;
  }
  let beforehand: Beforehand = tableOf(requestor);
  if (beforehand === null) {
    const sort = identitySort(requestor);
    if (sort === null) return null;
    beforehand = sort === "texts" ? sort : null;
  }
  if (at === null || (grantee !== undefined && !isPrepared(grantee) && identitySort(grantee) === null)) return null;
  return decide(flow, requestor, beforehand, grantee, at, runtimeZones);
}

/** A plain record of known keys; pinned zones, which are rare, are read elsewhere. Throws for null. */
function isInput(input: RequestorInput): boolean {
  if (typeof input !== "object" || Array.isArray(input) || !isPlain(input)) return false;
  for (const key in input) if (key !== "requestor" && key !== "at" && key !== "grantee") return false;
  return true;
}
