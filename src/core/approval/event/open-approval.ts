import type { Identity } from "../../facts/identity.js";
import { hasSameId } from "../../facts/person-keys.js";
import type { AccessFlow } from "../../flow/access-flow.js";
import type { Reason } from "../../kernel/reason.js";
import type { Instant } from "../../time/instant.js";
import type { ApprovalState } from "../approval-state.js";
import { ownershipOf } from "../state/owner-classes.js";
import { agreed, personRecordOf } from "../state/person-record.js";
import type { Opening } from "./read-opening.js";

/** An approval as it opens, and what there is to report about the owners of what is asked for (A8). */
export type OpenedApproval = { readonly state: ApprovalState; readonly reports: readonly Reason[] };

export function openApproval({ flow, requestor, grantee, resources, catalog, at }: Opening): OpenedApproval {
  const { owners, reports } = ownershipOf(flow.approval, resources, catalog);
  return { state: openedState(flow, { ...partiesOf(requestor, grantee), owners }, at), reports };
}

/** What is kept of requestor and grantee: whoever asks for themselves is one person, whatever is said about them twice. */
export function partiesOf(requestor: Identity, grantee: Identity | null): Pick<ApprovalState, "requestor" | "grantee"> {
  const asking = personRecordOf(requestor);
  const holding = grantee === null ? null : personRecordOf(grantee);
  return holding !== null && hasSameId(asking, holding)
    ? { requestor: agreed(asking, holding), grantee: null }
    : { requestor: asking, grantee: holding };
}

/** The state of an approval that opens at `at`. */
export function openedState(
  flow: AccessFlow,
  { requestor, grantee, owners }: Pick<ApprovalState, "requestor" | "grantee" | "owners">,
  at: Instant,
): ApprovalState {
  const { approval, settings } = flow;
  const isAutomatic = approval.kind === "automatic";
  return {
    kind: "approvalState",
    format: "approvalState/v1",
    status: isAutomatic ? "approved" : "pending",
    revision: 0,
    flow: { id: flow.id, name: flow.name },
    rules: {
      approval,
      requestorCannotApproveSelf: settings.requestorCannotApproveSelf,
      requireApproverReason: settings.requireApproverReason,
    },
    openedAt: at,
    lastAt: at,
    decidedAt: isAutomatic ? at : null,
    requestor,
    grantee,
    owners,
    tiersAsked: 0,
    votes: [],
  };
}
