import type { ApprovalEvent } from "../core/approval/approval-event.js";
import type { ApprovalInput } from "../core/approval/event/read-opening.js";
import { planApproval } from "../core/approval/plan-approval.js";
import { startApproval } from "../core/approval/start-approval.js";
import { transitionApproval } from "../core/approval/transition-approval.js";
import { checkAccessFlow, defineAccessFlow } from "../core/define/check-access-flow.js";
import { computeGrantWindow } from "../core/evaluate/compute-grant-window.js";
import { conditionTruth } from "../core/evaluate/condition-truth.js";
import { coversEntitlement } from "../core/evaluate/covers-entitlement.js";
import { evaluateRequestor } from "../core/evaluate/evaluate-requestor.js";
import type { GrantWindowInput } from "../core/evaluate/grant-window-input.js";
import { matchQuery } from "../core/evaluate/match-query.js";
import type { RequestorInput } from "../core/evaluate/requestor-input.js";
import { resolveTargets, type TargetInput } from "../core/evaluate/resolve-targets.js";
import { nextClosing, scheduleStatus } from "../core/evaluate/schedule-status.js";
import type { Catalog } from "../core/facts/catalog.js";
import type { Identity } from "../core/facts/identity.js";
import type { Resource } from "../core/facts/resource.js";
import type { AccessFlow } from "../core/flow/access-flow.js";
import type { AccessFlowDefinition, AttributeConditionDefinition, ScheduleDefinition, TargetDefinition } from "../core/flow/definition.js";
import type { Json } from "../core/kernel/json.js";
import type { Reason } from "../core/kernel/reason.js";
import { normalText } from "../core/kernel/text.js";
import { parseQuery } from "../core/query/parse-query.js";
import { type GrantInput, grantRequest } from "../core/request/grant-request.js";
import { productStatusOf } from "../core/request/product-status.js";
import { type ReconcileInput, reconcileGrants } from "../core/request/reconcile-grants.js";
import type { RequestEvent } from "../core/request/request-event.js";
import type { RequestInput } from "../core/request/request-input.js";
import type { RequestState } from "../core/request/request-state.js";
import type { RequestStatus } from "../core/request/request-status.js";
import { restoreRequestState } from "../core/request/restore-request-state.js";
import { submitRequest } from "../core/request/submit-request.js";
import { transitionRequest } from "../core/request/transition-request.js";
import { mayRead, type Viewer, viewFor } from "../core/request/view-for.js";
import { type GrantWindow, isInForce } from "../core/time/grant-window.js";
import type { InstantInput } from "../core/time/instant.js";
import type { ZoneTables } from "../core/time/zone-tables.js";

/** An input with a flow as people write it; the rest is the function's own input. */
export type WithDefinition<Input> = Input & { readonly definition: AccessFlowDefinition };
export type Course = { readonly definition: AccessFlowDefinition; readonly input: RequestInput; readonly events: readonly RequestEvent[] };
type Moment = { readonly schedule: ScheduleDefinition; readonly at: InstantInput; readonly zones?: ZoneTables };
type Pair = { readonly resource: Resource; readonly permission: string; readonly catalog?: Catalog };

/** Codes that only add to another one which fact it was: an answer names the others. */
const details = [
  ...["condition_fails", "attribute_missing", "value_unknown", "name_unknown", "aliases_unknown", "source_not_asked", "manager_unknown"],
  ...["no_resource_named", "owner_unknown", "no_owner", "not_the_manager"],
];

/**
 * The operations of the cases, answered by the library: what each is given and what it answers, as code. With them the
 * cases show that the library keeps its rules on the runtime they run on.
 *
 * @example
 * import { libraryOperations } from "accessflow/conformance";
 * libraryOperations.productStatus({ status: "deactivating" });
 * // => "REVOKING"
 */
