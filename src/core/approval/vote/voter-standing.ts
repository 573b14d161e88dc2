import type { Identity } from "../../facts/identity.js";
import { type Reason, reason } from "../../kernel/reason.js";
import type { Instant } from "../../time/instant.js";
import type { ApprovalState, VoteCount } from "../approval-state.js";
import { type ReadyApproval, type ReadyGroup, tiersOpen } from "../state/ready-approval.js";
import { factsMissing } from "./facts-missing.js";
import { groupAt, pathOf } from "./group-place.js";
import { type Judged, judged, ownersIn, standingIn } from "./group-standing.js";

/** Which open groups and tiers somebody is in (A5). `refusals` say why, where they are in none. */
export type VoterStanding = { readonly counts: readonly VoteCount[]; readonly refusals: readonly Reason[] };

/** What an approval has to say about somebody's groups; votes and status do not matter. */
export type Course = Pick<ApprovalState, "rules" | "requestor" | "grantee" | "owners">;

const none: readonly never[] = Object.freeze([]);

/** Judges somebody by every group, and every tier open at the instant: a tier that opens later counts nothing yet (A12). */
export function standingOf(ready: ReadyApproval, course: Course, voter: Identity, at: Instant): VoterStanding {
  const person = judged(course, voter);
  const open = tiersOpen(ready, at);
  let counts = countsIn(ready.groups, ready.groups.length, person, none);
  if (open > 0) counts = countsIn(ready.tiers, open, person, counts);
  return counts.length > 0 ? { counts, refusals: none } : { counts, refusals: whyNone(ready, course, person, open) };
}

/** What was counted before, and those of the first `length` groups that somebody is known to be in. In one only they have its own list. */
function countsIn(groups: readonly ReadyGroup[], length: number, person: Judged, before: readonly VoteCount[]): readonly VoteCount[] {
  let counts = before;
  for (let i = 0; i < length; i += 1) {
    const group = groups[i];
    if (group !== undefined && standingIn(group, person) === "holds") counts = withCount(counts, group, person);
  }
  return counts;
}

function withCount(counts: readonly VoteCount[], group: ReadyGroup, person: Judged): readonly VoteCount[] {
  const owners = ownersIn(group, person);
  if (owners === "all") return counts.length === 0 ? group.counts : Object.freeze([...counts, group.counts[0]]);
  const count = Object.freeze({ group: group.group, tier: group.tier, owners: Object.freeze(owners) });
  return Object.freeze([...counts, count]);
}

function whyNone(ready: ReadyApproval, course: Course, person: Judged, open: number): readonly Reason[] {
  const asked = [...ready.groups, ...ready.tiers.slice(0, open)];
  const unknown = asked.filter((group) => standingIn(group, person) === "unknown");
  const membership = unknown.length > 0 ? whatIsMissing(course, person.voter, unknown) : whyInNone(course, asked);
  const later = laterTier(ready, person, open);
  return later.length === 0 ? membership : [...membership, ...later];
}

function whatIsMissing(course: Course, voter: Identity, groups: readonly ReadyGroup[]): readonly Reason[] {
  const missing = groups.flatMap((place) => factsMissing(groupAt(course, place), pathOf(place), course, voter));
  const distinct = new Map(missing.map((entry) => [JSON.stringify(entry), entry]));
  return [reason("approver_facts_unknown", "A10", ["approval"]), ...distinct.values()];
}

const notAnApprover: readonly Reason[] = Object.freeze([reason("not_an_approver", "A10", ["approval"])]);

function whyInNone(course: Course, asked: readonly ReadyGroup[]): readonly Reason[] {
  if (!asked.some((group) => group.asksForOwner)) return notAnApprover;
  const ownerless = course.owners.some(({ owner, unknown }) => owner === null && !unknown);
  return ownerless ? [...notAnApprover, reason("no_owner", "A8", ["approval"], { resource: null })] : notAnApprover;
}

/** The first tier still to open that this person is in. */
function laterTier({ tiers, opensAt }: ReadyApproval, person: Judged, open: number): readonly Reason[] {
  for (let tier = open; tier < opensAt.length; tier += 1) {
    const group = tiers[tier];
    const at = opensAt[tier];
    if (group === undefined || at === undefined || standingIn(group, person) !== "holds") continue;
    return [reason("tier_not_open", "A12", pathOf(group), { opensAt: at })];
  }
  return none;
}
