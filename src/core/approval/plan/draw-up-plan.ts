import type { Identity } from "../../facts/identity.js";
import type { ApprovalOf } from "../../flow/approval.js";
import { type Reason, reason } from "../../kernel/reason.js";
import { compareText } from "../../kernel/text.js";
import type { Truth } from "../../kernel/truth.js";
import type { ApprovalPlan } from "../approval-plan.js";
import type { ApprovalState } from "../approval-state.js";
import { tierOpensAt } from "../event/approval-clock.js";
import { asksForOwner } from "../state/owner-classes.js";
import { overlap } from "../state/person-record.js";
import { type CandidateStanding, candidateStanding, withoutContradictions } from "./candidate-standing.js";
import { type GroupVoter, groupsCanDecide, groupsCanDecideTogether } from "./decidable.js";
import { stepLimit } from "./search-steps.js";

/** The plan for an approval as it opens; `reports` are about its owners. */
export function drawUpPlan(
  state: ApprovalState,
  candidates: readonly Identity[],
  complete: boolean,
  reports: readonly Reason[],
): ApprovalPlan {
  // Nobody is asked, and nobody left out, where nobody needs to approve (A1).
  const asked = state.rules.approval.kind === "automatic" ? [] : candidates;
  const standings = withoutContradictions(asked.map((candidate) => candidateStanding(state, candidate)));
  const byGroups = groupsDecide(state, standings);
  const tier = firstTier(standings);
  const decidable = byGroups === "holds" || tier !== null;
  const others = standings.filter(({ keys }) => !overlap(keys, state.requestor.keys));
  const withoutSelf = others.length === standings.length ? byGroups : groupsDecide(state, others);
  const unclear = byGroups === "unknown" || (firstTier(others) === null && withoutSelf === "unknown");
  return {
    kind: "approvalPlan",
    approval: state.rules.approval.kind,
    decidable,
    decidableFrom: byGroups === "holds" || tier === null ? null : tierOpensAt(state, tier),
    selfOnly: decidable && withoutSelf === "fails" && firstTier(others) === null,
    groups: groupsOf(state, standings),
    tiers: tiersOf(state, standings),
    excluded: excludedOf(standings),
    reasons: decidable ? [] : [...whyUndecidable(state, standings, byGroups, complete), ...reports],
    notices: [...(decidable && unclear ? [tooMuchAsked] : []), ...(decidable ? reports : []), ...aliasNotices(asked)],
  };
}

/** It would take too long to find out whether the candidates can approve. */
const tooMuchAsked: Reason = reason("too_much_asked", "D4", [], { limit: stepLimit });

/** Whether candidates can approve without a tier; unknown where that takes too long to find out. */
function groupsDecide(state: ApprovalState, standings: readonly CandidateStanding[]): Truth {
  const { approval } = state.rules;
  return approval.kind === "automatic" ? "holds" : groupsCanDecide(approval, ownersPerGroup(approval, state.owners), votersOf(standings));
}

/** The first tier to open of which somebody is a member. */
function firstTier(standings: readonly CandidateStanding[]): number | null {
  return standings.flatMap(({ tiers }) => tiers).reduce<number | null>((first, tier) => Math.min(first ?? tier, tier), null);
}

function whyUndecidable(
  state: ApprovalState,
  standings: readonly CandidateStanding[],
  byGroups: Truth,
  complete: boolean,
): readonly Reason[] {
  if (byGroups === "unknown") return [tooMuchAsked];
  const { approval } = state.rules;
  const isShort =
    approval.kind === "approvalOf" &&
    approval.distinctApprovers &&
    groupsCanDecideTogether(approval, ownersPerGroup(approval, state.owners), votersOf(standings)) === "holds";
  return [
    ...(complete ? [reason("nobody_can_approve", "A13", ["approval"])] : []),
    ...(isShort ? [reason("distinct_approvers_short", "A3", ["approval", "distinctApprovers"])] : []),
  ];
}

function votersOf(standings: readonly CandidateStanding[]): readonly GroupVoter[] {
  return standings.map(({ keys, groups }) => ({ keys, owners: groups }));
}

/** How many owners each group must be covered for. */
function ownersPerGroup({ approverGroups }: ApprovalOf, owners: ApprovalState["owners"]): readonly number[] {
  return approverGroups.map((group) => (asksForOwner(group) ? Math.max(owners.length, 1) : 1));
}

function groupsOf({ rules: { approval }, owners }: ApprovalState, standings: readonly CandidateStanding[]): ApprovalPlan["groups"] {
  if (approval.kind === "automatic") return [];
  return approval.approverGroups.map((definition, group) => ({
    group,
    required: definition.required,
    voters: idsOf(standings.filter(({ groups }) => (groups[group] ?? null) !== null)),
    owners: !asksForOwner(definition)
      ? []
      : owners.map(({ owner }, position) => ({
          owner: owner === null ? "" : owner.values.join(", "),
          voters: idsOf(standings.filter(({ groups }) => groups[group] === "all" || groups[group]?.includes(position) === true)),
        })),
  }));
}

function tiersOf(state: ApprovalState, standings: readonly CandidateStanding[]): ApprovalPlan["tiers"] {
  const { approval } = state.rules;
  if (approval.kind === "automatic" || approval.escalation === undefined) return [];
  return approval.escalation.tiers.map((_, position) => ({
    tier: position + 1,
    opensAt: tierOpensAt(state, position + 1),
    voters: idsOf(standings.filter(({ tiers }) => tiers.includes(position + 1))),
  }));
}

function excludedOf(standings: readonly CandidateStanding[]): ApprovalPlan["excluded"] {
  const entries = standings.flatMap(({ id, excluded }) => excluded.map((why) => ({ id, reason: why })));
  const distinct = new Map(entries.map((entry) => [JSON.stringify([entry.id, entry.reason]), entry]));
  return [...distinct].sort(([left], [right]) => compareText(left, right)).map(([, entry]) => entry);
}

function idsOf(standings: readonly CandidateStanding[]): readonly string[] {
  return [...new Set(standings.map(({ id }) => id))].sort(compareText);
}

/** A host that tracks addresses (or accounts) is to give them for everybody (A6). */
function aliasNotices(candidates: readonly Identity[]): readonly Reason[] {
  const isMixed = (known: (candidate: Identity) => boolean): boolean => candidates.some(known) && !candidates.every(known);
  const someLack = isMixed(({ emails }) => emails !== undefined) || isMixed(({ accounts }) => accounts !== undefined);
  return someLack ? [reason("aliases_unknown", "A6", [], { subject: "voter" })] : [];
}
