import { partiesOf } from "../approval/event/open-approval.js";
import { acceptFlow } from "../define/accept.js";
import { identityFaults, inputFaults } from "../define/check-facts.js";
import type { Identity } from "../facts/identity.js";
import type { Entitlement } from "../facts/resource.js";
import type { AccessFlow } from "../flow/access-flow.js";
import { isNonEmpty, type NonEmptyArray } from "../kernel/non-empty-array.js";
import { kindOf, valueAt } from "../kernel/read-json.js";
import { type Reason, reason } from "../kernel/reason.js";
import { type Refusal, refuse } from "../kernel/refusal.js";
import type { Result } from "../kernel/result.js";
import { type InstantInput, toInstant } from "../time/instant.js";
import { scheduleRequest } from "./event/open-request.js";
import type { SubmittedRequest } from "./request-state.js";
import type { AcceptedRequest } from "./request-step.js";
import { beginRequest } from "./submission/begin-request.js";
import { readEntitlements } from "./submission/read-entitlements.js";
import { readRequestId } from "./submission/request-id.js";

/** A grant that an automatic flow plans: who gets what. */
export type GrantInput = {
  readonly id: string;
  readonly grantee: Identity;
  readonly entitlements: NonEmptyArray<Entitlement>;
  readonly at: InstantInput;
};

/**
 * The request that a planned grant of an automatic flow is: its grantee's own, `scheduled` from the start (M4).
 * Nobody asks and nobody approves; before it activates, facts are read and the flow's conditions judged on them.
 *
 * Refused: `facts_invalid` for facts and keys that are not of the stated shape, and for a flow that people ask
 * for themselves (`argument: "flow"`, at its `trigger`) · `instant_invalid` · `flow_inactive` · `grantee_inactive` ·
 * `nothing_asked` · `too_much_asked`.
 *
 * @example
 * const flow = defineAccessFlow({
 *   name: "Everybody reads",
 *   trigger: "automatic",
 *   requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
 *   targets: [{ kind: "bundle", bundle: "reports" }],
 * });
 * const granted = grantRequest(flow, {
 *   id: "g1", grantee: { id: "ada" }, entitlements: [{ resource: "db-1", permission: "read" }], at: 0,
 * });
 * granted.ok && [granted.value.state.status, granted.value.effects];
 * // => ["scheduled", [{ key: "g1:1:0", type: "readFacts" }]]
 */
export function grantRequest(flow: AccessFlow, input: GrantInput): Result<AcceptedRequest, Refusal> {
  const accepted = acceptFlow(flow);
  const record = kindOf(input) === "record" ? input : ({} as object);
  const id = readRequestId(input);
  const grantee = valueAt(record, "grantee");
  const entitlements = readEntitlements(valueAt(record, "entitlements"));
  const at = toInstant(valueAt(record, "at"));
  const faults: readonly Reason[] = [
    ...(accepted.ok ? [] : accepted.error),
    ...inputFaults(input, ["id", "grantee", "entitlements", "at"]),
    ...(id.ok ? [] : id.error),
    ...identityFaults("grantee", grantee),
    ...(entitlements.ok ? [] : entitlements.error),
    ...(at === null ? [reason("instant_invalid", "S8", [], { argument: "at" })] : []),
  ];
  if (isNonEmpty(faults) || !accepted.ok || !id.ok || !entitlements.ok || at === null) return refuse(...(faults as NonEmptyArray<Reason>));
  // Without faults it is an identity.
  const holder = grantee as Identity;
  const refusals = refusalsOf(accepted.value, holder, entitlements.value);
  if (isNonEmpty(refusals)) return refuse(...refusals);
  const request: SubmittedRequest = {
    id: id.value,
    flow: accepted.value,
    ...partiesOf(holder, null),
    owners: [],
    entitlements: entitlements.value as SubmittedRequest["entitlements"],
    requestedDuration: null,
    startAt: null,
    justification: null,
    submittedAt: at,
  };
  return beginRequest(request, null, scheduleRequest(request, at));
}

function refusalsOf(flow: AccessFlow, grantee: Identity, entitlements: readonly Entitlement[]): readonly Reason[] {
  return [
    // A flow that people ask for gives nothing that nobody asked for.
    ...(flow.trigger === "automatic" ? [] : [reason("facts_invalid", "M4", ["trigger"], { argument: "flow", at: ["trigger"] })]),
    ...(flow.active ? [] : [reason("flow_inactive", "R2", ["active"])]),
    ...(grantee.active === false ? [reason("grantee_inactive", "C9", [])] : []),
    ...(entitlements.length > 0 ? [] : [reason("nothing_asked", "L1", [])]),
  ];
}
