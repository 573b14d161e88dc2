import { hasSameId } from "../../facts/person-keys.js";
import type { Reason } from "../../kernel/reason.js";
import type { ApprovalState } from "../approval-state.js";
import { ownershipOf } from "../state/owner-classes.js";
import { agreed, personRecordOf } from "../state/person-record.js";
import type { Opening } from "./read-opening.js";

/** An approval as it opens, and what there is to report about the owners of what is asked for (A8). */
export type OpenedApproval = { readonly state: ApprovalState; readonly reports: readonly Reason[] };

export function openApproval({ flow, requestor, grantee, resources, catalog, at }: Opening): OpenedApproval {
  const { approval, settings } = flow;
  const asking = personRecordOf(requestor);
  const holding = grantee === null ? null : personRecordOf(grantee);
  // Whoever asks for themselves is one person, whatever is said about them twice.
  const isOne = holding !== null && hasSameId(asking, holding);
  const { owners, reports } = ownershipOf(approval, resources, catalog);
  const isAutomatic = approval.kind === "automatic";
  const state: ApprovalState = {
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
    requestor: isOne ? agreed(asking, holding) : asking,
    grantee: isOne ? null : holding,
    owners,
    tiersAsked: 0,
    votes: [],
  };
  return { state, reports };
}
