/* Chapter A as a machine of its own: it remembers everything and looks through all of it at every vote. */
import type * as Lib from "../../../src/index.js";
import { all, conditionTruth, isPerson, join, lower, nfc, same, type Truth } from "./conditions.js";
import { never } from "./schedule.js";
import { msOf, type Refused, refusedFor } from "./window.js";

/** A vote, and what it counts for: groups and places (resources), as `group/place` (A5, A8). */
type Cast = { keys: Set<string>; at: number; tier: boolean; slots: string[] };
export type State = ReturnType<typeof start>;
export type Event = Lib.ApprovalEvent & { readonly at: number };

export function start(flow: Lib.AccessFlow, { requestor, grantee, resources = [], catalog, at }: Lib.ApprovalInput) {
  if (flow.approval.kind === "automatic") throw new Error("approved at once (A1)");
  const { requestorCannotApproveSelf: apart, requireApproverReason } = flow.settings;
  const owners = resources.map((resource) => ownerOf(resource, catalog));
  return {
    ...{ rules: flow.approval, apart, requireApproverReason, status: "pending", votes: [] as Cast[] },
    ...{ openedAt: Number(at), lastAt: Number(at), revision: 0, tiersAsked: 0 },
    // Whatever was told of them, the newest last: keys are only ever added (A6), the manager is the newest one's (A7).
    requestor: [requestor],
    grantee: grantee === undefined || same(grantee.id, requestor.id) ? [] : [grantee],
    // A request that names no resource: one place that nobody is known to own (A8).
    owners: owners.length > 0 ? owners : ["unknown" as const],
  };
}

type Owner = Lib.AttributeConditionDefinition | "nobody" | "unknown";
function ownerOf({ integration, tags }: Lib.Resource, catalog: Lib.Catalog = {}): Owner {
  const { owner, ownerMapping } = catalog.integrations?.find(({ id }) => same(id, integration)) ?? {};
  if (ownerMapping !== undefined && tags === undefined) return "unknown";
  const tag = Object.entries(tags ?? {}).find(([key]) => ownerMapping !== undefined && same(key, ownerMapping.tagKey))?.[1];
  return ownerMapping && tag ? { attribute: ownerMapping.attribute, values: [tag], source: ownerMapping.source } : (owner ?? "nobody");
}

const idOf = (account: Lib.AttributeValue): string => (typeof account === "string" ? account : account.id);
export function keysOf(...told: Lib.Identity[]): Set<string> {
  const texts = told.flatMap(({ id, emails = [], accounts = [] }) => [id, ...emails, ...accounts.map(idOf)]);
  return new Set(texts.map((text) => (text.includes("@") ? lower(text) : nfc(text))));
}
const overlap = (left: Set<string>, right: Set<string>): boolean => [...left].some((key) => right.has(key));

export const deadline = ({ rules: { expiresAfter }, openedAt }: State): number =>
  expiresAfter === "never" ? never : openedAt + msOf(expiresAfter);
/** A12. */
export function tiersOf({ rules: { escalation }, openedAt }: State) {
  return escalation?.tiers.map((group, index) => ({ group, index, opensAt: openedAt + (index + 1) * msOf(escalation.every) })) ?? [];
}

/** Whether the voter meets a group, for each place (A2, A7, A8). */
function meets({ requestor, grantee, owners }: State, group: Lib.ApproverGroup, voter: Lib.Identity): Truth[] {
  const about = { requestor, grantee: grantee.length > 0 ? grantee : requestor };
  const truth = (condition: Lib.Condition, owner: Owner): Truth => {
    if (!("relation" in condition)) return conditionTruth(condition, voter);
    if (condition.relation === "manager") return isPerson(about[condition.of].at(-1)?.manager, voter);
    return owner === "unknown" ? "unknown" : owner === "nobody" ? "fails" : conditionTruth(owner, voter);
  };
  const truths = owners.map((owner) => group.conditions.map((condition) => truth(condition, owner)));
  return truths.map((atPlace) => join(group.combinator, atPlace));
}
/** What a vote of theirs would count for, the tiers they are a member of, and where that is not known. */
function standing(state: State, voter: Lib.Identity) {
  const groups = state.rules.approverGroups.map((group) => meets(state, group, voter));
  const tiers = tiersOf(state).map((tier) => ({ ...tier, truth: all(meets(state, tier.group, voter)) }));
  const slots = groups.flatMap((truths, group) => truths.map((truth, place) => (truth === "holds" ? `${group}/${place}` : "")));
  const memberOf = tiers.filter(({ truth }) => truth === "holds");
  return { slots: slots.filter((slot) => slot !== ""), memberOf, unsure: groups.flat().includes("unknown"), tiers };
}

