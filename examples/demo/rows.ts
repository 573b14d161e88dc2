import type { Instant, ReasonCode, RequestState, RequestStatus } from "accessflow";
import type { Company } from "./company.js";
import type { Asked } from "./script.js";
import type { Outcome, RequestRow } from "./story.js";

const outcomes: Readonly<Record<RequestStatus, Outcome>> = {
  awaitingMfa: "pending",
  awaitingApproval: "pending",
  scheduled: "approved",
  activating: "approved",
  active: "approved",
  deactivating: "approved",
  ended: "approved",
  revoked: "revoked",
  rejected: "rejected",
  withdrawn: "withdrawn",
  expired: "expired",
  activationFailed: "failed",
};

/** The line of a request in the closing table; `state` null: it was refused, for these reasons. */
export function rowOf(asked: Asked, state: RequestState | null, reasons: readonly ReasonCode[], company: Company): RequestRow {
  const { number, ask, at } = asked;
  const voters = (decision: "approve" | "reject"): string[] =>
    (state?.approval?.votes ?? []).filter((vote) => vote.decision === decision).map((vote) => company.nameOf(vote.voter));
  return {
    number,
    flow: company.flow(ask.flow).name,
    requestor: company.nameOf(ask.requestor),
    grantee: ask.grantee === undefined ? null : company.nameOf(ask.grantee),
    asked: { permission: ask.permission, resources: ask.resources.map((id) => company.resource(id).name) },
    askedAt: at,
    outcome: state === null ? "refused" : outcomes[state.status],
    reasons,
    approvers: voters("approve"),
    rejectedBy: voters("reject"),
    grant: state === null ? null : grantOf(state),
  };
}

/** From when to when there was access: until it was taken back, or is to be. */
function grantOf({ grant, status, lastAt }: RequestState): { readonly start: Instant; readonly end: Instant | null } | null {
  if (grant === null || grant.activatedAt === null) return null;
  return { start: grant.activatedAt, end: status === "ended" || status === "revoked" ? lastAt : grant.window.end };
}
