import type { ApprovalState, PersonRecord } from "../../approval/approval-state.js";
import { type Inconsistency, when } from "../../approval/state/inconsistency.js";
import { readyApproval, readyGroups } from "../../approval/state/ready-approval.js";
import { inconsistenciesOf } from "../../approval/state/state-consistency.js";
import { codePoints } from "../../kernel/text.js";
import { durationMs } from "../../time/duration.js";
import { lastInstant } from "../../time/instant.js";
import { mfaDeadlineOf, openedApproval } from "../event/open-request.js";
import type { RequestState } from "../request-state.js";
import { isEnd, type RequestStatus } from "../request-status.js";
import { justificationLimit } from "../submission/justification.js";
import { mfaFreshMs } from "../submission/mfa-evidence.js";
import { readEntitlements } from "../submission/read-entitlements.js";
import { grantInconsistencies } from "./grant-consistency.js";
import { wakeInconsistencies } from "./wake-consistency.js";

/**
 * Everything by which a request betrays that the machine has not come to it (TH21). Its approval is right in itself.
 *
 * No schedule is asked: a time zone may have changed since, and a request that nobody can restore is access that
 * nobody can end.
 */
export function requestInconsistencies(state: RequestState): readonly Inconsistency[] {
  return [
    ...submissionInconsistencies(state),
    ...mfaInconsistencies(state),
    ...approvalInconsistencies(state),
    ...grantInconsistencies(state),
    ...wakeInconsistencies(state),
    ...reasonInconsistencies(state),
    ...revisionInconsistencies(state),
  ];
}

/** What no submission would have been accepted with (L1, W1, W3). */
function submissionInconsistencies({ request, lastAt }: RequestState): readonly Inconsistency[] {
  const { flow, startAt, submittedAt, justification, requestedDuration } = request;
  const { startWithin, requireDuration, requireJustification } = flow.settings;
  const isOffered =
    startAt === null || startAt === submittedAt || (startWithin !== null && startAt <= submittedAt + durationMs(startWithin));
  const isTooLong = justification !== null && codePoints(justification) > justificationLimit;
  const isLongerThanOffered =
    requestedDuration !== null && flow.grantFor.kind === "fixed" && durationMs(requestedDuration) > durationMs(flow.grantFor);
  const opened = openedApproval(request, submittedAt);
  const ready = readyApproval(opened, readyGroups(flow.approval));
  const inside = inconsistenciesOf(opened, ready).map(({ path, says }) => ({ path: ["request", ...path], says }));
  const entitlements = readEntitlements(request.entitlements);
  return [
    ...inside,
    ...when(
      !entitlements.ok || entitlements.value.length < request.entitlements.length,
      ["request", "entitlements"],
      "are not each once, with a resource and a permission",
    ),
    ...when(!flow.active, ["request", "flow", "active"], "is false, and nobody could ask"),
    ...when(submittedAt > lastAt, ["request", "submittedAt"], "is later than `lastAt`"),
    ...when(lastAt > lastInstant, ["lastAt"], "is later than the year 9999"),
    ...when(startAt !== null && startAt < submittedAt, ["request", "startAt"], "is before the submission"),
    ...when(!isOffered, ["request", "startAt"], "is later than the flow offers"),
    ...when(justification === null && requireJustification, ["request", "justification"], "is missing"),
    ...when(isTooLong, ["request", "justification"], "is too long"),
    ...when(requestedDuration === null && requireDuration, ["request", "requestedDuration"], "is missing"),
    ...when(isLongerThanOffered, ["request", "requestedDuration"], "is longer than the flow grants"),
  ];
}

