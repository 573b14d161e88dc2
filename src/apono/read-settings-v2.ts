import type { Path } from "../core/kernel/path.js";
import type { Maybe, SettingsV2 } from "./document-v2.js";
import { durationOfMinutes } from "./minutes.js";
import { readFlag } from "./read-flag.js";
import { addIssue, addNote, type Draft, madeFrom, type Reading } from "./reading.js";

/** Three spellings of one setting: of API v2, of Terraform, of what used to be sent. */
const selfApprovalKeys = ["requestor_cannot_approve_himself", "requester_cannot_approve_self", "approver_cannot_approve_himself"] as const;

/** Settings with the defaults of their format: no justification needed is what must be written there, not the reverse. */
export function readSettingsV2(
  reading: Reading,
  at: Path,
  settings: Maybe<SettingsV2>,
  { automatic, endless }: { readonly automatic: boolean; readonly endless: boolean },
): Draft {
  const given = settings ?? {};
  if (endless && (given.max_extensions ?? 0) > 0) {
    const says = "has no meaning without `grant_duration_in_min`: such access has no end to move";
    addIssue(reading, "combination_means_nothing", [...at, "max_extensions"], says);
  }
  const self = readFlag(reading, at, given, selfApprovalKeys);
  const made = {
    labels: given.labels ?? [],
    requireMfa: given.require_mfa ?? false,
    requireJustification: given.justification_required ?? justificationByDefault(reading, [...at, "justification_required"], automatic),
    requireApproverReason: given.require_approver_reason ?? false,
    requestorCannotApproveSelf: self.value,
    maxExtensions: given.max_extensions ?? 0,
    ...readExtension(reading, at, given),
  };
  return madeFrom(reading, at, made, {
    requireMfa: ["require_mfa"],
    requireJustification: ["justification_required"],
    requireApproverReason: ["require_approver_reason"],
    requestorCannotApproveSelf: [self.key],
    maxExtensions: ["max_extensions"],
    extension: ["extension_duration_in_min"],
  });
}

function justificationByDefault(reading: Reading, path: Path, automatic: boolean): boolean {
  if (automatic) return false;
  addNote(reading, path, "is not given: a justification is required");
  return true;
}

/** An extension by nothing is none: without extensions its length is ours, with some it is an issue. */
function readExtension(reading: Reading, at: Path, settings: SettingsV2): Draft {
  const minutes = settings.extension_duration_in_min ?? 0;
  if (minutes > 0)
    return { extension: madeFrom(reading, [...at, "extension_duration_in_min"], durationOfMinutes(minutes), { amount: [], unit: [] }) };
  const path = [...at, "extension_duration_in_min"];
  if ((settings.max_extensions ?? 0) > 0)
    addIssue(reading, "duration_invalid", path, "must be more than nothing where extensions are allowed");
  else if (settings.extension_duration_in_min === 0) {
    addNote(reading, path, "is 0, which is no duration: it is 30 minutes here, and no extension is allowed");
  }
  return {};
}
