import { describe, expect, it } from "vitest";
import type { ApprovalState } from "../../../src/core/approval/approval-state.js";
import { restoreApprovalState } from "../../../src/core/approval/restore-approval-state.js";
import { isDeepFrozen } from "../../../src/core/kernel/deep-freeze.js";
import { approvalOf, ballot, catalog, flowWith, group, hour, inGroup, minute, open, opened, person, played, resource } from "./support.js";

const flow = flowWith(
  approvalOf("allOf", [inGroup("leads", 2), group({ relation: "owner" })], { escalation: { tiers: [inGroup("bosses")] } }),
  { requestorCannotApproveSelf: true },
);
const ownersFirst = approvalOf("allOf", [group({ relation: "owner" }), inGroup("leads", 2)], {
  escalation: { tiers: [inGroup("bosses")] },
});
const resources = [resource("r1", { team: "pay" }), resource("r2", { team: "web" })];
const lead = person("lena", ["leads"]);
const state = played(open(flow, { resources, catalog, grantee: person("gil") }), lead, ballot(person("pia", ["pay"])), {
  type: "timeReached",
  at: opened + 30 * minute,
});

type Draft = { [key: string]: unknown };
const copyOf = (value: unknown): Draft => JSON.parse(JSON.stringify(value));

/** The stored state with one place changed. */
function tampered(path: readonly (string | number)[], value: unknown): Draft {
  const copy = copyOf(state);
  let at = copy;
  for (const step of path.slice(0, -1)) at = at[step] as Draft;
  const last = path.at(-1) ?? "";
  if (value === undefined) delete at[last];
  else at[last] = value;
  return copy;
}

function faultsOf(json: unknown): string[] {
  const restored = restoreApprovalState(json);
  return restored.ok ? [] : restored.error.map(({ code, path }) => `${code} ${path.join(".")}`);
}

/** What is said of a state that cannot have been; nothing of one that comes back. */
function wordsOf(json: unknown): string[] {
  const restored = restoreApprovalState(json);
  return restored.ok ? [] : restored.error.map(({ code, message }) => (code === "state_invalid" ? message : `${code} ${message}`));
}

describe("a vote in a tier that is stored (TH21)", () => {
  const [boss, at] = [person("boss", ["bosses"]), opened + hour];
  const byTier = copyOf(played(open(flowWith(ownersFirst), { resources, catalog }), { type: "timeReached", at }, ballot(boss, { at })));

  it("A12: comes back, though the group that it stands for asks for owners", () => {
    expect([byTier["status"], restoreApprovalState(byTier)]).toEqual(["approved", { ok: true, value: byTier }]);
  });

  it("A12: is of no tier that was not open, nor of one of another group", () => {
    const [cast] = byTier["votes"] as readonly { readonly counts: readonly object[] }[];
    const withCount = (count: object) => faultsOf({ ...byTier, votes: [{ ...cast, counts: [{ ...cast?.counts[0], ...count }] }] });
    expect([withCount({}), withCount({ group: 1 }), withCount({ tier: 2 })]).toEqual([
      [],
      ["state_invalid votes.0.counts.0"],
      ["state_invalid votes.0.counts.0"],
    ]);
  });
});

