import type { Identity } from "../facts/identity.js";
import type { Beforehand } from "../facts/identity-table.js";
import { hasSameId, isManagerOf } from "../facts/person-keys.js";
import { tableOf } from "../facts/prepared-identity.js";
import type { AccessFlow } from "../flow/access-flow.js";
import type { Instant } from "../time/instant.js";
import { openAt } from "../time/opening.js";
import { timetableOf } from "../time/timetable-of.js";
import type { ZoneSource } from "../time/zone-source.js";
import { meetsReady } from "./condition-truth.js";
import { errorOfFaults } from "./error-of-faults.js";
import type { ReadyConditions } from "./ready-condition.js";
import { makeReadyFlow, type ReadyFlow, readyFlow } from "./ready-flow.js";
import { type RequestorInput, readRequestorInput } from "./requestor-input.js";
import { decideOnUsual } from "./usual-input.js";

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
  const ready = readyFlow(flow);
  const quick = ready === null ? null : decideOnUsual(ready, input, mayAsk);
  return quick ?? decideSlowly(ready?.flow ?? flow, input);
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
  beforehand: Beforehand,
  grantee: Identity | undefined,
  at: Instant,
  zones: ZoneSource,
): boolean {
  return (
    flow.active &&
    flow.trigger === "selfServe" &&
    requestor.active !== false &&
    (grantee === undefined || grantee.active !== false) &&
    meetsReady(requestors, requestor, beforehand) &&
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
