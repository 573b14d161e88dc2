import { findMatch } from "../../evaluate/condition-finding.js";
import { conditionTruth, truthOfFinding } from "../../evaluate/condition-truth.js";
import type { Identity } from "../../facts/identity.js";
import type { IdentityTable } from "../../facts/identity-table.js";
import { knownManager } from "../../facts/identity-values.js";
import { isRelationTo } from "../../facts/person-keys.js";
import { tableOf } from "../../facts/prepared-identity.js";
import { and, combine, or, type Truth } from "../../kernel/truth.js";
import type { ApprovalState, OwnerClass } from "../approval-state.js";
import type { ReadyGroup } from "../state/ready-approval.js";

/** Whom the relations of approver conditions are about (A7, A8). */
export type Parties = Pick<ApprovalState, "requestor" | "grantee" | "owners">;

/** One person, to be judged by any group. What they own is found out once, however many groups ask. */
export type Judged = {
  readonly parties: Parties;
  readonly voter: Identity;
  readonly table: IdentityTable | null;
  ownership: readonly Truth[] | null;
};

export function judged(parties: Parties, voter: Identity): Judged {
  return { parties, voter, table: tableOf(voter), ownership: null };
}

/** Whether somebody is in a group (A2). Who asks for the owner is met by who owns something, in a tier everything (A12). */
export function standingIn(group: ReadyGroup, person: Judged): Truth {
  const truth = withoutOwner(group, person);
  if (!group.asksForOwner) return truth;
  const combinator = group.all ? "and" : "or";
  // Nobody can be known to own what a request does not name (A8).
  if (person.parties.owners.length === 0) return combine(combinator, [truth, "unknown"]);
  const perOwner = ownershipOf(person).map((owns) => combine(combinator, [truth, owns]));
  return group.tier === null ? or(perOwner) : and(perOwner);
}

/** The owners for whom a member of a group counts (A8): see `VoteCount`. */
export function ownersIn(group: ReadyGroup, person: Judged): readonly number[] | "all" {
  if (!group.asksForOwner || group.tier !== null || person.parties.owners.length === 0) return "all";
  const truth = withoutOwner(group, person);
  const combinator = group.all ? "and" : "or";
  return ownershipOf(person).flatMap((owns, position) => (combine(combinator, [truth, owns]) === "holds" ? [position] : []));
}

/** The conditions that do not ask for the owner, together (C1). */
function withoutOwner({ all, conditions }: ReadyGroup, { parties, voter, table }: Judged): Truth {
  let unknown = false;
  for (let i = 0; i < conditions.length; i += 1) {
    const condition = conditions[i];
    if (condition === undefined) continue;
    const truth =
      "relation" in condition
        ? isRelationTo(managerOf(parties, condition.of), voter)
        : truthOfFinding(condition, findMatch(condition, voter, table));
    if (truth === (all ? "fails" : "holds")) return truth;
    if (truth === "unknown") unknown = true;
  }
  if (unknown) return "unknown";
  return all ? "holds" : "fails";
}

function ownershipOf(person: Judged): readonly Truth[] {
  person.ownership ??= person.parties.owners.map((owner) => ownerTruth(owner, person.voter));
  return person.ownership;
}

/** Who manages the requestor or the grantee: undefined is unknown. Without a grantee the requestor is meant (A7). */
export function managerOf({ requestor, grantee }: Parties, of: "requestor" | "grantee"): string | null | undefined {
  const { manager, managerKnown } = of === "grantee" && grantee !== null ? grantee : requestor;
  return managerKnown ? knownManager(manager) : undefined;
}

function ownerTruth({ owner, unknown }: OwnerClass, voter: Identity): Truth {
  if (unknown) return "unknown";
  return owner === null ? "fails" : conditionTruth(owner, voter);
}
