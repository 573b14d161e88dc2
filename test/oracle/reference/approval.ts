/* Chapter A as a machine of its own: it remembers everything and looks through all of it at every vote. */
import type * as Lib from "../../../src/index.js";
import { all, conditionTruth, isPerson, join, lower, nfc, same, type Truth } from "./conditions.js";
import { msOf, type Refused } from "./window.js";

type Owner = Lib.AttributeConditionDefinition | "nobody" | "unknown";
/** A vote, and what it counts for: groups and places (resources), as `group/place` (A5, A8). */
type Cast = { keys: Set<string>; at: number; approves: boolean; tier: boolean; slots: string[] };
export type State = ReturnType<typeof start>;
export type Event = Lib.ApprovalEvent & { readonly at: number };

export function start(
  { approval: rules, settings }: Lib.AccessFlow,
  { requestor, grantee, resources = [], catalog, at }: Lib.ApprovalInput,
) {
  if (rules.kind === "automatic") throw new Error("approved at once (A1)");
  const owners = resources.map((resource) => ownerOf(resource, catalog));
  const other = grantee === undefined || same(grantee.id, requestor.id) ? [] : [grantee];
  return {
    ...{ rules, settings, status: "pending", openedAt: Number(at), lastAt: Number(at), revision: 0, tiersAsked: 0, votes: [] as Cast[] },
    // Whatever was told of them, the newest last: keys are only ever added (A6), the manager is the newest one's (A7).
    ...{ requestor: [requestor] as Lib.Identity[], grantee: other as Lib.Identity[] },
    // A request that names no resource: one place that nobody is known to own (A8).
    owners: owners.length > 0 ? owners : ["unknown" as const],
  };
}

function ownerOf(resource: Lib.Resource, catalog: Lib.Catalog | undefined): Owner {
  const { owner, ownerMapping } = catalog?.integrations?.find(({ id }) => same(id, resource.integration)) ?? {};
  if (ownerMapping !== undefined && resource.tags === undefined) return "unknown";
  const tag = ownerMapping && Object.entries(resource.tags ?? {}).find(([key]) => same(key, ownerMapping.tagKey))?.[1];
  return ownerMapping && tag ? { attribute: ownerMapping.attribute, values: [tag], source: ownerMapping.source } : (owner ?? "nobody");
}

export function keysOf(...told: Lib.Identity[]): Set<string> {
  const accounts = told.flatMap((one) => one.accounts ?? []).map((account) => (typeof account === "string" ? account : account.id));
  const texts = [...told.flatMap(({ id, emails = [] }) => [id, ...emails]), ...accounts];
  return new Set(texts.map((text) => (text.includes("@") ? lower(text) : nfc(text))));
}
const overlap = (left: Set<string>, right: Set<string>): boolean => [...left].some((key) => right.has(key));

export const deadline = ({ rules, openedAt }: State): number =>
  rules.expiresAfter === "never" ? Number.POSITIVE_INFINITY : openedAt + msOf(rules.expiresAfter);
export const tiersOf = ({ rules }: State): readonly Lib.ApproverGroup[] => rules.escalation?.tiers ?? [];
export const tierOpensAt = ({ rules, openedAt }: State, tier: number): number =>
  openedAt + (tier + 1) * (rules.escalation === undefined ? 0 : msOf(rules.escalation.every));

/** Whether the voter meets a group, for each place (A2, A7, A8). */
function meets(state: State, group: Lib.ApproverGroup, voter: Lib.Identity): Truth[] {
  const about = { requestor: state.requestor, grantee: state.grantee.length > 0 ? state.grantee : state.requestor };
  return state.owners.map((owner) => {
    const truths = group.conditions.map((condition): Truth => {
      if (!("relation" in condition)) return conditionTruth(condition, voter);
      if (condition.relation === "manager") return isPerson(about[condition.of].at(-1)?.manager, voter);
      return owner === "unknown" ? "unknown" : owner === "nobody" ? "fails" : conditionTruth(owner, voter);
    });
    return join(group.combinator, truths);
  });
}
const isMember = (state: State, tier: Lib.ApproverGroup, voter: Lib.Identity): Truth => all(meets(state, tier, voter));
const slotsOf = (state: State, voter: Lib.Identity): string[] =>
  state.rules.approverGroups.flatMap((group, index) =>
    meets(state, group, voter).flatMap((truth, place) => (truth === "holds" ? [`${index}/${place}`] : [])),
  );

