import { judgeCondition } from "../../evaluate/judge-condition.js";
import type { Identity } from "../../facts/identity.js";
import { isRelationTo } from "../../facts/person-keys.js";
import type { ApproverGroup } from "../../flow/approval.js";
import type { Path } from "../../kernel/path.js";
import { type Reason, reason } from "../../kernel/reason.js";
import { isOwnerCondition } from "../state/owner-classes.js";
import { managerOf, type Parties } from "./group-standing.js";

/** Which facts are missing to tell whether somebody is in a group. */
export function factsMissing(group: ApproverGroup, at: Path, parties: Parties, voter: Identity): readonly Reason[] {
  return group.conditions.flatMap((condition, position) => {
    const path = [...at, "conditions", position];
    if (isOwnerCondition(condition)) return ownerFactsMissing(path, parties, voter);
    if (!("relation" in condition)) {
      const judged = judgeCondition(condition, voter, "voter", path);
      return judged.truth === "unknown" && judged.reason !== null ? [judged.reason] : [];
    }
    const manager = managerOf(parties, condition.of);
    if (manager === undefined) return [reason("manager_unknown", "R3", path)];
    return isRelationTo(manager, voter) === "unknown" ? [reason("aliases_unknown", "C8", path, { subject: "voter" })] : [];
  });
}

function ownerFactsMissing(path: Path, { owners }: Parties, voter: Identity): readonly Reason[] {
  if (owners.length === 0) return [reason("no_resource_named", "A8", path)];
  return owners.flatMap(({ owner, unknown }) => {
    // The state keeps owners, not resources: which one it was, `planApproval` says.
    if (unknown) return [reason("owner_unknown", "A8", path, { resource: null })];
    if (owner === null) return [];
    const judged = judgeCondition(owner, voter, "voter", path);
    return judged.truth === "unknown" && judged.reason !== null ? [judged.reason] : [];
  });
}
