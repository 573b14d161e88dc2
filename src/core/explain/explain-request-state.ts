import { unreachable } from "../kernel/defect.js";
import { quotedText } from "../kernel/quoted.js";
import type { EntitlementReport, RequestState } from "../request/request-state.js";
import type { Audience } from "./audience.js";
import { explainApprovalState } from "./explain-approval-state.js";
import { windowWords } from "./explain-request-decision.js";
import { counted } from "./join-words.js";
import { printInstant } from "./print-time.js";
import { explainReasons } from "./reason-sentences.js";

/**
 * Where a request stands (L). A requestor reads the status, why it ended, and why it was rejected; votes, voters
 * and the reasons of approvals only approvers and administrators read (L8).
 */
export function explainRequestState(state: RequestState, audience: Audience): string[] {
  const { grant, reasons, approval } = state;
  return [
    explainStatus(state),
    ...(grant === null ? [] : [`The access was to ${windowWords(grant.window)}.`]),
    ...explainReasons(reasons, audience),
    ...explainReports(state, audience),
    // To a requestor a decided approval says nothing more, unless it was rejected.
    ...(approval === null || (audience === "requestor" && approval.status !== "rejected" && approval.status !== "pending")
      ? []
      : explainApprovalState(approval, audience)),
    ...(audience === "requestor" ? [] : explainRequest(state)),
    ...(audience === "administrator" ? explainRecord(state) : []),
  ];
}

function explainStatus({ status, request, lastAt, awaitingFacts }: RequestState): string {
  const subject = `The request ${quotedText(request.id)} by the flow ${quotedText(request.flow.name)}`;
  const since = ` since ${printInstant(lastAt)}`;
  const then = ` at ${printInstant(lastAt)}`;
  switch (status) {
    case "awaitingMfa":
      return `${subject} waits for MFA of the person to receive the access${since}.`;
    case "awaitingApproval":
      return `${subject} waits for approval.`;
    case "scheduled":
      return `${subject} is approved and waits ${awaitingFacts ? "for facts to be read again" : "for its time"}${since}.`;
    case "activating":
      return `${subject} is approved, and the access is being set up${since}.`;
    case "active":
      return `${subject} is active.`;
    case "deactivating":
      return `The access of ${subject.replace("The request", "the request")} is being taken back${since}; it is not over before that is confirmed.`;
    case "ended":
      return `${subject} ended${then}: the access is gone.`;
    case "revoked":
      return `${subject} was revoked${then}: the access is gone.`;
    case "rejected":
      return `${subject} was rejected${then}.`;
    case "withdrawn":
      return `${subject} was withdrawn${then}.`;
    case "expired":
      return `${subject} expired${then}.`;
    case "activationFailed":
      return `${subject} failed${then}: the access could not be set up, and nothing of it is left.`;
    default:
      return unreachable(status);
  }
}

const accessWords: { readonly [access in EntitlementReport["access"]]: string } = {
  held: "is held",
  heldBefore: "was held before and is left as it was",
  notHeld: "is not held",
  unknown: "is not known to be held or not",
};

/** What the provisioner said last; of single resources for those who look after them. */
function explainReports({ request, entitlementReports }: RequestState, audience: Audience): string[] {
  const persist = entitlementReports.some((report) => report.sessionsMayPersist);
  const sessions = persist ? ["Sessions that were opened with the access may live on."] : [];
  if (audience === "requestor") return sessions;
  const reports = entitlementReports.map(({ entitlement, access }) => {
    const { permission = "", resource = "" } = request.entitlements[entitlement] ?? {};
    return `${quotedText(permission)} on ${quotedText(resource)} ${accessWords[access]}.`;
  });
  return [...reports, ...sessions];
}

function explainRequest({ request }: RequestState): string[] {
  const receiver = request.grantee === null ? "" : `, for ${quotedText(request.grantee.id)}`;
  const text = request.justification === null ? "gives no justification" : `says: ${quotedText(request.justification)}`;
  return [
    `It was submitted by ${quotedText(request.requestor.id)}${receiver} at ${printInstant(request.submittedAt)}, asks for ${counted(request.entitlements.length, "entitlement")}, and ${text}.`,
  ];
}

/** What only whoever looks after the system needs. */
function explainRecord({ revision, lastAt, wakeAt, grant }: RequestState): string[] {
  const order = grant === null ? "" : `; order ${grant.generation} to the provisioner, ${counted(grant.attempts, "failure")} so far`;
  const due = wakeAt === null ? "nothing is due by time" : `due at ${printInstant(wakeAt)}`;
  return [`Revision ${revision}, last changed at ${printInstant(lastAt)}; ${due}${order}.`];
}
