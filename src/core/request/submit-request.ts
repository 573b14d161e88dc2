import { partiesOf } from "../approval/event/open-approval.js";
import { ownershipOf } from "../approval/state/owner-classes.js";
import type { AccessFlow } from "../flow/access-flow.js";
import { isNonEmpty, type NonEmptyArray } from "../kernel/non-empty-array.js";
import type { Reason } from "../kernel/reason.js";
import { type Refusal, refuse } from "../kernel/refusal.js";
import type { Result } from "../kernel/result.js";
import { type Conclusion, wakeEffect, wakeTime } from "./event/conclude-request.js";
import { mfaDeadlineOf, openRequest } from "./event/open-request.js";
import { granteeOf } from "./event/who-may.js";
import type { EffectContent } from "./request-effect.js";
import type { RequestInput } from "./request-input.js";
import type { SubmittedRequest } from "./request-state.js";
import type { AcceptedRequest } from "./request-step.js";
import { beginRequest } from "./submission/begin-request.js";
import { type JudgedSubmission, judgeSubmission } from "./submission/judge-submission.js";
import { readSubmission, type Submission, submissionKeys } from "./submission/read-submission.js";
import { readRequestId } from "./submission/request-id.js";

/**
 * Begins a request: `awaitingMfa`, `awaitingApproval` or `scheduled`, revision 1 (L1, L2). Refused with every
 * reason where `evaluateRequest` would refuse it; the two judge by the same function.
 *
 * The state holds the flow as it is now, keys and manager of requestor and grantee, the distinct owners, and no
 * records of people or things. MFA evidence is kept where the flow asks for it; without `requireMfa` it is not
 * looked at beyond its shape.
 *
 * Refused, beside the reasons of R, T, W, A13 and L12: `facts_invalid` for a flow, facts or keys that are not of
 * the stated shape, `instant_invalid`, `nothing_asked`, `resource_unknown`, `not_covered`, `justification_missing`,
 * `justification_too_long`, `mfa_too_old`, `mfa_in_future`, and `too_much_asked` for more than 1,000 entitlements
 * or what would make a state of more than 256 kB beside its flow.
 *
 * @example
 * const flow = defineAccessFlow({
 *   name: "Reports",
 *   requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
 *   targets: [{ kind: "integration", integration: "pg", resourceType: "database", permissions: ["read"] }],
 *   approval: { kind: "approvalOf", groups: "anyOf", approverGroups: [{ conditions: [{ relation: "manager" }] }] },
 * });
 * const submitted = submitRequest(flow, {
 *   id: "r1",
 *   requestor: { id: "ada", manager: "grace", attributes: { group: ["staff"] } },
 *   entitlements: [{ resource: "db-1", permission: "read" }],
 *   resources: [{ id: "db-1", name: "reports", type: "database", integration: "pg", tags: {}, permissions: ["read"] }],
 *   at: 0,
 * });
 * submitted.ok && [submitted.value.state.status, submitted.value.effects.map((effect) => effect.key + " " + effect.type)];
 * // => ["awaitingApproval", ["r1:1:0 askApprovers", "r1:1:1 wake"]]
 */
export function submitRequest(flow: AccessFlow, input: RequestInput): Result<AcceptedRequest, Refusal> {
  const id = readRequestId(input);
  const read = readSubmission(flow, input, ["id", ...submissionKeys]);
  if (!id.ok || !read.ok) {
    const faults: readonly Reason[] = [...(id.ok ? [] : id.error), ...(read.ok ? [] : read.error)];
    return refuse(...(faults as NonEmptyArray<Reason>));
  }
  const judged = judgeSubmission(read.value);
  if (isNonEmpty(judged.reasons)) return refuse(...judged.reasons);
  const request = requestOf(id.value, read.value, judged);
  return beginRequest(request, request.requestor.id, opening(request, read.value));
}

function requestOf(id: string, asked: Submission, { justification, coverage }: JudgedSubmission): SubmittedRequest {
  const { flow, at } = asked;
  return {
    id,
    flow,
    ...partiesOf(asked.requestor, asked.grantee),
    owners: ownershipOf(flow.approval, coverage.resources, asked.catalog).owners,
    // A submission without entitlements was refused.
    entitlements: asked.entitlements as SubmittedRequest["entitlements"],
    requestedDuration: asked.requestedDuration,
    startAt: asked.startAt,
    justification,
    submittedAt: at,
  };
}

function opening(request: SubmittedRequest, { flow, mfa, at }: Submission): Conclusion {
  if (!flow.settings.requireMfa) return openRequest(request, at);
  if (mfa !== null) {
    const { changes, effects } = openRequest(request, at);
    return { changes: { ...changes, mfa }, effects };
  }
  const wakeAt = wakeTime(mfaDeadlineOf({ request }), at);
  const ask: EffectContent = { type: "requestMfa", grantee: granteeOf(request).id };
  return { changes: { status: "awaitingMfa", wakeAt }, effects: [ask, ...wakeEffect(wakeAt)] };
}
