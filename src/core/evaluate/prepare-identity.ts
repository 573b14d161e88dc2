import { acceptIdentity } from "../define/check-facts.js";
import type { Identity } from "../facts/identity.js";
import { isPrepared, makePrepared, type PreparedIdentity } from "../facts/prepared-identity.js";
import { errorOfFaults } from "./error-of-faults.js";

/**
 * An identity that many decisions will be made about: checked once, its values ready to be looked up. What comes
 * back is a deep-frozen copy, plain JSON; it is taken wherever an `Identity` is, and every answer about it is the
 * one about the record that was given. A later change of that record does not show.
 *
 * Pays for itself after some eight decisions. A prepared identity is given back as it is; a copy of one
 * (`{ ...prepared }`, or out of JSON) is a plain identity again.
 *
 * Throws `AccessFlowError` (`facts_invalid`) for what is no identity; its message names every place.
 *
 * @example
 * const flow = defineAccessFlow({
 *   name: "Read the ledger",
 *   requestors: { conditions: [{ attribute: "group", values: ["finance"] }] },
 *   targets: [{ kind: "integration", integration: "ledger", resourceType: "database", permissions: ["read"] }],
 * });
 * const ann = prepareIdentity({ id: "ann", attributes: { group: ["finance"] } });
 * isEligible(flow, { requestor: ann, at: "2026-03-02T09:00:00Z" });
 * // => true
 * Object.isFrozen(ann.attributes);
 * // => true
 */
export function prepareIdentity(identity: Identity): PreparedIdentity {
  if (isPrepared(identity)) return identity;
  const accepted = acceptIdentity("identity", identity);
  if (!accepted.ok) throw errorOfFaults(accepted.error);
  return makePrepared(accepted.value);
}