/** Why this person may not vote on this request at all: C9, A6. */
function barred({ settings, requestor, grantee }: State, voter: Lib.Identity): string[] {
  const codes = voter.active === false ? ["voter_inactive"] : [];
  for (const [who, told] of settings.requestorCannotApproveSelf ? Object.entries({ requestor, grantee }) : []) {
    const alike = (list: "emails" | "accounts") => told.some((one) => one[list] !== undefined) === (voter[list] !== undefined);
    if (overlap(keysOf(...told), keysOf(voter))) codes.push(`same_person_as_${who}`);
    else if (told.length > 0 && !(alike("emails") && alike("accounts"))) codes.push("same_person_unknown");
  }
  return codes;
}

/** The state after the event, the same one where nothing is due, or every code that stands against it. */
export function transition(state: State, event: Event): State | Refused {
  const { at } = event;
  const refused = new Set<string>();
  const refuse = (when: boolean, code: string) => when && refused.add(code);
  const pending = state.status === "pending";
  const over = at >= deadline(state);
  const isOpened = (_: unknown, tier: number) => tierOpensAt(state, tier) <= at;
  const opened = tiersOf(state).filter(isOpened);
  let after = { ...state, lastAt: at, revision: state.revision + 1 };
  refuse(at < state.lastAt, "clock_went_back");
  refuse(!pending && event.type !== "timeReached", "request_decided");
  if (event.type === "timeReached") {
    if (pending && over) after.status = "expired";
    else if (pending && opened.length > state.tiersAsked) after.tiersAsked = opened.length;
    else after = state;
  } else if (event.type === "withdraw") {
    const isParty = [...state.requestor, ...state.grantee].some(({ id }) => same(id, event.by.id));
    refuse(!isParty && event.by.administrator !== true, "not_allowed_to_withdraw");
    after.status = "withdrawn";
  } else {
    const reason = [...(event.reason ?? "").trim()];
    const approves = event.decision === "approve";
    refuse(over, "request_expired");
    refuse(state.settings.requireApproverReason && reason.every((one) => /[\s\p{Cc}\p{Cf}]/u.test(one)), "approver_reason_missing");
    refuse(reason.length > 124 && reason.some((one) => !/[\s\p{Cc}\p{Cf}]/u.test(one)), "approver_reason_too_long");
    if (event.requestor) after.requestor = [...state.requestor, event.requestor];
    if (event.grantee && state.grantee.length > 0) after.grantee = [...state.grantee, event.grantee];
    for (const code of barred(after, event.voter)) refused.add(code);

    const keys = keysOf(event.voter);
    const earlier = state.votes.filter((vote) => overlap(vote.keys, keys));
    const groups = state.rules.approverGroups.flatMap((group) => meets(after, group, event.voter));
    const tiers = tiersOf(state).map((tier) => isMember(after, tier, event.voter));
    const inTier = tiers.filter(isOpened).includes("holds");
    const since = (tier: number) => earlier.every((vote) => !vote.tier && vote.at < tierOpensAt(state, tier));
    const again = tiers.some((truth, tier) => truth === "holds" && isOpened(truth, tier) && since(tier));
    const unknown = [...groups, ...tiers.filter(isOpened)].includes("unknown");
    refuse(earlier.length > 0 && !again, "already_voted");
    if (!inTier && !groups.includes("holds")) {
      refuse(true, unknown ? "approver_facts_unknown" : "not_an_approver");
      refuse(tiers.includes("holds"), "tier_not_open");
    }
    after.votes = [...state.votes, { keys, at, approves, tier: inTier, slots: earlier.length > 0 ? [] : slotsOf(after, event.voter) }];
    // Whose keys turn out to be the requestor's or grantee's has approved themselves: that counts no longer (A6).
    const selves = state.settings.requestorCannotApproveSelf ? keysOf(...after.requestor, ...after.grantee) : new Set<string>();
    const counting = after.votes.filter((vote) => !overlap(selves, vote.keys)).map(({ slots }) => slots);
    if (!approves) after.status = "rejected";
    else if (inTier || satisfied(state, counting)) after.status = "approved";
  }
  return refused.size > 0 ? { refused } : after;
}

