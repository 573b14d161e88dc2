import { nextDue } from "../../approval/next-due.js";
import { type Inconsistency, when } from "../../approval/state/inconsistency.js";
import { partyInconsistencies } from "../../approval/state/state-consistency.js";
import { hasSameId } from "../../facts/person-keys.js";
import { durationMs, maximumDurationMs } from "../../time/duration.js";
import { lastInstant } from "../../time/instant.js";
import { wakeTime } from "../event/conclude-request.js";
import { mfaDeadlineOf } from "../event/open-request.js";
import type { EndCause, RequestState } from "../request-state.js";
import { isEnd, type RequestStatus } from "../request-status.js";

/** Everything by which a request betrays that the machine has not come to it (TH21). Its approval is right in itself. */
export function requestInconsistencies(state: RequestState): readonly Inconsistency[] {
  return [
    ...partyInconsistencies(state.request).map(({ path, says }) => ({ path: ["request", ...path], says })),
    ...timeInconsistencies(state),
    ...mfaInconsistencies(state),
    ...approvalInconsistencies(state),
    ...grantInconsistencies(state),
    ...wakeInconsistencies(state),
    ...when(
      state.entitlementReports.some(({ entitlement }) => entitlement >= state.request.entitlements.length),
      ["entitlementReports"],
      "are about entitlements that were not asked for",
    ),
  ];
}

function timeInconsistencies({ request, lastAt }: RequestState): readonly Inconsistency[] {
  return [
    ...when(request.submittedAt > lastAt, ["request", "submittedAt"], "is later than `lastAt`"),
    ...when(lastAt > lastInstant, ["lastAt"], "is later than the year 9999"),
    ...when(request.startAt !== null && request.startAt < request.submittedAt, ["request", "startAt"], "is before the submission"),
  ];
}

/** Whether evidence was needed and given, as far as the status tells. */
function mfaInconsistencies(state: RequestState): readonly Inconsistency[] {
  const { status, mfa, approval, activateBy, revision } = state;
  const { requireMfa } = state.request.flow.settings;
  if (!requireMfa) {
    return [
      ...when(mfa !== null, ["mfa"], "is there though it is not needed"),
      ...when(status === "awaitingMfa", ["status"], "is `awaitingMfa` though it is not needed"),
    ];
  }
  const waits = status === "awaitingMfa";
  const wentWithout = (status === "withdrawn" || status === "expired") && approval === null && activateBy === null;
  return [
    ...when(waits && (mfa !== null || revision !== 1), ["status"], "is `awaitingMfa` after it was completed"),
    ...when(!waits && !wentWithout && mfa === null, ["mfa"], "is missing"),
    ...when(mfa !== null && mfa.at > state.lastAt, ["mfa", "at"], "is later than `lastAt`"),
  ];
}

/** Which outcome of the approval a status goes with; null: none was opened. */
const approvalsOf: { readonly [status in RequestStatus]: readonly (string | null)[] } = {
  awaitingMfa: [null],
  awaitingApproval: ["pending"],
  scheduled: ["approved"],
  activating: ["approved"],
  active: ["approved"],
  deactivating: ["approved"],
  ended: ["approved"],
  revoked: ["approved"],
  activationFailed: ["approved"],
  rejected: ["approved", "rejected"],
  withdrawn: ["approved", "withdrawn", null],
  expired: ["approved", "expired", null],
};

function approvalInconsistencies(state: RequestState): readonly Inconsistency[] {
  const { status, approval, request, lastAt } = state;
  const { flow } = request;
  const isAutomatic = flow.approval.kind === "automatic";
  if (approval === null) {
    const isOpen = !isAutomatic && !approvalsOf[status].includes(null);
    const needed = isAutomatic && (status === "awaitingApproval" || (status === "rejected" && state.reasons.length === 0));
    return [
      ...when(isOpen, ["approval"], "is missing"),
      ...when(needed, ["status"], `is \`${status}\` though nobody needs to approve`),
      ...when(!isAutomatic && state.mfa !== null, ["approval"], "is missing after MFA"),
    ];
  }
  const { settings } = flow;
  const rules = {
    approval: flow.approval,
    requestorCannotApproveSelf: settings.requestorCannotApproveSelf,
    requireApproverReason: settings.requireApproverReason,
  };
  const isOfFlow = approval.flow.id === flow.id && approval.flow.name === flow.name;
  const isDifferent = JSON.stringify(approval.rules) !== JSON.stringify(rules);
  const areOthers =
    !hasSameId(approval.requestor, request.requestor) ||
    (approval.grantee === null) !== (request.grantee === null) ||
    (approval.grantee !== null && request.grantee !== null && !hasSameId(approval.grantee, request.grantee));
  return [
    ...when(isAutomatic, ["approval"], "is there though nobody needs to approve"),
    ...when(!approvalsOf[status].includes(approval.status), ["approval", "status"], `does not go with \`${status}\``),
    ...when(!isOfFlow || isDifferent, ["approval", "rules"], "are not those of the request's flow"),
    ...when(areOthers, ["approval", "requestor"], "or the grantee is somebody else"),
    ...when(JSON.stringify(approval.owners) !== JSON.stringify(request.owners), ["approval", "owners"], "are not those of the request"),
    ...when(approval.openedAt < request.submittedAt || approval.lastAt > lastAt, ["approval", "lastAt"], "is out of order"),
    ...when(state.mfa !== null && approval.openedAt < state.mfa.at, ["approval", "openedAt"], "is before MFA"),
  ];
}