export const libraryOperations = {
  /** D: the normal form, or every issue. */
  checkAccessFlow({ definition }: { readonly definition: unknown }): unknown {
    const checked = checkAccessFlow(definition);
    if (checked.ok) return { ok: true, flow: checked.value };
    return { ok: false, issues: checked.error.map(({ code, path }) => ({ code, path })) };
  },

  /** C: the truth of one condition. */
  conditionTruth({ condition, identity }: { readonly condition: AttributeConditionDefinition; readonly identity: Identity }): unknown {
    const { source, match } = condition;
    const rest = { ...(source === undefined ? {} : { source }), ...(match === undefined ? {} : { match }) };
    const { attribute, operator = "is", values } = condition;
    return conditionTruth({ attribute, operator, values: values as [string, ...string[]], ...rest }, identity);
  },

  /** S, X11: whether it is open, and when that changes next. */
  scheduleStatus({ schedule, at, zones }: Moment): unknown {
    return answerOf(() => {
      const status = scheduleStatus(schedule, at, zones);
      return { open: status.open, changesAt: status.open ? status.closesAt : status.opensAt };
    });
  },

  /** S6: when it closes. */
  nextClosing({ schedule, at, zones }: Moment): unknown {
    return answerOf(() => nextClosing(schedule, at, zones));
  },

  /** R: whether somebody may ask, and all that stands in the way. */
  evaluateRequestor({ definition, ...input }: WithDefinition<RequestorInput>): unknown {
    const { outcome, reasons } = evaluateRequestor(defineAccessFlow(definition), input);
    return { outcome, codes: codesOf(reasons) };
  },

  /** T: every entitlement, its texts in NFC, with the positions of the targets that give it, sorted, and what is reported. */
  resolveTargets({ targets, ...input }: TargetInput & { readonly targets: readonly TargetDefinition[] }): unknown {
    const { grants, reasons } = resolveTargets(flowOf(targets), input);
    const rows = grants.flatMap((row) => row.resources.map((id) => [normalText(id), normalText(row.permission), [...row.targets].sort()]));
    return { entitlements: sorted(rows), codes: codesOf(reasons) };
  },

  /** T8: whether one entitlement is given. */
  coversEntitlement({ targets, resource, permission, catalog }: Pair & { readonly targets: readonly TargetDefinition[] }): unknown {
    return coversEntitlement(flowOf(targets), resource, permission, catalog);
  },

  /** Q: whether a text is a query; where it is none, where the first fault stands. */
  parseQuery({ query }: { readonly query: string }): unknown {
    const parsed = parseQuery(query);
    return parsed.ok ? { valid: true } : { valid: false, line: parsed.error[0].line, column: parsed.error[0].column };
  },

  /** Q: the truth of a query for one permission on one resource. */
  matchQuery({ query, resource, permission, catalog }: Pair & { readonly query: string }): unknown {
    const parsed = parseQuery(query);
    return parsed.ok ? matchQuery(parsed.value, resource, permission, catalog) : null;
  },

  /** W: the window, or all that stands against it. */
  computeGrantWindow({ definition, ...input }: WithDefinition<GrantWindowInput>): unknown {
    const window = computeGrantWindow(defineAccessFlow(definition), input);
    return window.ok ? window.value : { refused: codesOf(window.error) };
  },

  /** W5. */
  isInForce({ window, at }: { readonly window: GrantWindow; readonly at: InstantInput }): unknown {
    return isInForce(window, at);
  },

  /** A: for every event the status after it, or why it was refused. */
  approvalCourse({ definition, events, ...input }: WithDefinition<ApprovalInput> & { readonly events: readonly ApprovalEvent[] }): unknown {
    const begun = startApproval(defineAccessFlow(definition), input);
    if (!begun.ok) return { refused: codesOf(begun.error.reasons) };
    let { state } = begun.value;
    return events.map((event) => {
      const answer = transitionApproval(state, event);
      if (!answer.ok) return { refused: mainCodesOf(answer.error.reasons) };
      state = answer.value.state;
      return { status: state.status, revision: state.revision };
    });
  },

  /** A13: who may vote, and whether that can be enough. */
  planApproval({ definition, ...input }: WithDefinition<ApprovalInput & { readonly candidates: readonly Identity[] }>): unknown {
    const { decidable, decidableFrom, selfOnly, groups, tiers, excluded } = planApproval(defineAccessFlow(definition), input);
    return {
      ...{ decidable, decidableFrom, selfOnly },
      voters: groups.map((group) => once([...group.voters, ...group.owners.flatMap((owner) => owner.voters)])),
      tierVoters: tiers.map((tier) => once(tier.voters)),
      excluded: once(excluded.map(({ id }) => id)),
    };
  },

  /** L: for the submission and every event where the request then stands, or why it was refused. */
  requestCourse({ definition, input, events }: Course): unknown {
    const begun = submitRequest(defineAccessFlow(definition), input);
    if (!begun.ok) return [{ refused: mainCodesOf(begun.error.reasons) }];
    let { state } = begun.value;
    const answers = events.map((event) => {
      const answer = transitionRequest(state, event);
      if (!answer.ok) return { refused: mainCodesOf(answer.error.reasons) };
      state = answer.value.state;
      return placeOf(state);
    });
    return [placeOf(begun.value.state), ...answers];
  },

  /** L11: who may see the request after those events. */
  mayRead({ viewer, ...course }: Course & { readonly viewer: Viewer }): unknown {
    return mayRead(endOf(course), viewer);
  },

  /** L8: what a viewer is told of votes and rejection. */
  viewFor({ viewer, ...course }: Course & { readonly viewer: Viewer }): unknown {
    const { audience, status, productStatus, votes, rejectionReason } = viewFor(endOf(course), viewer);
    return {
      audience,
      status,
      productStatus,
      votes: votes.map(({ voter, decision, reason }) => ({ voter, decision, reason })),
      rejectionReason,
    };
  },

  /** L9. */
  productStatus({ status }: { readonly status: RequestStatus }): unknown {
    return productStatusOf(status);
  },

  /** L13: the codes of all that is wrong with a stored request. */
  restoreRequestState({ state }: { readonly state: Json }): unknown {
    const restored = restoreRequestState(state);
    return restored.ok ? [] : once(restored.error.map(({ code }) => code));
  },

  /** M1–M3. */
  reconcileGrants({ definition, ...input }: WithDefinition<ReconcileInput>): unknown {
    const { grants, ends, keeps, undetermined, halted } = reconcileGrants(defineAccessFlow(definition), input);
    return {
      begins: sorted(
        grants.flatMap((one) => one.entitlements.map(({ resource, permission }) => [one.grantee, resource, permission].map(normalText))),
      ),
      ends: once(ends.map(({ request }) => request)),
      keeps: once(keeps.map(({ request }) => request)),
      undetermined: once(undetermined.map(({ grantee }) => normalText(grantee))),
      halted,
    };
  },

  /** M4. */
  grantRequest({ definition, ...input }: WithDefinition<GrantInput>): unknown {
    const granted = grantRequest(defineAccessFlow(definition), input);
    return granted.ok ? placeOf(granted.value.state) : { refused: mainCodesOf(granted.error.reasons) };
  },
};