describe("restoreApprovalState (TH21)", () => {
  it("L13: a stored state comes back as it was, frozen", () => {
    const restored = restoreApprovalState(copyOf(state));
    expect(restored).toEqual({ ok: true, value: state });
    expect(isDeepFrozen(restored)).toBe(true);
  });

  it("L13: keys come back in the order of the type, however a database has put them", () => {
    const turned = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(turned);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, member]) => [key, turned(member)]),
      );
    };
    const restored = restoreApprovalState(turned(copyOf(state)));
    expect(restored.ok && JSON.stringify(restored.value)).toBe(JSON.stringify(state));
  });

  it("L13: the value given is not changed and not kept", () => {
    const stored = copyOf(state);
    const restored = restoreApprovalState(stored);
    stored["status"] = "approved";
    expect(restored.ok && restored.value.status).toBe("pending");
  });

  it("L13: a state with an address whose letters combine when they are small comes back", () => {
    const opening = open(flow, { requestor: person("ada", [], { emails: ["J\u030cane@corp.com"] }) });
    expect(faultsOf(copyOf(opening))).toEqual([]);
  });

  it("D4: a document that is too large is no state, however little of it would stay", () => {
    const wide = { padded: `${"\u3000".repeat(90_000)}Leads`, repeated: Array.from({ length: 900 }, () => "\u9577".repeat(100)) };
    expect(faultsOf(tampered(["flow", "name"], wide.padded))).toEqual(["state_invalid flow.name"]);
    const values = ["rules", "approval", "approverGroups", 0, "conditions", 0, "values"];
    expect(faultsOf(tampered(values, wide.repeated))[0]).toMatch(
      /^state_invalid rules\.approval\.approverGroups\.0\.conditions\.0\.values\./,
    );
  });

  it("TH21: keys beside the id need addresses or accounts that are known", () => {
    const person = { ...state.requestor, emailsKnown: false, accountsKnown: false };
    expect(faultsOf(tampered(["requestor"], person))).toEqual(["state_invalid requestor.keys"]);
  });

  it("TH21: a grantee who is the requestor has no record of their own", () => {
    expect(faultsOf(tampered(["grantee"], state.requestor))).toEqual(["state_invalid grantee"]);
  });

  it.each([
    [null],
    ["x"],
    [[]],
    [{}],
    [{ kind: "requestState", format: "requestState/v1" }],
    [{ kind: "approvalState" }],
    [{ kind: "approvalState", format: "approvalState/v0" }],
  ])("L13: %j is foreign", (json) => {
    expect(faultsOf(json)[0]).toMatch(/^state_foreign/);
  });

  it.each([["approvalState/v2"], "an approvalState/v2", "approvalState/v2 or so", "approvalState/v1234567890", 2])(
    "L13: the format %j is none of this library's",
    (format) => {
      const restored = restoreApprovalState({ ...copyOf(state), format });
      const issue = { code: "state_foreign", path: ["format"], message: "format is not `approvalState/v1`" };
      expect(restored).toEqual({ ok: false, error: [issue] });
    },
  );

  it("L13: what is newer is told so", () => {
    const issue = { code: "state_newer", path: ["format"], message: "format is newer than `approvalState/v1`" };
    expect(restoreApprovalState({ ...copyOf(state), format: "approvalState/v2" })).toEqual({ ok: false, error: [issue] });
  });

  it.each(["approvalState/v2", "approvalState/v10"])("L13: the format %s is newer", (format) => {
    expect(faultsOf({ ...copyOf(state), format })).toEqual(["state_newer format"]);
  });

  it("TH21: every place that is missing is named", () => {
    const missing = Object.keys(state).filter((key) => key !== "kind" && key !== "format");
    expect(missing.map((key) => faultsOf(tampered([key], undefined)))).toEqual(missing.map((key) => [`state_invalid ${key}`]));
  });

  const faults: [string, readonly (string | number)[], unknown, ...string[]][] = [
    ["an unknown key", ["forced"], true, "forced is not a known key"],
    ["a key that could reach a prototype", ["constructor"], {}, "constructor is a key that no record may have"],
    ["a status that the votes do not lead to", ["status"], "approved", "decidedAt is not the last event's time"],
    ["a revision below the events", ["revision"], 2, "revision is not the number of events"],
    ["a revision above the events", ["revision"], 4, "revision is not the number of events"],
    ["a revision that is no whole number", ["revision"], 3.5, "revision must be a whole number from 0, not `3.5`"],
    ["rules without a default", ["rules", "approval", "distinctApprovers"], undefined, "rules.approval.distinctApprovers is missing"],
    [
      "rules that mean nothing",
      ["rules", "approval", "distinctApprovers"],
      true,
      "rules.approval.distinctApprovers has no meaning together with an owner condition in a group",
    ],
    [
      "rules without groups",
      ["rules", "approval", "approverGroups"],
      [],
      "rules.approval.approverGroups is empty: at least one entry is needed",
    ],
    [
      "an opening after the last event",
      ["openedAt"],
      opened + hour,
      "openedAt is later than `lastAt`",
      "tiersAsked counts tiers that were not open",
      "votes[0].at is out of order",
    ],
    [
      "a last event before the votes",
      ["lastAt"],
      opened,
      "tiersAsked counts tiers that were not open",
      "votes[0].at is out of order",
      "votes[1].at is out of order",
    ],
    ["a last event after the deadline", ["lastAt"], opened + 48 * hour, "lastAt is not before the deadline"],
    ["a decision that was not made", ["decidedAt"], opened, "decidedAt is there though nothing is decided"],
    ["keys without the id", ["requestor", "keys"], ["other"], "requestor.keys lack the id"],
    ["keys out of order", ["requestor", "keys"], ["ada@corp.com", "ada"], "requestor.keys are not sorted, each once, as keys compare"],
    ["keys not as they compare", ["grantee", "keys"], ["GIL@corp.com", "gil"], "grantee.keys are not sorted, each once, as keys compare"],
    ["an unknown manager", ["requestor", "managerKnown"], false, "requestor.manager is there though it is not known"],
    ["an owner twice", ["owners", 1, "owner", "values"], ["pay"], "owners[1] is out of order, or there twice"],
    ["an owner who is unknown", ["owners", 0, "unknown"], true, "owners[0].unknown is true beside an owner"],
    ["more tiers asked than were open", ["tiersAsked"], 2, "tiersAsked counts tiers that were not open"],
    ["a tier asked by no event", ["tiersAsked"], 0, "revision is not the number of events"],
    ["a group that is not there", ["votes", 0, "counts", 0, "group"], 2, "votes[0].counts[0] is no group that was open, or out of order"],
    [
      "a tier that was not open",
      ["votes", 0, "counts", 0, "tier"],
      1,
      "votes[0].counts[0] is no group that was open, or out of order",
      "votes[0].counts hold a tier, whose vote would have decided",
    ],
    [
      "owners where none are asked for",
      ["votes", 0, "counts", 0, "owners"],
      [0],
      "votes[0].counts[0].owners are not those that a vote could count for",
    ],
    [
      "an owner who is not there",
      ["votes", 1, "counts", 0, "owners"],
      [2],
      "votes[1].counts[0].owners are not those that a vote could count for",
    ],
    ["owners twice", ["votes", 1, "counts", 0, "owners"], [0, 0], "votes[1].counts[0].owners are not those that a vote could count for"],
    [
      "all owners where each is counted",
      ["votes", 1, "counts", 0, "owners"],
      "all",
      "votes[1].counts[0].owners are not those that a vote could count for",
    ],
    ["a vote for nothing", ["votes", 0, "counts"], [], "votes[0].counts is empty: at least one entry is needed"],
    ["a vote of nobody", ["votes", 0, "voter"], "", "votes[0].voter is empty"],
    ["a vote before the one before", ["votes", 1, "at"], opened, "votes[1].at is out of order"],
    ["a second vote of one person", ["votes", 1, "keys"], ["lena", "pia"], "votes[1].voter has voted before"],
    ["a vote of the requestor", ["votes", 1, "keys"], ["ada", "pia"], "votes[1].voter is the requestor or the grantee"],
    ["a rejection that decided nothing", ["votes", 0, "decision"], "reject", "votes were decisive before the last"],
    ["a reason that is not trimmed", ["votes", 0, "reason"], " fine", "votes[0].reason could not have been given"],
    ["a reason that is too long", ["votes", 0, "reason"], "x".repeat(125), "votes[0].reason could not have been given"],
    [
      "a tier in place of the second group",
      ["votes", 1, "counts", 0],
      { group: 1, tier: 1, owners: "all" },
      "votes[1].counts[0] is no group that was open, or out of order",
    ],
  ];

  it.each(faults)("TH21: %s is refused, and what betrays it is named", (_, path, value, ...says) => {
    expect(wordsOf(tampered(path, value))).toEqual(says);
  });

  it("TH21: approvals beyond those needed are refused", () => {
    const approved = played(open(flowWith(approvalOf("anyOf", [inGroup("leads")]))), lead);
    const [vote] = copyOf(approved)["votes"] as Draft[];
    const padded = { ...copyOf(approved), revision: 2, votes: [vote, { ...vote, voter: "otto", keys: ["otto"] }] };
    expect(faultsOf(padded)).toEqual(["state_invalid votes"]);
  });

  it("TH21: an approval by the requestor is refused", () => {
    const strict = flowWith(approvalOf("anyOf", [inGroup("leads")]), { requestorCannotApproveSelf: true });
    const approved = copyOf(played(open(strict), lead));
    approved["requestor"] = { ...(approved["requestor"] as Draft), keys: ["ada", "lena"] };
    expect(faultsOf(approved)).toEqual(["state_invalid votes.0.voter"]);
  });

  it("TH21: an expiry before the deadline is refused", () => {
    const expired = {
      ...copyOf(open(flow, { resources, catalog })),
      status: "expired",
      revision: 1,
      lastAt: opened + 1,
      decidedAt: opened + 1,
    };
    expect(faultsOf(expired)).toEqual(["state_invalid status"]);
  });

  it("TH21: a vote in a tier is the last one", () => {
    const tiers = flowWith(approvalOf("anyOf", [inGroup("leads", 2)], { escalation: { tiers: [inGroup("bosses")] } }));
    const decided: ApprovalState = played(open(tiers), lead, ballot(person("boss", ["bosses"]), { at: opened + hour }));
    const [first, second] = copyOf(decided)["votes"] as Draft[];
    const turned = {
      ...copyOf(decided),
      votes: [
        { ...second, at: opened + hour },
        { ...first, at: opened + hour },
      ],
    };
    expect([faultsOf(copyOf(decided)), faultsOf(turned)]).toEqual([[], ["state_invalid votes.0.counts"]]);
  });

  it.each(["x".repeat(300_000), "\u0001".repeat(60_000)])("TH21: a state larger than any this library makes is refused", (manager) => {
    expect(faultsOf(tampered(["requestor", "manager"], manager))).toMatchObject([expect.stringMatching(/^state_invalid/)]);
  });

  it("TH21: a grantee who is the requestor is named, and what is wrong with keys and managers of both", () => {
    const unknown = { emailsKnown: false, accountsKnown: false, managerKnown: false };
    const draft = { ...copyOf(state), requestor: { ...state.requestor, ...unknown }, grantee: { ...state.requestor, ...unknown } };
    expect(wordsOf(draft)).toEqual([
      "requestor.keys are more than the id though no others are known",
      "requestor.manager is there though it is not known",
      "grantee.keys are more than the id though no others are known",
      "grantee.manager is there though it is not known",
      "grantee is the requestor, and has a record of their own",
    ]);
  });

  const byOwners = approvalOf("allOf", [group({ relation: "owner" })]);
  const pia = person("pia", ["pay", "web", "dba"]);
  const three = [resource("r1", { team: "pay" }), resource("r2", { team: "web" }), resource("r3", undefined, "db"), resource("r4")];

  it("A8: owners who are unknown, and votes for several owners come back", () => {
    const voted = played(open(flowWith(byOwners), { resources: three, catalog }), pia);
    expect(voted.owners.map(({ unknown }) => unknown)).toEqual([true, false, false, false]);
    expect(voted.votes[0]?.counts[0]?.owners).toEqual([1, 2, 3]);
    expect(wordsOf(copyOf(voted))).toEqual([]);
  });

  it.each([[[3, 2, 1]], [[1, 3, 2]], [[2, 1, 3]], [[1, 2, 4]]])("TH21: %j are no owners that one vote could count for", (owners) => {
    const voted = copyOf(played(open(flowWith(byOwners), { resources: three, catalog }), pia));
    const [vote] = voted["votes"] as Draft[];
    const turned = { ...voted, votes: [{ ...vote, counts: [{ group: 0, tier: null, owners }] }] };
    expect(wordsOf(turned)).toEqual(["votes[0].counts[0].owners are not those that a vote could count for"]);
  });

  it("A8: a vote for whoever owns or leads comes back, where no resource is named", () => {
    const either = group({ relation: "owner" }, { attribute: "group", values: ["leads"] });
    const voted = played(open(flowWith(approvalOf("allOf", [{ ...either, combinator: "or", required: 2 }]))), lead);
    expect([voted.votes[0]?.counts, wordsOf(copyOf(voted))]).toEqual([[{ group: 0, tier: null, owners: "all" }], []]);
  });

  it("A12: owners for whom a tier alone asks come back, and so does the vote of their owner", () => {
    const tier = flowWith(approvalOf("anyOf", [inGroup("leads")], { escalation: { tiers: [group({ relation: "owner" })] } }));
    const voted = played(open(tier, { resources: [resource("r1", { team: "pay" })], catalog }), ballot(pia, { at: opened + hour }));
    expect([voted.status, voted.votes[0]?.counts, wordsOf(copyOf(voted))]).toEqual([
      "approved",
      [{ group: 0, tier: 1, owners: "all" }],
      [],
    ]);
  });

  it("TH21: owners for whom nobody asks are refused", () => {
    const draft = { ...copyOf(open(flowWith(approvalOf("anyOf", [inGroup("leads")])))), owners: copyOf(state)["owners"] };
    expect(wordsOf(draft)).toEqual(["owners are there though no group asks for an owner"]);
  });

  it.each(["approve", "reject"] as const)("TH21: a vote to %s at the deadline could not have decided", (decision) => {
    const late = flowWith(approvalOf("anyOf", [inGroup("leads")], { expiresAfter: { amount: 1, unit: "minute" } }));
    const decided = copyOf(played(open(late), ballot(lead, { at: opened + 1, decision })));
    const at = opened + minute;
    const moved = { ...decided, lastAt: at, decidedAt: at, votes: (decided["votes"] as Draft[]).map((vote) => ({ ...vote, at })) };
    expect(wordsOf(moved)).toEqual(["lastAt is not before the deadline", "votes[0].at is out of order"]);
  });

  it("S8: the last instant of the year 9999 can be an event's, the next one cannot", () => {
    const patient = open(flowWith(approvalOf("anyOf", [inGroup("leads", 2)], { expiresAfter: "never" })));
    const last = 253_402_300_799_999;
    const voted = copyOf(played(patient, ballot(lead, { at: last })));
    expect(wordsOf(voted)).toEqual([]);
    const moved = { ...voted, lastAt: last + 1, votes: (voted["votes"] as Draft[]).map((vote) => ({ ...vote, at: last + 1 })) };
    expect(wordsOf(moved)).toEqual(["lastAt is later than the year 9999"]);
  });

  it("TH21: an automatic approval has no events", () => {
    const automatic = copyOf(open(flowWith({ kind: "automatic" })));
    expect(wordsOf(automatic)).toEqual([]);
    expect(wordsOf({ ...automatic, status: "pending", decidedAt: null, revision: 1, tiersAsked: 1 })).toEqual([
      "status is not `approved` though nobody needs to approve",
      "revision is not 0 though nobody needs to approve",
      "tiersAsked is not 0 though there are no tiers",
    ]);
  });

  describe("where different people are needed (A3)", () => {
    const distinct = flowWith(approvalOf("allOf", [inGroup("leads"), inGroup("security")], { distinctApprovers: true }));
    const both = person("bo", ["leads", "security"]);
    const decided = played(open(distinct), both, person("otto", ["security"]));

    it("A3: an approval by two comes back, and so does one that waits for the second", () => {
      const [waiting, approved] = [played(open(distinct), both), decided].map(copyOf);
      expect([waiting?.["status"], approved?.["status"], wordsOf(waiting), wordsOf(approved)]).toEqual(["pending", "approved", [], []]);
    });

    it("TH21: an approval before the second, and a vote after it, are refused", () => {
      const early = { ...copyOf(played(open(distinct), both)), status: "approved", decidedAt: opened + minute };
      expect(wordsOf(early)).toEqual(["status does not follow from the votes"]);
      const votes = copyOf(decided)["votes"] as Draft[];
      const third = { ...votes[1], voter: "zoe", keys: ["zoe"] };
      expect(wordsOf({ ...copyOf(decided), revision: 3, votes: [...votes, third] })).toEqual(["votes were decisive before the last"]);
    });
  });

  it("A5: a second vote, in a tier that opened since, comes back; in one that was open it is refused", () => {
    const tiers = flowWith(approvalOf("anyOf", [inGroup("leads", 2)], { escalation: { tiers: [inGroup("bosses")] } }));
    const boss = person("boss", ["leads", "bosses"]);
    const twice = played(open(tiers), ballot(boss), ballot(boss, { at: opened + hour }));
    expect([twice.status, wordsOf(copyOf(twice))]).toEqual(["approved", []]);
    const votes = copyOf(twice)["votes"] as Draft[];
    const later = { ...copyOf(twice), votes: [{ ...votes[0], at: opened + hour }, votes[1]] };
    expect(wordsOf(later)).toEqual(["votes[1].voter has voted before"]);
  });

  it("TH21: a vote for a group and a tier at once is the last one", () => {
    const tiers = flowWith(approvalOf("anyOf", [inGroup("leads", 2)], { escalation: { tiers: [inGroup("bosses")] } }));
    const decided = copyOf(played(open(tiers), ballot(person("boss", ["leads", "bosses"]), { at: opened + hour })));
    const [vote] = decided["votes"] as Draft[];
    expect([vote?.["counts"], wordsOf(decided)]).toEqual([[expect.anything(), expect.anything()], []]);
    const followed = { ...decided, revision: 2, votes: [vote, { ...vote, voter: "otto", keys: ["otto"] }] };
    expect(wordsOf(followed)).toEqual(["votes[0].counts hold a tier, whose vote would have decided"]);
  });
});
