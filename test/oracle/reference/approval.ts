/* Chapter A as a machine of its own: it remembers everything and looks through all of it at every vote. */
import type { Catalog } from "../../../src/core/facts/catalog.js";
import type { Identity } from "../../../src/core/facts/identity.js";
import type { Resource } from "../../../src/core/facts/resource.js";
import type { AccessFlow } from "../../../src/core/flow/access-flow.js";
import type { ApprovalOf, ApproverGroup } from "../../../src/core/flow/approval.js";
import type { AttributeConditionDefinition } from "../../../src/core/flow/definition.js";
import { all, conditionTruth, isPerson, join, lower, nfc, type Truth } from "./conditions.js";
import { same } from "./targets.js";
import { msOf } from "./window.js";

/** Who owns a resource (A8). */
export type Owner = AttributeConditionDefinition | "nobody" | "unknown";
type Person = { id: string; keys: Set<string>; emails: boolean; accounts: boolean; manager: string | null | undefined };
type Cast = { keys: Set<string>; at: number; approves: boolean; tier: boolean; slots: Set<string> };
export type Status = "pending" | "approved" | "rejected" | "withdrawn" | "expired";
export type State = {
  rules: ApprovalOf;
  settings: AccessFlow["settings"];
  status: Status;
  openedAt: number;
  lastAt: number;
  revision: number;
  tiersAsked: number;
  requestor: Person;
  grantee: Person | null;
  owners: Owner[];
  votes: Cast[];
};
export type Opening = {
  requestor: Identity;
  grantee?: Identity | undefined;
  resources?: readonly Resource[] | undefined;
  catalog?: Catalog | undefined;
  at: number;
};
export type Vote = {
  type: "vote";
  voter: Identity;
  decision: "approve" | "reject";
  reason?: string | undefined;
  requestor?: Identity | undefined;
  grantee?: Identity | undefined;
  at: number;
};
export type Event =
  | Vote
  | { type: "withdraw"; by: { id: string; administrator?: boolean | undefined }; at: number }
  | { type: "timeReached"; at: number };

export function keysOf({ id, emails, accounts }: Identity): Set<string> {
  const texts = [id, ...(emails ?? []), ...(accounts ?? []).map((account) => (typeof account === "string" ? account : account.id))];
  return new Set(texts.map((text) => (text.includes("@") ? nfc(lower(nfc(text))) : nfc(text))));
}
export const overlap = (left: Set<string>, right: Set<string>): boolean => [...left].some((key) => right.has(key));

function personOf(identity: Identity): Person {
  const { id, manager } = identity;
  return { id, keys: keysOf(identity), emails: identity.emails !== undefined, accounts: identity.accounts !== undefined, manager };
}

/** Stored facts and fresher ones: keys are added, never removed (A6); the manager is the fresher one's from then on, be it unknown (A7). */
function learned(person: Person, fresh: Identity | undefined): Person {
  if (fresh === undefined) return person;
  const news = personOf(fresh);
  return {
    ...news,
    keys: new Set([...person.keys, ...news.keys]),
    emails: person.emails || news.emails,
    accounts: person.accounts || news.accounts,
  };
}

export function ownerOf(resource: Resource, catalog: Catalog | undefined): Owner {
  const integration = catalog?.integrations?.find(({ id }) => same(id, resource.integration));
  const mapping = integration?.ownerMapping;
  if (mapping === undefined) return integration?.owner ?? "nobody";
  if (resource.tags === undefined) return "unknown";
  const tag = Object.entries(resource.tags).find(([key]) => same(key, mapping.tagKey))?.[1];
  if (tag === undefined || tag === "") return integration?.owner ?? "nobody";
  return { attribute: mapping.attribute, operator: "is", values: [tag], source: mapping.source };
}