/** Why this person may not vote on this request at all: C9, A6. */
function barred({ apart, requestor, grantee }: State, voter: Lib.Identity): { [code: string]: boolean } {
  const isSame = (told: Lib.Identity[]) => overlap(keysOf(...told), keysOf(voter));
  const knows = (told: Lib.Identity[], list: "emails" | "accounts") => told.some((one) => one[list] !== undefined);
  const differ = (told: Lib.Identity[], list: "emails" | "accounts") => told.length > 0 && knows(told, list) !== knows([voter], list);
  const unsure = [requestor, grantee].some((told) => !isSame(told) && (differ(told, "emails") || differ(told, "accounts")));
  const same = { same_person_as_requestor: apart && isSame(requestor), same_person_as_grantee: apart && isSame(grantee) };
  return { voter_inactive: voter.active === false, ...same, same_person_unknown: apart && unsure };
}

/** The state after the event, the same one where nothing is due, or every code that stands against it. */
export function transition(state: State, event: Event): State | Refused {
  const { at } = event;
  const after = { ...state, lastAt: at, revision: state.revision + 1 };
  const always = { clock_went_back: at < state.lastAt, request_decided: state.status !== "pending" };
  if (event.type === "withdraw") {
    const may = event.by.administrator === true || [...state.requestor, ...state.grantee].some(({ id }) => same(id, event.by.id));
    return refusedFor({ ...always, not_allowed_to_withdraw: !may }) ?? { ...after, status: "withdrawn" };
  }
  if (event.type === "vote") return voted(state, after, event, always);
  const tiersAsked = tiersOf(state).filter(({ opensAt }) => opensAt <= at).length;
  if (always.clock_went_back || always.request_decided) return refusedFor({ clock_went_back: always.clock_went_back }) ?? state;
  if (at >= deadline(state)) return { ...after, status: "expired" };
  return tiersAsked > state.tiersAsked ? { ...after, tiersAsked } : state;
}

function voted(before: State, now: State, vote: Event & Lib.VoteEvent, always: { [code: string]: boolean }): State | Refused {
  const { voter, at, reason = "", requestor, grantee } = vote;
  const state = { ...now, requestor: requestor ? [...now.requestor, requestor] : now.requestor };
  if (grantee && now.grantee.length > 0) state.grantee = [...now.grantee, grantee];
  const earlier = before.votes.filter(({ keys }) => overlap(keys, keysOf(voter)));
  const { slots, memberOf, unsure, tiers } = standing(state, voter);
  const opened = memberOf.filter(({ opensAt }) => opensAt <= at);
  const again = opened.some(({ opensAt }) => earlier.every((one) => !one.tier && one.at < opensAt));
  const outside = slots.length === 0 && opened.length === 0;
  const unknown = unsure || tiers.some(({ truth, opensAt }) => truth === "unknown" && opensAt <= at);
  const blank = /^[\s\p{Cc}\p{Cf}]*$/u.test(reason);
  const refused = refusedFor({
    ...{ ...always, request_expired: at >= deadline(state), already_voted: earlier.length > 0 && !again },
    ...{
      approver_reason_missing: blank && state.requireApproverReason,
      approver_reason_too_long: !blank && [...reason.trim()].length > 124,
    },
    ...{ not_an_approver: outside && !unknown, approver_facts_unknown: outside && unknown, tier_not_open: outside && memberOf.length > 0 },
    ...barred(state, voter),
  });
  if (refused !== null) return refused;
  state.votes = [...state.votes, { keys: keysOf(voter), at, tier: opened.length > 0, slots: earlier.length > 0 ? [] : slots }];
  // Whose keys turn out to be the requestor's or grantee's has approved themselves: that counts no longer (A6).
  const selves = state.apart ? keysOf(...state.requestor, ...state.grantee) : new Set<string>();
  const counting = state.votes.filter(({ keys }) => !overlap(selves, keys));
  if (vote.decision === "reject") return { ...state, status: "rejected" };
  return opened.length > 0 || satisfied(state, counting) ? { ...state, status: "approved" } : state;
}

