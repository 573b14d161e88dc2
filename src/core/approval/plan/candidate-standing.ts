import type { Identity } from "../../facts/identity.js";
import { personKeys } from "../../facts/person-keys.js";
import { type Reason, reason } from "../../kernel/reason.js";
import { normalText } from "../../kernel/text.js";
import type { ApprovalState } from "../approval-state.js";
import { readyApproval, readyGroups } from "../state/ready-approval.js";
import { judged, ownersIn, standingIn } from "../vote/group-standing.js";
import { exclusionsOf } from "../vote/self-exclusion.js";
import { standingOf } from "../vote/voter-standing.js";

/** Where somebody could vote from the opening of an approval to its deadline; nowhere, if they are excluded. */
export type CandidateStanding = {
  readonly id: string;
  readonly keys: readonly string[];
  /** For each group the owners they count for, null where they are not in it. */
  readonly groups: readonly (readonly number[] | "all" | null)[];
  /** The tiers, from 1, that they are in and that open in time. */
  readonly tiers: readonly number[];
  /** Why they may not vote at all. */
  readonly excluded: readonly Reason[];
};

export function candidateStanding(state: ApprovalState, candidate: Identity): CandidateStanding {
  const ready = readyApproval(state, readyGroups(state.rules.approval));
  const person = judged(state, candidate);
  const keys = personKeys(candidate);
  const groups = ready.groups.map((group) => (standingIn(group, person) === "holds" ? ownersIn(group, person) : null));
  const opening = ready.tiers.slice(0, ready.opensAt.length);
  const tiers = opening.flatMap((tier, position) => (standingIn(tier, person) === "holds" ? [position + 1] : []));
  const excluded = [
    ...(candidate.active === false ? [reason("voter_inactive", "C9", [])] : []),
    ...exclusionsOf(state, candidate, keys),
    ...(isSomewhere({ groups, tiers }) ? [] : standingOf(ready, state, candidate, state.openedAt).refusals),
  ];
  const mayVote = excluded.length === 0;
  return {
    id: candidate.id,
    keys,
    groups: mayVote ? groups : groups.map(() => null),
    tiers: mayVote ? tiers : [],
    excluded,
  };
}

/**
 * What candidates are, where records of one id that differ in whether and where they may vote count for nothing:
 * which of them is right cannot be known (T7 likewise).
 */
export function withoutContradictions(standings: readonly CandidateStanding[]): readonly CandidateStanding[] {
  const first = new Map<string, string>();
  const contradicted = new Set<string>();
  for (const standing of standings) {
    const said = JSON.stringify(isSomewhere(standing) ? [standing.keys, standing.groups, standing.tiers] : null);
    const id = normalText(standing.id);
    if (said !== (first.get(id) ?? said)) contradicted.add(id);
    first.set(id, said);
  }
  return standings.map((standing) => (contradicted.has(normalText(standing.id)) ? withoutVote(standing) : standing));
}

function isSomewhere({ groups, tiers }: Pick<CandidateStanding, "groups" | "tiers">): boolean {
  return tiers.length > 0 || groups.some((owners) => owners !== null);
}

function withoutVote({ id, keys, groups, excluded }: CandidateStanding): CandidateStanding {
  const contradiction = reason("facts_invalid", "C4", [], { argument: "candidates", at: [] });
  return { id, keys, groups: groups.map(() => null), tiers: [], excluded: [...excluded, contradiction] };
}