/** Whether evidence was needed and given in time, as far as the status tells (L2). */
function mfaInconsistencies(state: RequestState): readonly Inconsistency[] {
  const { status, mfa, approval, activateBy, revision, lastAt } = state;
  const { submittedAt, flow } = state.request;
  if (!flow.settings.requireMfa) {
    return [
      ...when(mfa !== null, ["mfa"], "is there though it is not needed"),
      ...when(status === "awaitingMfa", ["status"], "is `awaitingMfa` though it is not needed"),
    ];
  }
  const waits = status === "awaitingMfa";
  const wentWithout = (status === "withdrawn" || status === "expired") && mfa === null && approval === null && activateBy === null;
  const expiredEarly = wentWithout && status === "expired" && lastAt < mfaDeadlineOf(state);
  return [
    ...when(
      waits && (mfa !== null || revision !== 1 || lastAt !== submittedAt),
      ["status"],
      "is `awaitingMfa` after something has happened",
    ),
    ...when(wentWithout && revision !== 2, ["revision"], "is not the number of events"),
    ...when(expiredEarly, ["status"], "is `expired` before the deadline"),
    ...when(!waits && !wentWithout && mfa === null, ["mfa"], "is missing"),
    ...when(
      mfa !== null && (mfa.at > lastAt || mfa.at < submittedAt - mfaFreshMs),
      ["mfa", "at"],
      "is no time of evidence for this request",
    ),
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
  const { status, approval, request, lastAt, mfa } = state;
  const { flow, submittedAt } = request;
  const isAutomatic = flow.approval.kind === "automatic";
  if (approval === null) {
    const isMissing = !isAutomatic && (!approvalsOf[status].includes(null) || mfa !== null || !flow.settings.requireMfa);
    return [
      ...when(isMissing && status !== "awaitingMfa", ["approval"], "is missing"),
      ...when(isAutomatic && status === "awaitingApproval", ["status"], `is \`${status}\` though nobody needs to approve`),
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
  const { openedAt } = approval;
  const openedWithMfa = mfa !== null && openedAt >= mfa.at && openedAt - mfa.at <= mfaFreshMs;
  const isInTime = settings.requireMfa ? openedWithMfa && openedAt < mfaDeadlineOf(state) : openedAt === submittedAt;
  // Until it is decided every event is one of the approval.
  const endedIt = isEnd(status) && approval.status === status;
  return [
    ...when(isAutomatic, ["approval"], "is there though nobody needs to approve"),
    ...when(!approvalsOf[status].includes(approval.status), ["approval", "status"], `does not go with \`${status}\``),
    ...when(!isOfFlow || isDifferent, ["approval", "rules"], "are not those of the request's flow"),
    ...when(areOthers(approval, request), ["approval", "requestor"], "or the grantee is somebody else"),
    ...when(JSON.stringify(approval.owners) !== JSON.stringify(request.owners), ["approval", "owners"], "are not those of the request"),
    ...when(openedAt < submittedAt || !isInTime, ["approval", "openedAt"], "is no time at which it could have opened"),
    ...when(approval.lastAt > lastAt, ["approval", "lastAt"], "is later than `lastAt`"),
    ...when((status === "awaitingApproval" || endedIt) && approval.lastAt !== lastAt, ["lastAt"], "is not the last event's time"),
  ];
}

type Parties = Pick<ApprovalState, "requestor" | "grantee">;

/** Requestor and grantee keep their ids, and all their keys: keys are added, never removed (A6). */
function areOthers(now: Parties, then: Parties): boolean {
  if (isOther(now.requestor, then.requestor)) return true;
  return now.grantee === null || then.grantee === null ? now.grantee !== then.grantee : isOther(now.grantee, then.grantee);
}

function isOther(now: PersonRecord, then: PersonRecord): boolean {
  return now.id !== then.id || !then.keys.every((key) => now.keys.includes(key));
}

/** Why a request ended as it did stands beside those ends that nobody's word explains. */
function reasonInconsistencies({ status, cause, approval, reasons }: RequestState): readonly Inconsistency[] {
  if (status === "deactivating" && (cause === "ended" || cause === "revoked")) {
    return when(
      reasons.some(({ code }) => code !== "deactivation_stuck"),
      ["reasons"],
      "are none of a deactivation",
    );
  }
  const isExplained =
    status === "expired" ||
    (status === "rejected" && approval?.status !== "rejected") ||
    cause === "granteeInactive" ||
    cause === "activationFailed";
  return [
    ...when(isExplained && reasons.length === 0, ["reasons"], "are missing"),
    ...when(!isExplained && reasons.length > 0, ["reasons"], `do not go with \`${status}\``),
  ];
}

/** Revision = recorded events: what the state shows to have happened is the least of it. */
function revisionInconsistencies(state: RequestState): readonly Inconsistency[] {
  const { status, revision, approval, grant, cause, mfa, request } = state;
  // Evidence that is younger than the submission came by an event of its own; older may have come with either.
  const cameLater = mfa !== null && (mfa.at > request.submittedAt || (approval?.openedAt ?? 0) > request.submittedAt);
  const opened = 1 + (approval?.revision ?? 0) + (cameLater ? 1 : 0);
  const path = ["revision"];
  if (status === "awaitingApproval" || (approval !== null && approval.status === status)) {
    const more = mfa !== null && !cameLater ? 1 : 0;
    return when(revision < opened || revision > opened + more, path, "is not the number of events");
  }
  const granted = grant === null ? 0 : grant.generation + grant.extensions + (grant.activatedAt === null ? 0 : 1);
  const ended = (cause === null ? 0 : 1) + (isEnd(status) ? 1 : 0);
  return when(revision < opened + granted + ended, path, "is less than the number of events");
}