/** Every way to choose some of a list. */
const choices = <T>([first, ...rest]: T[]): T[][] =>
  first === undefined ? [[]] : choices(rest).flatMap((chosen) => [chosen, [first, ...chosen]]);

/** A3, A8: whether these approvals are enough; for different people, by trying every way to divide them. */
function satisfied({ rules: { groups, approverGroups, distinctApprovers }, owners }: State, votes: string[][]): boolean {
  const isMet = (group: number, counted: string[][]): boolean =>
    owners.every(
      (_, place) => counted.filter((slots) => slots.includes(`${group}/${place}`)).length >= (approverGroups[group]?.required ?? 0),
    );
  if (groups === "anyOf") return approverGroups.some((_, group) => isMet(group, votes));
  const areMet = (group: number, left: string[][]): boolean =>
    group === approverGroups.length ||
    choices(left).some(
      (chosen) =>
        isMet(group, chosen) &&
        areMet(
          group + 1,
          left.filter((slots) => !chosen.includes(slots)),
        ),
    );
  return distinctApprovers ? areMet(0, votes) : approverGroups.every((_, group) => isMet(group, votes));
}

/** A13 by trying every set of people who may vote together. */
export function plan(state: State, candidates: readonly Lib.Identity[]) {
  const inTime = tiersOf(state).filter((_, tier) => tierOpensAt(state, tier) < deadline(state));
  const tiersFor = (person: Lib.Identity) => inTime.flatMap((tier, index) => (isMember(state, tier, person) === "holds" ? [index] : []));
  const mayVote = (person: Lib.Identity) =>
    barred(state, person).length === 0 && slotsOf(state, person).length + tiersFor(person).length > 0;
  // Two records of one id that do not say the same count for nothing.
  const said = (one: Lib.Identity) => mayVote(one) && JSON.stringify([[...keysOf(one)].sort(), slotsOf(state, one), tiersFor(one)]);
  const voters = candidates.filter(
    (one) => mayVote(one) && candidates.every((other) => !same(other.id, one.id) || said(other) === said(one)),
  );
  const areDifferent = (team: Lib.Identity[]) =>
    team.every((one, at) => team.slice(at + 1).every((other) => !overlap(keysOf(one), keysOf(other))));
  const decides = (people: Lib.Identity[], { rules } = state) =>
    choices(people).some(
      (team) =>
        areDifferent(team) &&
        satisfied(
          { ...state, rules },
          team.map((one) => slotsOf(state, one)),
        ),
    );
  const others = voters.filter((one) => !overlap(keysOf(one), keysOf(...state.requestor)));
  const [byGroups, tiers] = [decides(voters), voters.flatMap(tiersFor)];
  const ids = (people: Lib.Identity[]) => [...new Set(people.map(({ id }) => id))].sort();
  // "Known to meet no open group": of a tier that is not open yet one may say either.
  const doubt = (groups: readonly Lib.ApproverGroup[], person: Lib.Identity) =>
    groups.some((group) => meets(state, group, person).includes("unknown")) ? ["approver_facts_unknown"] : [];
  const outside = (one: Lib.Identity) => [...doubt(state.rules.approverGroups, one), "not_an_approver", ...doubt(tiersOf(state), one)];
  const excluded = candidates.filter((one) => !voters.includes(one));
  return {
    excluded: new Map(excluded.map((one) => [one.id, [...barred(state, one), ...outside(one)]])),
    distinctShort: tiers.length === 0 && !byGroups && decides(voters, { ...state, rules: { ...state.rules, distinctApprovers: false } }),
    decidable: byGroups || tiers.length > 0,
    decidableFrom: byGroups || tiers.length === 0 ? null : tierOpensAt(state, Math.min(...tiers)),
    selfOnly: (byGroups || tiers.length > 0) && !decides(others) && others.flatMap(tiersFor).length === 0,
    voters: state.rules.approverGroups.map((_, group) =>
      ids(voters.filter((one) => slotsOf(state, one).some((slot) => slot.startsWith(`${group}/`)))),
    ),
    tierVoters: tiersOf(state).map((_, tier) => ids(voters.filter((one) => tiersFor(one).includes(tier)))),
  };
}