/** Every way to choose some of a list. */
const choices = <T>([first, ...rest]: T[]): T[][] =>
  first === undefined ? [[]] : choices(rest).flatMap((chosen) => [chosen, [first, ...chosen]]);

type Counting = { readonly slots: readonly string[] };
/** A3, A8: whether these approvals are enough; for different people, by trying every way to divide them. */
function satisfied({ rules: { groups, approverGroups, distinctApprovers }, owners }: State, votes: Counting[]): boolean {
  const countAt = (slot: string, counted: Counting[]) => counted.filter(({ slots }) => slots.includes(slot)).length;
  const isMet = (group: number, counted: Counting[]) =>
    owners.every((_, place) => countAt(`${group}/${place}`, counted) >= (approverGroups[group]?.required ?? 0));
  const without = (left: Counting[], chosen: Counting[]) => left.filter((vote) => !chosen.includes(vote));
  const areMetFrom = (group: number, left: Counting[]): boolean =>
    group === approverGroups.length || choices(left).some((chosen) => isMet(group, chosen) && areMetFrom(group + 1, without(left, chosen)));
  if (groups === "anyOf") return approverGroups.some((_, group) => isMet(group, votes));
  return distinctApprovers ? areMetFrom(0, votes) : approverGroups.every((_, group) => isMet(group, votes));
}

/** A13 by trying every set of people who may vote together. */
export function plan(state: State, candidates: readonly Lib.Identity[]) {
  const people = candidates.map((person) => {
    const { slots, memberOf, unsure, tiers } = standing(state, person);
    const inTime = memberOf.filter(({ opensAt }) => opensAt < deadline(state)).map(({ index }) => index);
    // "Known to meet no open group": of a tier that is not open yet one may say either.
    const doubts = { approver_facts_unknown: unsure || tiers.some(({ truth }) => truth === "unknown"), not_an_approver: !unsure };
    const bars = refusedFor(barred(state, person));
    const mayVote = bars === null && slots.length + inTime.length > 0;
    const against = [...(bars?.refused ?? []), ...(refusedFor(doubts)?.refused ?? [])];
    const said = mayVote && JSON.stringify([[...keysOf(person)].sort(), slots, inTime]);
    return { id: person.id, keys: keysOf(person), slots, inTime, mayVote, against, said };
  });
  // Two records of one id that do not say the same count for nothing.
  const isClear = ({ id, said }: (typeof people)[number]) => people.every((other) => !same(other.id, id) || other.said === said);
  const voters = people.filter((one) => one.mayVote && isClear(one));
  const areApart = (team: typeof people) => team.every((one) => team.every((other) => one === other || !overlap(one.keys, other.keys)));
  const teams = (of: typeof people, { rules } = state) =>
    choices(of).filter((team) => areApart(team) && satisfied({ ...state, rules }, team));
  const tiers = voters.flatMap(({ inTime }) => inTime);
  const byGroups = teams(voters).length > 0;
  const decidable = byGroups || tiers.length > 0;
  const others = voters.filter(({ keys }) => !overlap(keys, keysOf(...state.requestor)));
  const byOthers = teams(others).length > 0 || others.some(({ inTime }) => inTime.length > 0);
  const anybody = { ...state, rules: { ...state.rules, distinctApprovers: false } };
  const idsOf = (list: typeof people) => [...new Set(list.map(({ id }) => id))].sort();
  const votersOf = (group: number) => voters.filter(({ slots }) => slots.some((slot) => slot.startsWith(`${group}/`)));
  return {
    ...{ decidable, selfOnly: decidable && !byOthers, distinctShort: !decidable && teams(voters, anybody).length > 0 },
    decidableFrom:
      byGroups || !decidable ? null : Math.min(...tiersOf(state).flatMap((tier) => (tiers.includes(tier.index) ? [tier.opensAt] : []))),
    voters: state.rules.approverGroups.map((_, group) => idsOf(votersOf(group))),
    tierVoters: tiersOf(state).map(({ index }) => idsOf(voters.filter(({ inTime }) => inTime.includes(index)))),
    excluded: new Map(people.filter((one) => !voters.includes(one)).map(({ id, against }) => [id, against])),
  };
}