export function start(flow: AccessFlow, { requestor, grantee, resources, catalog, at }: Opening): State {
  const rules = flow.approval;
  if (rules.kind === "automatic") throw new Error("approved at once (A1)");
  const owners = (resources ?? []).map((resource) => ownerOf(resource, catalog));
  const other = grantee === undefined || same(grantee.id, requestor.id) ? null : personOf(grantee);
  const people = { requestor: personOf(requestor), grantee: other };
  // A request that names no resource: one place that nobody is known to own (A8).
  const places: Owner[] = owners.length > 0 ? owners : ["unknown"];
  return {
    rules,
    settings: flow.settings,
    status: "pending",
    openedAt: at,
    lastAt: at,
    revision: 0,
    tiersAsked: 0,
    ...people,
    owners: places,
    votes: [],
  };
}

export const deadline = (state: State): number =>
  state.rules.expiresAfter === "never" ? Number.POSITIVE_INFINITY : state.openedAt + msOf(state.rules.expiresAfter);
export const tierOpensAt = (state: State, tier: number): number =>
  state.openedAt + (tier + 1) * (state.rules.escalation === undefined ? Number.NaN : msOf(state.rules.escalation.every));
export const tiersOf = (state: State): readonly ApproverGroup[] => state.rules.escalation?.tiers ?? [];
const openTiers = (state: State, at: number) => tiersOf(state).filter((_, tier) => tierOpensAt(state, tier) <= at).length;

/** Whether the voter meets a group, for each place (A2, A7, A8). */
export function meets(state: State, group: ApproverGroup, voter: Identity): Truth[] {
  return state.owners.map((owner) =>
    join(
      group.combinator,
      group.conditions.map((condition): Truth => {
        if (!("relation" in condition)) return conditionTruth(condition, voter);
        if (condition.relation === "manager") {
          return isPerson((condition.of === "grantee" ? (state.grantee ?? state.requestor) : state.requestor).manager, voter);
        }
        return owner === "unknown" ? "unknown" : owner === "nobody" ? "fails" : conditionTruth(owner, voter);
      }),
    ),
  );
}

/** Why this person may not vote on this request at all: C9, A6. */
export function barred(state: State, voter: Identity): string[] {
  const codes = voter.active === false ? ["voter_inactive"] : [];
  if (!state.settings.requestorCannotApproveSelf) return codes;
  for (const [who, person] of [
    ["requestor", state.requestor],
    ["grantee", state.grantee],
  ] as const) {
    if (person === null) continue;
    if (overlap(person.keys, keysOf(voter))) codes.push(`same_person_as_${who}`);
    else if (person.emails !== (voter.emails !== undefined) || person.accounts !== (voter.accounts !== undefined))
      codes.push("same_person_unknown");
  }
  return codes;
}

