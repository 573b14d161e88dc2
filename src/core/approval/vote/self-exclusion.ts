import type { Identity } from "../../facts/identity.js";
import type { Path } from "../../kernel/path.js";
import { type Reason, reason } from "../../kernel/reason.js";
import type { ApprovalState, PersonRecord } from "../approval-state.js";
import { overlap, personRecordOf } from "../state/person-record.js";

type Parties = Pick<ApprovalState, "rules" | "requestor" | "grantee">;

const setting: Path = ["settings", "requestorCannotApproveSelf"];

/** Why a person is excluded as requestor or grantee (A6): known to be one of them, or not known not to be. */
export function exclusionsOf({ rules, requestor, grantee }: Parties, voter: Identity): readonly Reason[] {
  if (!rules.requestorCannotApproveSelf) return [];
  const person = personRecordOf(voter);
  const reasons: Reason[] = [];
  if (overlap(requestor.keys, person.keys)) reasons.push(reason("same_person_as_requestor", "A6", setting));
  if (grantee !== null && overlap(grantee.keys, person.keys)) reasons.push(reason("same_person_as_grantee", "A6", setting));
  const sides = grantee === null ? [requestor] : [requestor, grantee];
  if (reasons.length === 0 && sides.some((side) => isOneSided(side, person))) reasons.push(reason("same_person_unknown", "A6", setting));
  return reasons;
}

/** Whether keys are known to be those of the requestor or the grantee, where these may not vote. */
export function isExcluded({ rules, requestor, grantee }: Parties, keys: readonly string[]): boolean {
  return rules.requestorCannotApproveSelf && (overlap(requestor.keys, keys) || (grantee !== null && overlap(grantee.keys, keys)));
}

/** A host that tracks addresses (or accounts) gives them for everybody: known for one side only, one of them may be the other's. */
function isOneSided(left: PersonRecord, right: PersonRecord): boolean {
  return left.emailsKnown !== right.emailsKnown || left.accountsKnown !== right.accountsKnown;
}