const causesOf: { readonly [status in RequestStatus]: readonly (EndCause | null)[] } = {
  awaitingMfa: [null],
  awaitingApproval: [null],
  scheduled: [null],
  activating: [null],
  active: [null],
  deactivating: ["ended", "revoked", "granteeInactive", "activationFailed"],
  ended: ["ended"],
  revoked: ["revoked", "granteeInactive"],
  activationFailed: ["activationFailed"],
  rejected: [null],
  withdrawn: [null],
  expired: [null],
};

function grantInconsistencies(state: RequestState): readonly Inconsistency[] {
  const { status, grant, cause, activateBy } = state;
  const hasGrant = status === "activating" || status === "active" || cause !== null;
  const isBefore = status === "awaitingMfa" || status === "awaitingApproval";
  const wrong = [
    ...when(!causesOf[status].includes(cause), ["cause"], `does not go with \`${status}\``),
    ...when(hasGrant !== (grant !== null), ["grant"], `does not go with \`${status}\``),
    ...when(isBefore && activateBy !== null, ["activateBy"], "is there before approval"),
    ...when((status === "scheduled" || hasGrant) && activateBy === null, ["activateBy"], "is missing"),
  ];
  return grant === null || wrong.length > 0 ? wrong : windowInconsistencies(state, grant);
}

/** Never longer than asked for and granted, plus extensions; never before the start that was asked for (W1–W6). */
function windowInconsistencies(state: RequestState, grant: NonNullable<RequestState["grant"]>): readonly Inconsistency[] {
  const { flow, requestedDuration, startAt, submittedAt } = state.request;
  const { window, extensions, activatedAt } = grant;
  const asked = requestedDuration ?? (flow.grantFor.kind === "fixed" ? flow.grantFor : null);
  const base = asked === null ? Number.POSITIVE_INFINITY : durationMs(asked);
  const longest = Math.min(base + extensions * durationMs(flow.settings.extension), maximumDurationMs);
  const mayBeEndless = asked === null;
  const path = ["grant", "window"];
  const mustBeActive = state.status === "active";
  return [
    ...when(window.start < Math.max(submittedAt, startAt ?? 0) || window.start > state.lastAt, path, "begins when it could not"),
    ...when(window.end === null && !mayBeEndless, path, "has no end"),
    ...when(window.end !== null && (window.end <= window.start || window.end - window.start > longest), path, "is longer than was granted"),
    ...when(extensions > flow.settings.maxExtensions, ["grant", "extensions"], "are more than the flow allows"),
    ...when(mustBeActive && activatedAt === null, ["grant", "activatedAt"], "is missing"),
    ...when(state.status === "activating" && activatedAt !== null, ["grant", "activatedAt"], "is there before the access is"),
    ...when(
      activatedAt !== null && (activatedAt < window.start || activatedAt > state.lastAt),
      ["grant", "activatedAt"],
      "is out of order",
    ),
  ];
}

/** The timer follows from the rest, but in `scheduled` and `deactivating`, where it depends on what was answered. */
function wakeInconsistencies(state: RequestState): readonly Inconsistency[] {
  const { status, wakeAt, awaitingFacts, activateBy, lastAt } = state;
  const isWrong = wakeAt !== expectedWake(state);
  return [
    ...when(isWrong, ["wakeAt"], "is not when something is due"),
    ...when(wakeAt !== null && wakeAt < lastAt, ["wakeAt"], "is before the last event"),
    ...when(wakeAt !== null && activateBy !== null && status === "scheduled" && wakeAt > activateBy, ["wakeAt"], "is after `activateBy`"),
    ...when(awaitingFacts && status !== "scheduled", ["awaitingFacts"], `does not go with \`${status}\``),
  ];
}

function expectedWake(state: RequestState): number | null {
  const { status, wakeAt, awaitingFacts, activateBy, lastAt, grant, approval } = state;
  if (isEnd(status)) return null;
  switch (status) {
    case "awaitingMfa":
      return wakeTime(mfaDeadlineOf(state), lastAt);
    case "awaitingApproval":
      return approval === null ? null : nextDue(approval);
    case "scheduled":
      // Any time up to `activateBy`, which is checked beside this; null only where instants end before it.
      return awaitingFacts || wakeAt === null ? wakeTime(activateBy, lastAt) : wakeAt;
    case "activating":
    case "active":
      return wakeTime(grant?.window.end ?? null, lastAt);
    default:
      return wakeAt;
  }
}