/** The state after the event, or every code that stands against it. */
export function transition(state: State, event: Event): State | { refused: Set<string> } {
  const { at } = event;
  const codes: string[] = at < state.lastAt ? ["clock_went_back"] : [];
  const accepted = { ...state, lastAt: at, revision: state.revision + 1 };
  if (event.type === "timeReached") {
    if (codes.length > 0) return { refused: new Set(codes) };
    if (state.status !== "pending") return state;
    if (at >= deadline(state)) return { ...accepted, status: "expired" };
    return openTiers(state, at) > state.tiersAsked ? { ...accepted, tiersAsked: openTiers(state, at) } : state;
  }
  if (state.status !== "pending") codes.push("request_decided");
  if (event.type === "withdraw") {
    const mayEnd =
      event.by.administrator === true || [state.requestor, state.grantee].some((person) => person !== null && same(person.id, event.by.id));
    if (!mayEnd) codes.push("not_allowed_to_withdraw");
    return codes.length > 0 ? { refused: new Set(codes) } : { ...accepted, status: "withdrawn" };
  }
  if (at >= deadline(state)) codes.push("request_expired");
  const written = (event.reason ?? "").trim();
  const length = [...written].every((letter) => /[\s\p{Cc}\p{Cf}]/u.test(letter)) ? 0 : [...written].length;
  if (length === 0 && state.settings.requireApproverReason) codes.push("approver_reason_missing");
  if (length > 124) codes.push("approver_reason_too_long");
  const requestor = learned(state.requestor, event.requestor);
  const grantee = state.grantee === null ? null : learned(state.grantee, event.grantee);
  const now = { ...accepted, requestor, grantee };
  codes.push(...barred(now, event.voter));

  const keys = keysOf(event.voter);
  const earlier = state.votes.filter((vote) => overlap(vote.keys, keys));
  const groups = state.rules.approverGroups.map((group) => meets(now, group, event.voter));
  const tiers = tiersOf(state).map((group) => all(meets(now, group, event.voter)));
  const opened = tiers.slice(0, openTiers(state, at));
  const inTier = opened.includes("holds");
  const openedSince = opened.some((truth, tier) => truth === "holds" && earlier.every((vote) => vote.at < tierOpensAt(state, tier)));
  if (earlier.length > 0 && (!openedSince || earlier.some((vote) => vote.tier))) codes.push("already_voted");
  if (!inTier && !groups.flat().includes("holds")) {
    codes.push([...groups.flat(), ...opened].includes("unknown") ? "approver_facts_unknown" : "not_an_approver");
    if (tiers.slice(opened.length).includes("holds")) codes.push("tier_not_open");
  }
  if (codes.length > 0) return { refused: new Set(codes) };

  const slots =
    earlier.length > 0
      ? []
      : groups.flatMap((truths, group) => truths.flatMap((truth, place) => (truth === "holds" ? [slot(group, place)] : [])));
  const approves = event.decision === "approve";
  const votes = [...state.votes, { keys, at, approves, tier: inTier, slots: new Set(slots) }];
  const kept = { ...now, votes };
  if (!approves) return { ...kept, status: "rejected" };
  // Whose keys turn out to be the requestor's or grantee's has approved themselves: that counts no longer (A6).
  const selves = state.settings.requestorCannotApproveSelf ? [requestor, ...(grantee === null ? [] : [grantee])] : [];
  const counting = votes.filter((vote) => !selves.some((person) => overlap(person.keys, vote.keys))).map((vote) => vote.slots);
  return { ...kept, status: inTier || satisfied(kept.rules, state.owners.length, counting) ? "approved" : "pending" };
}

export const slot = (group: number, place: number): string => `${group}/${place}`;

/** A3, A8: whether these approvals are enough; for different people, by trying every way to divide them. */
export function satisfied(rules: ApprovalOf, places: number, votes: Set<string>[]): boolean {
  const enough = (counted: Set<string>[][]): boolean[] =>
    rules.approverGroups.map(({ required }, group) =>
      Array.from({ length: places }, (_, place) => counted[group]?.filter((slots) => slots.has(slot(group, place))).length ?? 0).every(
        (count) => count >= required,
      ),
    );
  if (rules.groups === "anyOf") return enough(rules.approverGroups.map(() => votes)).includes(true);
  if (!rules.distinctApprovers) return !enough(rules.approverGroups.map(() => votes)).includes(false);
  const divide = (left: Set<string>[], counted: Set<string>[][]): boolean => {
    if (!enough(counted).includes(false)) return true;
    const [first, ...rest] = left;
    return (
      first !== undefined &&
      rules.approverGroups.some((_, group) =>
        divide(
          rest,
          counted.map((slots, other) => (other === group ? [...slots, first] : slots)),
        ),
      )
    );
  };
  return divide(
    votes,
    rules.approverGroups.map(() => []),
  );
}

export type Plan = {
  excluded: Map<string, readonly string[]>;
  distinctShort: boolean;
  decidable: boolean;
  decidableFrom: number | null;
  selfOnly: boolean;
  voters: string[][];
  tierVoters: string[][];
};

