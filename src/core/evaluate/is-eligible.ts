import { acceptedFlow } from "../define/accept.js";
import { hasKnownKeys, isIdentity } from "../define/is-fact.js";
import type { Identity } from "../facts/identity.js";
import { hasSameId, isManagerOf } from "../facts/person-keys.js";
import { isPrepared } from "../facts/prepared-identity.js";
import type { AccessFlow } from "../flow/access-flow.js";
import { type Instant, toInstant } from "../time/instant.js";
import { openAt } from "../time/opening.js";
import { timetableOf } from "../time/timetable-of.js";
import { runtimeZones } from "../time/zone.js";
import type { ZoneSource } from "../time/zone-source.js";
import { meetsConditions } from "./condition-truth.js";
import { errorOfFaults } from "./error-of-faults.js";
import { type RequestorInput, readRequestorInput, requestorInputKeys } from "./requestor-input.js";

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
  const quick = readQuickly(flow, input);
  return quick === null ? answerSlowly(flow, input) : quick;
}

/** The answer where flow and input are of the usual shape beyond doubt, else null. Makes no object on the way. */
function readQuickly(flow: AccessFlow, input: RequestorInput): boolean | null {
  const accepted = acceptedFlow(flow);
  if (accepted === undefined) return null;
  let requestor: Identity;
  let grantee: Identity | undefined;
  let at: Instant | null;
  try {
    if (!hasKnownKeys(input, requestorInputKeys) || input.zones !== undefined) return null;
    requestor = input.requestor;
    grantee = input.grantee;
    at = toInstant(input.at);
  } catch {
    return null;
  }
  if (at === null || !isGood(requestor) || (grantee !== undefined && !isGood(grantee))) return null;
  return mayAsk(accepted, requestor, grantee, at, runtimeZones);
}

function isGood(identity: Identity): boolean {
  return isPrepared(identity) || isIdentity(identity);
}

function answerSlowly(flow: AccessFlow, input: RequestorInput): boolean {
  const read = readRequestorInput(flow, input);
  if (!read.ok) throw errorOfFaults(read.faults);
  return mayAsk(read.flow, read.requestor, read.grantee, read.at, read.zones);
}

/** R2: the checks that cost least come first; their order does not change the answer. */
function mayAsk(flow: AccessFlow, requestor: Identity, grantee: Identity | undefined, at: Instant, zones: ZoneSource): boolean {
  return (
    flow.active &&
    flow.trigger === "selfServe" &&
    requestor.active !== false &&
    (grantee === undefined || grantee.active !== false) &&
    meetsConditions(flow.requestors, requestor) &&
    mayAskFor(flow, requestor, grantee) &&
    openAt(timetableOf(flow.schedule, zones), at)
  );
}

function mayAskFor(flow: AccessFlow, requestor: Identity, grantee: Identity | undefined): boolean {
  const { scopes, grantees } = flow.requestFor;
  if (grantee === undefined || hasSameId(requestor, grantee)) return scopes.includes("self");
  if (scopes.includes("others") && grantees !== undefined && meetsConditions(grantees, grantee)) return true;
  return scopes.includes("directReports") && isManagerOf(requestor, grantee) === "holds";
}
