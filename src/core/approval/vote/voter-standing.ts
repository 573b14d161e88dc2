import type { Identity } from "../../facts/identity.js";
import { type Reason, reason } from "../../kernel/reason.js";
import type { Instant } from "../../time/instant.js";
import type { ApprovalState, VoteCount } from "../approval-state.js";
import { openTiers, tierOpensAt, tiersInTime } from "../event/approval-clock.js";
import { asksForOwner } from "../state/owner-classes.js";
import { factsMissing } from "./facts-missing.js";
import { type GroupPlace, groupAt, pathOf, placesOf } from "./group-place.js";
import { groupJudge } from "./group-standing.js";

/** Which open groups and tiers somebody is in (A5). `refusals` say why, where they are in none. */
export type VoterStanding = { readonly counts: readonly VoteCount[]; readonly refusals: readonly Reason[] };

/** What an approval has to say about somebody's groups; votes and status do not matter. */
export type Course = Pick<ApprovalState, "rules" | "openedAt" | "requestor" | "grantee" | "owners">;

/** Judges somebody by every group, and every tier open at the instant: a tier that opens later counts nothing yet (A12). */
export function standingOf(course: Course, voter: Identity, at: Instant): VoterStanding {
  const open = openTiers(course, at);
  const judge = groupJudge(course, voter);
  const counts: VoteCount[] = [];
  const unknown: GroupPlace[] = [];
  for (const place of placesOf(course, open)) {
    const { truth, owners } = judge(groupAt(course, place), place.tier !== null);
    if (truth === "holds") counts.push({ ...place, owners });
    if (truth === "unknown") unknown.push(place);
  }
  if (counts.length > 0) return { counts, refusals: [] };
  const membership = unknown.length > 0 ? whatIsMissing(course, voter, unknown) : whyInNone(course, open);
  return { counts, refusals: [...membership, ...laterTier(course, voter, open)] };
}

function whatIsMissing(course: Course, voter: Identity, places: readonly GroupPlace[]): readonly Reason[] {
  const missing = places.flatMap((place) => factsMissing(groupAt(course, place), pathOf(place), course, voter));
  const distinct = new Map(missing.map((entry) => [JSON.stringify(entry), entry]));
  return [reason("approver_facts_unknown", "A10", ["approval"]), ...distinct.values()];
}

function whyInNone(course: Course, open: number): readonly Reason[] {
  const ownerless = course.owners.some(({ owner, unknown }) => owner === null && !unknown);
  const ownersAsked = placesOf(course, open).some((place) => asksForOwner(groupAt(course, place)));
  const failing = reason("not_an_approver", "A10", ["approval"]);
  return ownerless && ownersAsked ? [failing, reason("no_owner", "A8", ["approval"], { resource: null })] : [failing];
}

/** The first tier still to open that this person is in. */
function laterTier(course: Course, voter: Identity, open: number): readonly Reason[] {
  const judge = groupJudge(course, voter);
  for (let tier = open + 1; tier <= tiersInTime(course); tier += 1) {
    const place = { group: 0, tier };
    if (judge(groupAt(course, place), true).truth !== "holds") continue;
    return [reason("tier_not_open", "A12", pathOf(place), { opensAt: tierOpensAt(course, tier) })];
  }
  return [];
}
