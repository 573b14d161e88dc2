import { isIdentity } from "../define/is-fact.js";
import type { Identity } from "../facts/identity.js";
import type { IdentityTable } from "../facts/identity-table.js";
import { hasSameId, isManagerOf } from "../facts/person-keys.js";
import { isPrepared, tableOf } from "../facts/prepared-identity.js";
import type { AccessFlow } from "../flow/access-flow.js";
import { isPlain } from "../kernel/read-json.js";
import { type Instant, toInstant } from "../time/instant.js";
import { openAt } from "../time/opening.js";
import { timetableOf } from "../time/timetable-of.js";
import { runtimeZones } from "../time/zone.js";
import type { ZoneSource } from "../time/zone-source.js";
import { meetsReady } from "./condition-truth.js";
import { errorOfFaults } from "./error-of-faults.js";
import type { ReadyConditions } from "./ready-condition.js";
import { knownFlow, makeReadyFlow, type ReadyFlow } from "./ready-flow.js";
import { type RequestorInput, readRequestorInput } from "./requestor-input.js";

/**
 * Whether the requestor may ask for this flow at that instant: the outcome of `evaluateRequestor`, without
 * reasons and trace (R1).
 *
 * A bare `false` cannot say that it was asked the wrong way, so bad arguments throw `AccessFlowError`:
 * `facts_invalid` for a flow, an identity, an input or zone tables of the wrong shape, and for tables that lack the flow's zone (X11), `instant_invalid` for a bad instant
 * (S8). Its code is the first fault's, its message names all of them.
 *
 * @example
 * const flow = defineAccessFlow({
 *   name: "Read the ledger",
 *   requestors: { conditions: [{ attribute: "group", values: ["finance"] }] },
 *   targets: [{ kind: "integration", integration: "ledger", resourceType: "database", permissions: ["read"] }],
 * });
 * const ann = { id: "ann", attributes: { group: ["finance"] } };
 * isEligible(flow, { requestor: ann, at: "2026-03-02T09:00:00Z" });
 * // => true
 * isEligible(flow, { requestor: { ...ann, active: false }, at: "2026-03-02T09:00:00Z" });
 * // => false
 * isEligible(flow, { requestor: ann, at: "tomorrow" });
 * // throws instant_invalid
 */
export function isEligible(flow: AccessFlow, input: RequestorInput): boolean {
  const known = knownFlow(flow);
  const quick = known === undefined ? null : decideQuickly(known, input);
  return quick === null ? decideSlowly(flow, input) : quick;
}

/** The answer where the input is of the usual shape beyond doubt, else null. Makes no object on the way. */
function decideQuickly(known: ReadyFlow, input: RequestorInput): boolean | null {
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
  const table = tableOf(requestor);
  if (at === null || (table === null && !isIdentity(requestor))) return null;
  if (grantee !== undefined && !isPrepared(grantee) && !isIdentity(grantee)) return null;
  return mayAsk(known, requestor, table, grantee, at, runtimeZones);
}

/** `hasKnownKeys`, for these keys; pinned zones, which are rare, are read elsewhere. */
function isInput(input: RequestorInput): boolean {
  if (typeof input !== "object" || input === null || Array.isArray(input) || !isPlain(input)) return false;
  for (const key in input) if (key !== "requestor" && key !== "at" && key !== "grantee") return false;
  return true;
}

function decideSlowly(flow: AccessFlow, input: RequestorInput): boolean {
  const read = readRequestorInput(flow, input);
  if (!read.ok) throw errorOfFaults(read.faults);
  return mayAsk(makeReadyFlow(read.flow), read.requestor, tableOf(read.requestor), read.grantee, read.at, read.zones);
}

/** R2. The order of the checks does not change the answer. */
function mayAsk(
  { flow, requestors, grantees }: ReadyFlow,
  requestor: Identity,
  table: IdentityTable | null,
  grantee: Identity | undefined,
  at: Instant,
  zones: ZoneSource,
): boolean {
  return (
    flow.active &&
    flow.trigger === "selfServe" &&
    requestor.active !== false &&
    (grantee === undefined || grantee.active !== false) &&
    meetsReady(requestors, requestor, table) &&
    mayAskFor(flow, grantees, requestor, grantee) &&
    openAt(timetableOf(flow.schedule, zones), at)
  );
}

function mayAskFor(flow: AccessFlow, grantees: ReadyConditions | null, requestor: Identity, grantee: Identity | undefined): boolean {
  const { scopes } = flow.requestFor;
  if (grantee === undefined || hasSameId(requestor, grantee)) return scopes.includes("self");
  if (scopes.includes("others") && grantees !== null && meetsReady(grantees, grantee, tableOf(grantee))) return true;
  return scopes.includes("directReports") && isManagerOf(requestor, grantee) === "holds";
}
