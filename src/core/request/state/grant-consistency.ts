import { type Inconsistency, when } from "../../approval/state/inconsistency.js";
import { durationMs, maximumDurationMs } from "../../time/duration.js";
import type { Instant } from "../../time/instant.js";
import { mostAttempts } from "../event/await-access.js";
import { mfaDeadlineOf } from "../event/open-request.js";
import type { EndCause, RequestGrant, RequestState } from "../request-state.js";
import type { RequestStatus } from "../request-status.js";
import { mfaFreshMs } from "../submission/mfa-evidence.js";

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

/** What cannot be about the grant of a request, and about the time until which it has to begin. */
export function grantInconsistencies(state: RequestState): readonly Inconsistency[] {
  const { status, grant, cause, pauses, revision, entitlementReports, request } = state;
  const hasGrant = status === "activating" || status === "active" || cause !== null;
  const mayHavePaused = status === "scheduled" || status === "withdrawn";
  const wrong = [
    ...when(!causesOf[status].includes(cause), ["cause"], `does not go with \`${status}\``),
    ...when(hasGrant !== (grant !== null), ["grant"], `does not go with \`${status}\``),
    ...when(pauses > 0 && (!mayHavePaused || pauses >= revision), ["pauses"], "are more than there were"),
    ...when(entitlementReports.length > 0 && grant === null, ["entitlementReports"], `do not go with \`${status}\``),
    ...when(
      entitlementReports.some(({ entitlement }) => entitlement >= request.entitlements.length),
      ["entitlementReports"],
      "are about entitlements that were not asked for",
    ),
    ...startInconsistencies(state),
  ];
  return grant === null || wrong.length > 0 ? wrong : [...windowInconsistencies(state, grant), ...orderInconsistencies(state, grant)];
}

/** When approval was given, or nobody needed to give it: between two instants, as far as the state tells; null: never. */
function approvedBetween(state: RequestState): readonly [Instant, Instant] | null {
  const { approval, mfa, lastAt, request } = state;
  if (approval !== null)
    return approval.status === "approved" && approval.decidedAt !== null ? [approval.decidedAt, approval.decidedAt] : null;
  if (request.flow.approval.kind !== "automatic") return null;
  if (!request.flow.settings.requireMfa) return [request.submittedAt, request.submittedAt];
  if (mfa === null) return null;
  return [Math.max(mfa.at, request.submittedAt), Math.min(mfa.at + mfaFreshMs, mfaDeadlineOf(state) - 1, lastAt)];
}

/** Approved requests have to begin to activate in time, counted from approval or from the start that was asked for (L3). */
function startInconsistencies(state: RequestState): readonly Inconsistency[] {
  const { activateBy, request, status, lastAt, grant } = state;
  const approved = approvedBetween(state);
  if (approved === null) return when(activateBy !== null, ["activateBy"], "is there before approval");
  if (activateBy === null) return [{ path: ["activateBy"], says: "is missing" }];
  const [earliest, latest] = approved.map(
    (at) => Math.max(at, request.startAt ?? at) + durationMs(request.flow.settings.activateWithin),
  ) as unknown as readonly [Instant, Instant];
  const start = grant?.window.start ?? null;
  return [
    ...when(activateBy < earliest || activateBy > latest, ["activateBy"], "does not follow from the approval"),
    ...when(status === "scheduled" && lastAt >= activateBy, ["lastAt"], "is not before `activateBy`"),
    ...when(start !== null && (start >= activateBy || start < approved[0]), ["grant", "window"], "begins when it could not"),
  ];
}

/** As long as was asked for and granted, plus extensions, to the millisecond; under `endWith` at most so long (W1–W6). */
function windowInconsistencies(state: RequestState, { window, extensions, activatedAt }: RequestGrant): readonly Inconsistency[] {
  const { status, cause, lastAt, request } = state;
  const { flow, requestedDuration, startAt, submittedAt } = request;
  const { start, end } = window;
  const asked = requestedDuration ?? (flow.grantFor.kind === "fixed" ? flow.grantFor : null);
  const longest = asked === null ? null : durationMs(asked) + extensions * durationMs(flow.settings.extension);
  const endsWithSchedule = flow.grantFor.endWith !== undefined;
  // Without a length that was asked for there is an end only where the schedule closes.
  const limit = longest === null ? (endsWithSchedule ? Number.POSITIVE_INFINITY : 0) : Math.min(longest, maximumDurationMs);
  const isOfLength = end === null || (end - start <= limit && (endsWithSchedule || longest === null || end - start >= longest));
  const isUnderWay = status === "activating" || status === "active";
  const path = ["grant", "window"];
  return [
    ...when(start < Math.max(submittedAt, startAt ?? 0) || start > lastAt, path, "begins when it could not"),
    ...when(end === null && asked !== null, path, "has no end"),
    ...when(end !== null && end <= start, path, "ends before it begins"),
    ...when(!isOfLength, path, "is not as long as was granted"),
    ...when(isUnderWay && end !== null && lastAt >= end, path, `is over, and the status is \`${status}\``),
    ...when(cause === "ended" && (end === null || lastAt < end), path, "is not over"),
    ...when(extensions > flow.settings.maxExtensions, ["grant", "extensions"], "are more than the flow allows"),
    ...when(extensions > 0 && (activatedAt === null || end === null), ["grant", "extensions"], "are there without access to extend"),
  ];
}

/** Orders to the provisioner, and what came of them (L6). */
function orderInconsistencies(state: RequestState, { generation, attempts, activatedAt, window }: RequestGrant): readonly Inconsistency[] {
  const { status, cause, lastAt, wakeAt } = state;
  const isActivating = status === "activating";
  const wasActive = status === "active" || cause === "granteeInactive";
  const isLate =
    activatedAt !== null && (activatedAt < window.start || activatedAt > lastAt || (window.end !== null && activatedAt >= window.end));
  // Each failed attempt at an activation was followed by another order.
  const isCounted = isActivating ? generation === attempts + 1 && attempts <= mostAttempts : true;
  const attemptsWrong = (status === "active" && attempts > 0) || (wakeAt !== null && status === "deactivating" && attempts === 0);
  return [
    ...when(!isCounted || (status === "active" && generation > mostAttempts + 1), ["grant", "generation"], "is not that of the last order"),
    ...when(attemptsWrong, ["grant", "attempts"], "are not as many as failed"),
    ...when(wasActive && activatedAt === null, ["grant", "activatedAt"], "is missing"),
    ...when(
      (isActivating || cause === "activationFailed") && activatedAt !== null,
      ["grant", "activatedAt"],
      "is there without the access",
    ),
    ...when(isLate, ["grant", "activatedAt"], "is out of order"),
  ];
}