/** A13 by trying every set of people who may vote together. */
export function plan(state: State, candidates: readonly Identity[]): Plan {
  const admitted = candidates.filter((candidate) => barred(state, candidate).length === 0);
  const inTime = tiersOf(state).filter((_, tier) => tierOpensAt(state, tier) < deadline(state));
  // Where somebody may vote, by the record given; two records of one id that do not say the same count for nothing.
  const said = (person: Identity): string => {
    const groups = state.rules.approverGroups.map((group) => meets(state, group, person).map((truth) => truth === "holds"));
    const tiers = inTime.map((group) => all(meets(state, group, person)) === "holds");
    const places = [...groups.flat(), ...tiers];
    return admitted.includes(person) && places.includes(true) ? JSON.stringify([[...keysOf(person)].sort(), places]) : "";
  };
  const free = admitted.filter((person) => candidates.every((other) => !same(other.id, person.id) || said(other) === said(person)));
  const slotsOf = new Map(
    free.map((candidate) => [
      candidate,
      new Set(
        state.rules.approverGroups.flatMap((group, index) =>
          meets(state, group, candidate).flatMap((truth, place) => (truth === "holds" ? [slot(index, place)] : [])),
        ),
      ),
    ]),
  );
  const byGroups = (people: readonly Identity[]): boolean => {
    const tryFrom = (rest: readonly Identity[], chosen: readonly Identity[]): boolean => {
      if (
        satisfied(
          state.rules,
          state.owners.length,
          chosen.map((person) => slotsOf.get(person) ?? new Set()),
        )
      )
        return true;
      return rest.some((person, index) => {
        if (chosen.some((other) => overlap(keysOf(other), keysOf(person)))) return false;
        return tryFrom(rest.slice(index + 1), [...chosen, person]);
      });
    };
    return tryFrom(people, []);
  };
  // A tier that would open at or after the deadline does not count: nobody may vote in it.
  const members = tiersOf(state).map((group, tier) =>
    free.filter((person) => tierOpensAt(state, tier) < deadline(state) && all(meets(state, group, person)) === "holds"),
  );
  const byTier = (people: readonly Identity[]): number | null => {
    const tier = members.findIndex((list) => list.some((member) => people.includes(member)));
    return tier < 0 ? null : tierOpensAt(state, tier);
  };
  const decidable = (people: readonly Identity[]): boolean => byGroups(people) || byTier(people) !== null;
  const others = free.filter((candidate) => !overlap(keysOf(candidate), state.requestor.keys));
  const ids = (people: readonly Identity[]) => [...new Set(people.map(({ id }) => id))].sort();
  const anybody = { ...state, rules: { ...state.rules, distinctApprovers: false } };
  const mayVote = new Set([...members.flat(), ...free.filter((person) => slotsOf.get(person)?.size)]);
  // "Known to meet no open group": of a tier that is not open yet one may say either.
  const doubtful = (groups: readonly ApproverGroup[], person: Identity) =>
    groups.some((group) => meets(state, group, person).includes("unknown")) ? ["approver_facts_unknown"] : [];
  const outside = (person: Identity): string[] => {
    const unsure = doubtful(state.rules.approverGroups, person);
    return unsure.length > 0 ? unsure : ["not_an_approver", ...doubtful(tiersOf(state), person)];
  };
  const excluded = candidates
    .filter((person) => !mayVote.has(person))
    .map((person) => [person.id, [...barred(state, person), ...outside(person)]] as const);
  return {
    excluded: new Map(excluded),
    distinctShort:
      state.rules.distinctApprovers &&
      !decidable(free) &&
      plan(anybody, candidates).decidableFrom === null &&
      plan(anybody, candidates).decidable,
    decidable: decidable(free),
    decidableFrom: byGroups(free) ? null : byTier(free),
    selfOnly: decidable(free) && !decidable(others),
    voters: state.rules.approverGroups.map((_, group) =>
      ids(free.filter((person) => [...(slotsOf.get(person) ?? [])].some((held) => held.startsWith(`${group}/`)))),
    ),
    tierVoters: members.map(ids),
  };
}
