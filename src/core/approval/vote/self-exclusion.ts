import type { Identity } from "../../facts/identity.js";
import type { Path } from "../../kernel/path.js";
import { type Reason, reason } from "../../kernel/reason.js";
import type { ApprovalState, PersonRecord } from "../approval-state.js";
import { overlap } from "../state/person-record.js";

type Parties = Pick<ApprovalState, "rules" | "requestor" | "grantee">;

const setting: Path = Object.freeze(["settings", "requestorCannotApproveSelf"]);

const none: readonly Reason[] = Object.freeze([]);

/** Why a person, known by `keys`, is excluded as requestor or grantee (A6): known to be one of them, or not known not to be. */
export function exclusionsOf({ rules, requestor, grantee }: Parties, voter: Identity, keys: readonly string[]): readonly Reason[] {
  if (!rules.requestorCannotApproveSelf) return none;
  const isRequestor = overlap(requestor.keys, keys);
  const isGrantee = grantee !== null && overlap(grantee.keys, keys);
  if (isRequestor || isGrantee) {
    const reasons: Reason[] = [];
    if (isRequestor) reasons.push(reason("same_person_as_requestor", "A6", setting));
    if (isGrantee) reasons.push(reason("same_person_as_grantee", "A6", setting));
    return reasons;
  }
  const isOneSided = isKnownForOne(requestor, voter) || (grantee !== null && isKnownForOne(grantee, voter));
  return isOneSided ? [reason("same_person_unknown", "A6", setting)] : none;
}

/** Whether keys are known to be those of the requestor or the grantee, where these may not vote. */
export function isExcluded({ rules, requestor, grantee }: Parties, keys: readonly string[]): boolean {
  return rules.requestorCannotApproveSelf && (overlap(requestor.keys, keys) || (grantee !== null && overlap(grantee.keys, keys)));
}

/** A host that tracks addresses (or accounts) gives them for everybody: known for one side only, one of them may be the other's. */
function isKnownForOne(party: PersonRecord, voter: Identity): boolean {
  return party.emailsKnown !== (voter.emails !== undefined) || party.accountsKnown !== (voter.accounts !== undefined);
}
