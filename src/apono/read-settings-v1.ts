import { readFlag } from "./read-flag.js";
import { addIssue, addNote, type Draft, madeFrom, type Reading } from "./reading.js";
import type { FlowV1 } from "./shape-v1.js";

/** Two spellings of one setting. */
const selfApprovalKeys = ["approver_cannot_self_approve", "approver_cannot_approve_himself"] as const;

/** Settings with the defaults of v1, where whoever asked gave a justification. */
export function readSettingsV1(reading: Reading, flow: FlowV1, automatic: boolean): Draft {
  const settings = flow.settings ?? {};
  if (settings.require_all_approvers === true) {
    const says = "has no meaning without `approvers`: write `approver_groups_relationship`";
    addIssue(reading, "combination_means_nothing", ["settings", "require_all_approvers"], says);
  }
  const again = settings.require_justification_on_request_again;
  if (typeof again === "boolean") {
    addNote(reading, ["settings", "require_justification_on_request_again"], "is left out: every request is a first one here");
  }
  if (!automatic) addNote(reading, ["settings"], "cannot say whether a justification is required: it is");
  const self = readFlag(reading, ["settings"], settings, selfApprovalKeys);
  const made = {
    labels: flow.labels ?? [],
    requireMfa: settings.require_mfa ?? false,
    requireJustification: !automatic,
    requireApproverReason: settings.require_approver_justification ?? false,
    requestorCannotApproveSelf: self.value,
  };
  return madeFrom(reading, ["settings"], made, {
    requireMfa: ["require_mfa"],
    requireApproverReason: ["require_approver_justification"],
    requestorCannotApproveSelf: [self.key],
  });
}
