import type { ApprovalPlan } from "../approval/approval-plan.js";
import type { ApprovalState } from "../approval/approval-state.js";
import { requireState } from "../approval/state/accept-state.js";
import { inputFaults } from "../define/check-facts.js";
import { checkPart } from "../define/check-part.js";
import type { WalkOptions } from "../define/document-walk.js";
import { errorOfFaults } from "../evaluate/error-of-faults.js";
import type { RequestorDecision } from "../evaluate/evaluate-requestor.js";
import type { ResolvedTargets } from "../evaluate/resolve-targets.js";
import { deepFreeze } from "../kernel/deep-freeze.js";
import { unreachable } from "../kernel/defect.js";
import { isNonEmpty, type NonEmptyArray } from "../kernel/non-empty-array.js";
import { kindOf, valueAt } from "../kernel/read-json.js";
import { type Reason, reason } from "../kernel/reason.js";
import type { Refusal } from "../kernel/refusal.js";
import type { RequestDecision } from "../request/request-decision.js";
import type { RequestState } from "../request/request-state.js";
import { requireRequest } from "../request/state/accept-request.js";
import { type Audience, audiences } from "./audience.js";
import { explainApprovalPlan } from "./explain-approval-plan.js";
import { explainApprovalState } from "./explain-approval-state.js";
import { explainRequestDecision } from "./explain-request-decision.js";
import { explainRequestState } from "./explain-request-state.js";
import { explainRequestorDecision } from "./explain-requestor-decision.js";
import { explainResolvedTargets } from "./explain-resolved-targets.js";
import { explainableShape, requestDecisionShape } from "./explainable-shape.js";
import { explainReasons } from "./reason-sentences.js";

/** What explains itself: each begins with its `kind`, so that none is taken for another. */
export type Explainable = RequestorDecision | ResolvedTargets | ApprovalPlan | RequestDecision | ApprovalState | RequestState;

/** `audience`: who reads the sentences; without one, the requestor, who may read least. */
export type ExplainOptions = { readonly audience?: Audience | undefined };

/**
 * Says a decision, a state, a refusal or a list of reasons in plain English, from the value alone (E2).
 *
 * One sentence an entry, frozen; every reason has one for every audience, so nothing is refused without a
 * word. What a sentence shows depends on who reads it:
 *
 * - `requestor` (the default): outcomes and reasons, and why a request was rejected. Never who votes or has
 *   voted, for which group, or the reason of an approval (L8), and no value of anybody's attributes.
 * - `approver`: who asks, who may vote and has voted, for which group, and every vote's reason, too.
 * - `administrator`: who may not vote and why, the steps of a trace with the values seen, and each reason's
 *   code, rule and place in the flow, too.
 *
 * Codes are stable, the words may change with any version (E3). Instants are printed in UTC. Names and other
 * texts stand in backticks, with control characters, bidi marks, look-alike spaces, backticks, backslashes
 * and angle brackets as `\u{…}` or doubled: no text can end its quotation, move the cursor, begin a line or
 * become markup (TH19). Lists of names show the first five and count the rest.
 *
 * Throws AccessFlowError: `facts_invalid` for what is none of these, or not of its stated shape, and for
 * options that are not known; `state_foreign` or `state_newer` for a state that cannot be this library's.
 *
 * @example
 * const flow = defineAccessFlow({
 *   name: "S3 read",
 *   requestors: { conditions: [{ attribute: "group", values: ["platform"] }] },
 *   targets: [{ kind: "bundle", bundle: "buckets" }],
 * });
 * const decision = evaluateRequestor(flow, {
 *   requestor: { id: "ann", attributes: { group: ["sales"] } },
 *   at: "2026-03-02T09:00:00Z",
 * });
 * explain(decision);
 * // => ["The requestor may not ask for access by the flow `s3-read` at 2026-03-02 09:00 UTC.",
 * //     "The requestor does not meet a condition on `group`."]
 * decision.outcome === "ineligible" ? explain(decision.reasons, { audience: "administrator" }) : [];
 * // => ["The requestor does not meet a condition on `group`. [condition_fails, C2, `requestors.conditions[0]`]"]
 */
export function explain(value: Explainable | Refusal | NonEmptyArray<Reason>, options: ExplainOptions = {}): readonly string[] {
  const audience = audienceOf(options);
  return deepFreeze(sentencesOf(checkedValue(value), audience));
}

function sentencesOf(value: Explainable | Refusal | NonEmptyArray<Reason>, audience: Audience): string[] {
  if (isReasons(value)) return explainReasons(value, audience);
  if (!("kind" in value)) return explainReasons(value.reasons, audience);
  switch (value.kind) {
    case "requestorDecision":
      return explainRequestorDecision(value, audience);
    case "resolvedTargets":
      return explainResolvedTargets(value, audience);
    case "approvalPlan":
      return explainApprovalPlan(value, audience);
    case "requestDecision":
      return explainRequestDecision(value, audience);
    case "approvalState":
      return explainApprovalState(value, audience);
    case "requestState":
      return explainRequestState(value, audience);
    default:
      return unreachable(value);
  }
}

/** `Array.isArray` alone does not narrow a read-only list. */
function isReasons(value: object): value is NonEmptyArray<Reason> {
  return Array.isArray(value);
}

const walk: WalkOptions = { whole: "value", limits: null, mostIssues: 1, forbidsKeys: false, complete: false, code: null };

function checkedValue(value: unknown): Explainable | Refusal | NonEmptyArray<Reason> {
  const kind = kindOf(value) === "record" ? valueAt(value as object, "kind") : undefined;
  if (kind === "approvalState") return requireState(value);
  if (kind === "requestState") return requireRequest(value);
  const shape = kind === "requestDecision" ? requestDecisionShape : explainableShape;
  const checked = checkPart<Explainable | Refusal | NonEmptyArray<Reason>>(shape, value, walk);
  if (checked.ok) return checked.value;
  throw errorOfFaults([reason("facts_invalid", "E2", [], { argument: "value", at: checked.error[0].path })]);
}

function audienceOf(options: unknown): Audience {
  const faults = inputFaults(options, ["audience"], "options");
  if (isNonEmpty(faults)) throw errorOfFaults(faults);
  const said = valueAt(options as object, "audience");
  const audience = said === undefined ? "requestor" : audiences.find((each) => each === said);
  if (audience !== undefined) return audience;
  throw errorOfFaults([reason("facts_invalid", "E2", [], { argument: "options", at: ["audience"] })]);
}