/** Where a request stands: what people and clocks go by. */
function placeOf({ status, revision, wakeAt, grant }: RequestState): unknown {
  return { status, revision, wakeAt, window: grant?.window ?? null, extensions: grant?.extensions ?? 0 };
}

function endOf({ definition, input, events }: Course): RequestState {
  const begun = submitRequest(defineAccessFlow(definition), input);
  if (!begun.ok) throw new TypeError("the request of such a case is accepted");
  return events.reduce((state: RequestState, event) => {
    const answer = transitionRequest(state, event);
    return answer.ok ? answer.value.state : state;
  }, begun.value.state);
}

/** A flow that differs from others in its targets only. */
export function flowOf(targets: readonly TargetDefinition[]): AccessFlow {
  return defineAccessFlow({ name: "targets", requestors: { conditions: [{ attribute: "group", values: ["staff"] }] }, targets });
}

/** An answer, or the code of the error that stands in its place. */
function answerOf(operation: () => unknown): unknown {
  try {
    return operation();
  } catch (error) {
    const { name, code } = error as { readonly name?: unknown; readonly code?: unknown };
    if (name !== "AccessFlowError") throw error;
    return { error: code };
  }
}

function codesOf(reasons: readonly Reason[]): string[] {
  return once(reasons.map(({ code }) => code));
}

function mainCodesOf(reasons: readonly Reason[]): string[] {
  const codes = codesOf(reasons);
  const main = codes.filter((code) => !details.includes(code));
  return main.length > 0 ? main : codes;
}

/** Each text once, in the order of code units. */
function once(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}

/** Rows in the order of their JSON text, by code units. */
function sorted(rows: readonly unknown[]): unknown[] {
  const text = (row: unknown): string => JSON.stringify(row);
  return [...rows].sort((left, right) => (text(left) < text(right) ? -1 : text(left) > text(right) ? 1 : 0));
}
