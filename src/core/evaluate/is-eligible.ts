import type { Identity } from "../facts/identity.js";
import { hasSameId, isManagerOf } from "../facts/person-keys.js";
import type { AccessFlow } from "../flow/access-flow.js";
import { openAt } from "../time/opening.js";
import { meetsConditions } from "./condition-truth.js";
import { errorOfFaults } from "./error-of-faults.js";
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
  const read = readRequestorInput(flow, input);
  if (!read.ok) throw errorOfFaults(read.faults);
  const { requestor, grantee } = read;
  return (
    read.flow.active &&
    read.flow.trigger === "selfServe" &&
    requestor.active !== false &&
    (grantee === undefined || grantee.active !== false) &&
    meetsConditions(read.flow.requestors, requestor) &&
    mayAskFor(read.flow, requestor, grantee) &&
    openAt(read.timetable, read.at)
  );
}

function mayAskFor(flow: AccessFlow, requestor: Identity, grantee: Identity | undefined): boolean {
  const { scopes, grantees } = flow.requestFor;
  if (grantee === undefined || hasSameId(requestor, grantee)) return scopes.includes("self");
  if (scopes.includes("others") && grantees !== undefined && meetsConditions(grantees, grantee)) return true;
  return scopes.includes("directReports") && isManagerOf(requestor, grantee) === "holds";
}
