import { describe, expect, it } from "vitest";
import { planApproval } from "../../../src/core/approval/plan-approval.js";
import { startApproval } from "../../../src/core/approval/start-approval.js";
import type { Identity } from "../../../src/core/facts/identity.js";
import type { AccessFlow } from "../../../src/core/flow/access-flow.js";
import { deepFreeze } from "../../../src/core/kernel/deep-freeze.js";
import { invalid } from "../reasons.js";
import { ada, approvalOf, catalog, flowWith, group, hour, inGroup, minute, open, opened, person, resource } from "./support.js";

type Input = Parameters<typeof planApproval>[1];

function plan(flow: AccessFlow, candidates: readonly Identity[], more: Partial<Input> = {}) {
  return planApproval(flow, deepFreeze({ requestor: ada, at: opened, candidates, ...more }));
}

function thrower(): never {
  throw new TypeError("not to be read");
}

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable([], {});
  revoke();
  return proxy;
}

/** The plan of which nothing is known but that it is not decidable. */
const undecided = {
  kind: "approvalPlan",
  approval: "approvalOf",
  decidable: false,
  decidableFrom: null,
  selfOnly: false,
  groups: [],
  tiers: [],
  excluded: [],
  reasons: [],
  notices: [],
};

const codes = (reasons: readonly { readonly code: string }[]): string[] => reasons.map(({ code }) => code);
const lead = person("lena", ["leads"]);
const expert = person("eric", ["dba"]);
const both = person("bo", ["leads", "dba"]);

describe("planApproval (A13)", () => {
  it("A13: it lists for each group who may vote, by id, whatever the order of the candidates", () => {
    const flow = flowWith(approvalOf("allOf", [inGroup("leads", 2), inGroup("dba")]));
    const groups = [
      { group: 0, required: 2, voters: ["bo", "lena"], owners: [] },
      { group: 1, required: 1, voters: ["bo", "eric"], owners: [] },
    ];
    expect([plan(flow, [lead, expert, both]).groups, plan(flow, [both, expert, lead, lead]).groups]).toEqual([groups, groups]);
  });

  it("A13: says who may vote where, who may not and why, and that they suffice", () => {
    const groups = [inGroup("leads", 2), group({ relation: "owner" })];
    const flow = flowWith(approvalOf("allOf", groups, { escalation: { tiers: [inGroup("bosses"), inGroup("chiefs")] } }));
    const candidates = [
      ...[person("lena", ["leads"]), person("bo", ["leads", "pay"])],
      ...[person("max", ["chiefs"]), person("ida", ["leads"], { active: false }), person("tom", ["staff"])],
      ...[person("sam", ["leads"]), person("sam", ["chiefs"])],
    ];
    const resources = [resource("r1", { team: "pay" }), resource("r2", { team: "web" })];
    const nowhere = { code: "not_an_approver", rule: "A10", path: ["approval"] };
    const contradiction = { code: "facts_invalid", rule: "C4", path: [], argument: "candidates", at: [] };
    expect(plan(flow, candidates, { resources, catalog })).toStrictEqual({
      kind: "approvalPlan",
      approval: "approvalOf",
      decidable: true,
      decidableFrom: opened + 60 * 60_000,
      selfOnly: false,
      groups: [
        { group: 0, required: 2, voters: ["bo", "lena"], owners: [] },
        {
          group: 1,
          required: 1,
          voters: ["bo"],
          owners: [
            { owner: "pay", voters: ["bo"] },
            { owner: "web", voters: [] },
          ],
        },
      ],
      tiers: [
        { tier: 1, opensAt: opened + 30 * 60_000, voters: [] },
        { tier: 2, opensAt: opened + 60 * 60_000, voters: ["max"] },
      ],
      excluded: [
        { id: "ida", reason: { code: "voter_inactive", rule: "C9", path: [] } },
        { id: "sam", reason: contradiction },
        { id: "tom", reason: nowhere },
      ],
      reasons: [],
      notices: [],
    });
  });

  it("A8: whoever is in the group for another reason than that they own counts for every owner", () => {
    const either = { combinator: "or", conditions: [{ relation: "owner" }, { attribute: "group", values: ["leads"] }] } as const;
    const resources = [resource("r1", { team: "pay" }), resource("r2", undefined, "db")];
    const both = {
      integrations: [
        ...(catalog.integrations ?? []).slice(0, 1),
        { id: "db", name: "Databases", owner: { attribute: "group", values: ["dba", "ops"] } },
      ],
    };
    const found = plan(flowWith(approvalOf("anyOf", [either])), [person("lena", ["leads"]), person("ed", ["ops"])], {
      resources,
      catalog: both,
    });
    expect([found.decidable, found.groups]).toStrictEqual([
      true,
      [
        {
          group: 0,
          required: 1,
          voters: ["ed", "lena"],
          owners: [
            { owner: "dba, ops", voters: ["ed", "lena"] },
            { owner: "pay", voters: ["lena"] },
          ],
        },
      ],
    ]);
  });

  it("A13: it lists for which owners they may vote", () => {
    const flow = flowWith(approvalOf("anyOf", [group({ relation: "owner" })]));
    const resources = [resource("r1", { team: "pay" }), resource("r2", { team: "web" })];
    expect(plan(flow, [person("pia", ["pay"]), person("bo", ["pay", "web"])], { resources, catalog }).groups[0]).toEqual({
      group: 0,
      required: 1,
      voters: ["bo", "pia"],
      owners: [
        { owner: "pay", voters: ["bo", "pia"] },
        { owner: "web", voters: ["bo"] },
      ],
    });
  });

  it("A13: it says who is excluded and why", () => {
    const flow = flowWith(approvalOf("anyOf", [inGroup("leads")]), { requestorCannotApproveSelf: true });
    const grantee = person("gil", ["leads"]);
    const { emails: _, ...untracked } = person("una", ["leads"]);
    const candidates = [
      lead,
      grantee,
      { ...ada, attributes: { group: ["leads"] } },
      untracked,
      person("ina", ["leads"], { active: false }),
      expert,
    ];
    expect(plan(flow, candidates, { grantee }).excluded.map(({ id, reason }) => [id, reason.code])).toEqual([
      ["ada", "same_person_as_requestor"],
      ["eric", "not_an_approver"],
      ["gil", "same_person_as_grantee"],
      ["ina", "voter_inactive"],
      ["una", "same_person_unknown"],
    ]);
  });

  it("A13: who might be an approver is excluded with what is missing", () => {
    const flow = flowWith(approvalOf("anyOf", [inGroup("leads")]));
    const { attributes: _, ...unknown } = lead;
    expect(codes(plan(flow, [unknown]).excluded.map(({ reason }) => reason))).toEqual(["approver_facts_unknown", "attribute_missing"]);
  });

  it("A13: nobody is needed for an automatic approval, and nobody is judged", () => {
    const flow = flowWith({ kind: "automatic" }, { requestorCannotApproveSelf: true });
    const nobody = { ...undecided, approval: "automatic", decidable: true };
    expect([plan(flow, [], { complete: true }), plan(flow, [ada, { id: "una" }, { ...lead, active: false }])]).toEqual([nobody, nobody]);
  });

  const twoGroups = approvalOf("allOf", [inGroup("leads"), inGroup("dba")]);
  const distinct = flowWith(approvalOf("allOf", [inGroup("leads"), inGroup("dba")], { distinctApprovers: true }));

  it("A13: `allOf` is decidable when every group has a voter", () => {
    expect([plan(flowWith(twoGroups), [lead]).decidable, plan(flowWith(twoGroups), [both]).decidable]).toEqual([false, true]);
  });

  it("A13: `distinctApprovers` needs different people, and says when there are too few", () => {
    const short = plan(distinct, [both]);
    expect([short.decidable, short.reasons, plan(distinct, [both, lead]).decidable]).toEqual([
      false,
      [{ code: "distinct_approvers_short", rule: "A3", path: ["approval", "distinctApprovers"] }],
      true,
    ]);
  });

  it("A13: two candidates who are one person count once", () => {
    const flow = flowWith(approvalOf("anyOf", [inGroup("leads", 2)]));
    const alias = person("l2", ["leads"], { accounts: ["lena"] });
    expect([plan(flow, [lead, alias]).decidable, plan(flow, [lead, person("otto", ["leads"])]).decidable]).toEqual([false, true]);
  });

  it("A13: one person with two identities serves under one of them only", () => {
    const alias = person("l2", ["dba"], { accounts: ["lena"] });
    expect([
      plan(flowWith(twoGroups), [lead, alias]).decidable,
      plan(flowWith(twoGroups), [lead, alias, person("otto", ["leads"])]).decidable,
    ]).toEqual([false, true]);
  });

  it("A13: `distinctApprovers` counts one person with two identities once", () => {
    const alias = person("l2", ["dba"], { accounts: ["lena"] });
    expect(plan(distinct, [lead, alias]).decidable).toBe(false);
  });

  it("A13: where overlap is not transitive, those at its ends may both vote", () => {
    const flow = flowWith(approvalOf("anyOf", [inGroup("leads", 2)]));
    const chain = [person("a", ["leads"]), person("b", ["leads"], { accounts: ["a", "c"] }), person("c", ["leads"])];
    expect([plan(flow, chain).decidable, plan(flow, chain.slice(1)).decidable]).toEqual([true, false]);
  });

  it("A13: every owner needs voters of its own", () => {
    const flow = flowWith(approvalOf("anyOf", [group({ relation: "owner" })]));
    const resources = [resource("r1", { team: "pay" }), resource("r2", { team: "web" })];
    const [pia, wim] = [person("pia", ["pay"]), person("wim", ["web"])];
    expect([plan(flow, [pia], { resources, catalog }).decidable, plan(flow, [pia, wim], { resources, catalog }).decidable]).toEqual([
      false,
      true,
    ]);
  });

  const tiers = flowWith(approvalOf("anyOf", [inGroup("leads")], { escalation: { tiers: [inGroup("bosses"), inGroup("chiefs")] } }));
  const chief = person("chief", ["chiefs"]);

  it("A13: where only a tier can decide, it says from when", () => {
    expect(plan(tiers, [chief])).toMatchObject({
      decidable: true,
      decidableFrom: opened + hour,
      tiers: [
        { tier: 1, opensAt: opened + 30 * minute, voters: [] },
        { tier: 2, opensAt: opened + hour, voters: ["chief"] },
      ],
      excluded: [],
    });
  });

  it("A13: `decidableFrom` is null where groups can decide", () => {
    expect(plan(tiers, [chief, lead]).decidableFrom).toBeNull();
  });

  it("A13: a tier that would open at the deadline does not count", () => {
    const short = flowWith(
      approvalOf("anyOf", [inGroup("leads")], {
        expiresAfter: { amount: 1, unit: "hour" },
        escalation: { tiers: [inGroup("bosses"), inGroup("chiefs")] },
      }),
    );
    const { decidable, tiers: listed, excluded } = plan(short, [chief]);
    expect([decidable, listed[1]?.voters, codes(excluded.map(({ reason }) => reason))]).toEqual([false, [], ["not_an_approver"]]);
  });

  it("A13: `selfOnly` says that it is decidable, but not without the requestor", () => {
    const flow = flowWith(approvalOf("anyOf", [inGroup("leads")]));
    const requestor = person("ada", ["leads"]);
    const alias = person("a2", ["leads"], { accounts: ["ada"] });
    expect([[requestor], [alias], [requestor, lead]].map((candidates) => plan(flow, candidates, { requestor }).selfOnly)).toEqual([
      true,
      true,
      false,
    ]);
  });

  it("A13: given complete candidates of whom nobody can approve, it says so", () => {
    const flow = flowWith(approvalOf("anyOf", [inGroup("leads")]));
    expect([true, false, undefined].map((complete) => codes(plan(flow, [expert], { complete }).reasons))).toEqual([
      ["nobody_can_approve"],
      [],
      [],
    ]);
  });

  it("A13: records of one id that say different things count for nothing, and it says so", () => {
    const flow = flowWith(approvalOf("anyOf", [inGroup("leads")]));
    const candidates = [lead, { ...lead, active: false }, { ...lead, id: "otto" }];
    const { groups, excluded } = plan(flow, candidates);
    const told = excluded.map(({ id, reason }) => `${id} ${reason.code}`);
    expect([groups[0]?.voters, told]).toEqual([["otto"], ["lena facts_invalid", "lena voter_inactive"]]);
  });

  it("C4: of records that contradict each other none counts, for no group", () => {
    const contradiction = { code: "facts_invalid", rule: "C4", path: [], argument: "candidates", at: [] };
    expect(plan(distinct, [lead, expert, { ...expert, active: false }], { complete: true })).toEqual({
      ...undecided,
      groups: [
        { group: 0, required: 1, voters: ["lena"], owners: [] },
        { group: 1, required: 1, voters: [], owners: [] },
      ],
      excluded: [
        { id: "eric", reason: contradiction },
        { id: "eric", reason: { code: "voter_inactive", rule: "C9", path: [] } },
      ],
      reasons: [{ code: "nobody_can_approve", rule: "A13", path: ["approval"] }],
    });
  });

  const elsewhere = { emails: ["y@corp.com"] };
  const twice: [string, Identity, Identity, string[]][] = [
    ["one group and another", person("x", ["leads"]), person("x", ["dba"]), ["facts_invalid"]],
    ["one group under two addresses", person("x", ["leads"]), person("x", ["leads"], elsewhere), ["facts_invalid"]],
    ["every group under two addresses", person("x", ["leads", "dba"]), person("x", ["leads", "dba"], { emails: [] }), ["facts_invalid"]],
    ["one tier and another", person("x", ["bosses"]), person("x", ["chiefs"]), ["facts_invalid"]],
    ["one group and another, the id written in two ways", person("\u00e9", ["leads"]), person("e\u0301", ["dba"]), ["facts_invalid"]],
    ["nothing, under two addresses", person("x"), person("x", [], { emails: [] }), ["not_an_approver"]],
    ["nothing, for two reasons", person("x"), person("x", ["leads"], { active: false, emails: [] }), ["not_an_approver", "voter_inactive"]],
  ];

  it.each(twice)("C4: two records of one id are held against each other: %s", (_, one, other, expected) => {
    const flow = flowWith(
      approvalOf("allOf", [inGroup("leads"), inGroup("dba")], { escalation: { tiers: [inGroup("bosses"), inGroup("chiefs")] } }),
    );
    const told = [plan(flow, [one, other]), plan(flow, [other, one])].map(({ decidable, excluded }) => [
      decidable,
      [...new Set(codes(excluded.map(({ reason }) => reason)))],
    ]);
    expect(told).toEqual([
      [false, expected],
      [false, expected],
    ]);
  });

  it("A13: records of one id that say the same of a vote are one candidate", () => {
    const flow = flowWith(approvalOf("anyOf", [inGroup("leads")]));
    expect(plan(flow, [lead, { ...lead, manager: "grace" }])).toMatchObject({ decidable: true, excluded: [] });
  });

  it("A13: no candidates decide nothing", () => {
    expect(plan(flowWith(approvalOf("anyOf", [inGroup("leads")])), [])).toMatchObject({
      decidable: false,
      decidableFrom: null,
      selfOnly: false,
    });
  });

  it("A13: more voters than a request takes votes are never enough (D4)", () => {
    const candidates = Array.from({ length: 1_100 }, (_, index) => ({ id: `v${index}`, attributes: { group: ["leads"] } }));
    const needs = (required: number) => plan(flowWith(approvalOf("anyOf", [inGroup("leads", required)])), candidates).decidable;
    expect([needs(1_000), needs(1_001)]).toEqual([true, false]);
  });

  it("A13: nor are they for all groups together where nobody serves two (D4)", () => {
    const candidates = Array.from({ length: 1_202 }, (_, index) => ({
      id: `v${index}`,
      attributes: { group: [index % 2 ? "leads" : "dba"] },
    }));
    const needs = (...required: [number, number]) =>
      plan(flowWith(approvalOf("allOf", [inGroup("leads", required[0]), inGroup("dba", required[1])])), candidates).decidable;
    expect([needs(500, 500), needs(500, 501)]).toEqual([true, false]);
  });

  it.each(["emails", "accounts"] as const)("A13: where some candidates have %s and others lack them, that is noticed", (key) => {
    const { [key]: _, ...lacking } = expert;
    const flow = flowWith(approvalOf("anyOf", [inGroup("leads")]));
    const mixed = { code: "aliases_unknown", rule: "A6", path: [], subject: "voter" };
    expect([[lead, lacking], [lead, expert], [lacking]].map((candidates) => plan(flow, candidates).notices)).toEqual([[mixed], [], []]);
  });

  it("A8: what is not known about owners is reported: as a reason where nothing else decides, else as a notice", () => {
    const resources = [resource("r2"), resource("r1", {}, "wild")];
    const owners = [group({ relation: "owner" })];
    const undecidable = plan(flowWith(approvalOf("anyOf", owners)), [lead], { resources, catalog });
    const decidable = plan(flowWith(approvalOf("anyOf", [...owners, inGroup("leads")])), [lead], { resources, catalog });
    const reports = [
      { code: "no_owner", rule: "A8", path: ["approval"], resource: "r1" },
      { code: "owner_unknown", rule: "A8", path: ["approval"], resource: "r2" },
    ];
    expect([undecidable.reasons, undecidable.notices, decidable.reasons, decidable.notices]).toEqual([reports, [], [], reports]);
  });

  it("A8: without a resource the plan says that none is named", () => {
    expect(codes(plan(flowWith(approvalOf("anyOf", [group({ relation: "owner" })])), [lead], { catalog }).reasons)).toEqual([
      "no_resource_named",
    ]);
  });

  it("A8: an owner is named by all that may own", () => {
    const shared = { id: "db", name: "Databases", owner: { attribute: "group", values: ["dba", "sre"] as const } };
    const { groups, decidable } = plan(flowWith(approvalOf("anyOf", [group({ relation: "owner" })])), [expert, lead], {
      resources: [resource("r1", {}, "db")],
      catalog: { integrations: [shared] },
    });
    expect([groups, decidable]).toEqual([
      [{ group: 0, required: 1, voters: ["eric"], owners: [{ owner: "dba, sre", voters: ["eric"] }] }],
      true,
    ]);
  });

  const inputs: [string, unknown, unknown[]][] = [
    ["null", null, [invalid("input")]],
    ["no candidates", { requestor: ada, at: opened }, [invalid("candidates")]],
    ["a candidate who is none", { requestor: ada, at: opened, candidates: [lead, { id: 1 }] }, [invalid("candidates", 1, "id")]],
    ["`complete` as a text", { requestor: ada, at: opened, candidates: [], complete: "yes" }, [invalid("complete")]],
    ["an unknown key", { requestor: ada, at: opened, candidates: [], completed: true }, [invalid("input", "completed")]],
    ["a bad instant", { requestor: ada, at: "now", candidates: [] }, [{ code: "instant_invalid", rule: "S8", path: [], argument: "at" }]],
  ];

  it.each(inputs)("E1: %s gives a plan that is not decidable, and why", (_, input, expected) => {
    expect(planApproval(tiers, input as never)).toEqual({ ...undecided, reasons: expected });
  });

  it("D4: what would not fit into a store cannot be planned for", () => {
    const values = Array.from({ length: 1_257 }, (_, index) => `${index}`.padEnd(200, "x"));
    const sized = (more: number) =>
      flowWith(approvalOf("anyOf", [group({ attribute: "group", values: ["leads", ...values, "y".repeat(more)] })]));
    const room = 256_000 - JSON.stringify(open(sized(1))).length;
    expect([plan(sized(1 + room), [lead]), plan(sized(2 + room), [lead])]).toEqual([
      { ...undecided, decidable: true, groups: [{ group: 0, required: 1, voters: ["lena"], owners: [] }] },
      { ...undecided, reasons: [{ code: "too_much_asked", rule: "D4", path: [], limit: 256_000 }] },
    ]);
  });

  it("E1: a fault names the candidate", () => {
    expect(
      planApproval(tiers, { requestor: ada, at: opened, candidates: [lead, { id: "x", actve: true }] as never }).reasons,
    ).toMatchObject([{ argument: "candidates", at: [1, "actve"] }]);
  });

  const unreadable: [string, () => unknown][] = [
    ["an unreadable list of what is no fact", () => new Proxy([{ id: 1 }], { get: thrower })],
    ["a revoked list", revoked],
    ["a list whose entries cannot be read", () => new Proxy([lead], { getOwnPropertyDescriptor: thrower })],
    ["a list that iterates by itself", () => Object.assign([{ id: 1 }], { [Symbol.iterator]: thrower, map: thrower })],
  ];

  it.each(unreadable)("E1: %s is answered, as candidates and as resources", (_, list) => {
    const base = { requestor: ada, at: opened, candidates: [] };
    const plans = [{ candidates: list() }, { resources: list() }].map((more) => planApproval(tiers, { ...base, ...more } as never));
    expect(plans.map(({ decidable }) => decidable)).toEqual([false, false]);
    expect(startApproval(tiers, { requestor: ada, at: opened, resources: list() } as never).ok).toBe(false);
  });

  it("E1: candidates with a method of their own are read by position", () => {
    const candidates = Object.assign([lead], { map: thrower });
    expect(planApproval(tiers, { requestor: ada, at: opened, candidates }).decidable).toBe(true);
  });

  it("TH20: no more than a thousand faults are reported", () => {
    const sparse: unknown[] = [];
    sparse.length = 4_000_000_000;
    expect(planApproval(tiers, { requestor: ada, at: opened, candidates: sparse } as never).reasons).toHaveLength(1_000);
  });

  /** So many rings of five people, of whom neighbours share an address: two of each may vote. */
  const rings = (count: number, ...groups: string[]) =>
    Array.from({ length: 5 * count }, (_, index) => {
      const ring = Math.floor(index / 5);
      const addresses = [`${ring}-${index % 5}@corp.com`, `${ring}-${(index + 1) % 5}@corp.com`];
      return person(`r${index}`, groups, { emails: addresses });
    });

  it("TH20: rings of people who overlap are counted, not tried", () => {
    const needs = (required: number) =>
      flowWith(approvalOf("allOf", [inGroup("leads", required), inGroup("dba")], { distinctApprovers: true }));
    const decided = [99, 100].map((required) => plan(needs(required), rings(50, "leads", "dba")));
    expect(decided.map(({ decidable, reasons }) => [decidable, codes(reasons)])).toEqual([
      [true, []],
      [false, ["distinct_approvers_short"]],
    ]);
  });

  const fifty = Array.from({ length: 50 }, (_, index) => `g${index}`);
  const fiftyOf = (required: number, distinctApprovers: boolean) =>
    flowWith(
      approvalOf(
        "allOf",
        fifty.map((name) => inGroup(name, required)),
        { distinctApprovers },
      ),
    );

  it.each([true, false])(
    "TH20: thousands of candidates, a few under two ids, are planned for exactly (distinct: %s)",
    (distinctApprovers) => {
      // Forty people for each group, of whom two have a second id in the same group.
      const crowd = fifty.flatMap((name, index) => [
        ...Array.from({ length: 40 }, (_, member) => person(`p${index}-${member}`, [name])),
        ...[0, 1].map((member) => person(`q${index}-${member}`, [name], { accounts: [`p${index}-${member}`] })),
      ]);
      const decided = [20, 21].map((required) => plan(fiftyOf(required, distinctApprovers), crowd, { complete: true }));
      expect(decided.map(({ decidable, reasons }) => [decidable, codes(reasons)])).toEqual([
        [true, []],
        // A thousand and fifty votes are more than a request takes.
        [false, ["nobody_can_approve"]],
      ]);
    },
  );

  it.each([true, false])("TH20: one person too few among thousands is found (distinct: %s)", (distinctApprovers) => {
    const crowd = fifty.flatMap((name, index) => [
      ...Array.from({ length: index === 7 ? 19 : 40 }, (_, member) => person(`p${index}-${member}`, [name])),
      ...[0, 1].map((member) => person(`q${index}-${member}`, [name], { accounts: [`p${index}-${member}`] })),
    ]);
    const { decidable, reasons } = plan(fiftyOf(20, distinctApprovers), crowd, { complete: true });
    expect([decidable, codes(reasons)]).toEqual([false, ["nobody_can_approve"]]);
  });

  describe("where it takes too long to find out", () => {
    /** Leads of whom neighbours share an address: too many to try who of them may vote together. */
    const chained = Array.from({ length: 320 }, (_, index) =>
      person(`c${index}`, ["leads"], { emails: [`${index}@corp.com`, `${index + 1}@corp.com`] }),
    );
    const tooMuch = [{ code: "too_much_asked", rule: "D4", path: [], limit: 100_000 }];
    const requestor = person("ada", ["own"]);
    const boss = person("boss", ["bosses"]);
    const escalation = { tiers: [inGroup("chiefs"), inGroup("bosses")] };
    const leadsOnly = flowWith(approvalOf("anyOf", [inGroup("leads")], { escalation }));
    const ownOrLeads = flowWith(approvalOf("anyOf", [inGroup("own"), inGroup("leads", 2)], { escalation }));

    const cases: [string, AccessFlow, Identity[], object][] = [
      ["nobody else", leadsOnly, [], { decidable: false, decidableFrom: null, reasons: tooMuch, notices: [] }],
      ["a tier", leadsOnly, [boss], { decidable: true, decidableFrom: opened + hour, reasons: [], notices: tooMuch }],
      ["the requestor alone", ownOrLeads, [requestor], { decidable: true, decidableFrom: null, reasons: [], notices: tooMuch }],
      ["the requestor or a tier", ownOrLeads, [requestor, boss], { decidable: true, decidableFrom: null, reasons: [], notices: [] }],
      [
        "the requestor, or they as a tier",
        ownOrLeads,
        [person("ada", ["own", "bosses"])],
        { decidable: true, decidableFrom: null, reasons: [], notices: tooMuch },
      ],
    ];

    it.each(cases)("D4: it is said, as a reason or as a notice, where it matters: %s", (_, flow, more, expected) => {
      const { groups, tiers: _tiers, ...told } = plan(flow, [...chained, ...more], { requestor, complete: true });
      expect(told).toEqual({ kind: "approvalPlan", approval: "approvalOf", selfOnly: false, excluded: [], ...expected });
      expect(groups.at(-1)?.voters).toHaveLength(320);
    });
  });

  /** Thirty-five people with four ids each, which are in three of fifty groups each: hard to tell whether they suffice. */
  const tangled = Array.from({ length: 140 }, (_, index) => {
    const groups = [0, 1, 2].map((step) => `g${(((index * 3 + step + 1) * 7919 * (index + step + 1)) % 10_007) % 50}`);
    return person(`t${index}`, groups, { emails: [], accounts: [`person ${index >> 2}`] });
  });

  it("TH20: what takes too long to find out closes, and says so, not that nobody can", () => {
    const { decidable, selfOnly, reasons } = plan(fiftyOf(2, false), tangled, { complete: true });
    expect([decidable, selfOnly, reasons]).toEqual([false, false, [{ code: "too_much_asked", rule: "D4", path: [], limit: 100_000 }]]);
  });

  it("TH8: it closes whatever the order of the candidates", () => {
    expect(plan(fiftyOf(2, false), [...tangled].reverse())).toEqual(plan(fiftyOf(2, false), tangled));
  });

  it("TH20: what takes too long to find out is noticed where a tier decides", () => {
    const groups = fifty.map((name) => inGroup(name, 2));
    const flow = flowWith(approvalOf("allOf", groups, { escalation: { tiers: [inGroup("bosses")] } }));
    const { decidable, decidableFrom, reasons, notices } = plan(flow, [...tangled, person("boss", ["bosses"])]);
    expect([decidable, decidableFrom, reasons, codes(notices)]).toEqual([true, opened + 30 * minute, [], ["too_much_asked"]]);
  });

  it("TH20: many people with several identities and scarce groups are planned for in time", () => {
    const names = Array.from({ length: 50 }, (_, index) => `g${index}`);
    const flow = flowWith(
      approvalOf(
        "allOf",
        names.map((name) => inGroup(name)),
      ),
    );
    // Each person is in one half of their groups under one id, in the other under another; too few by one.
    const crowd = names
      .slice(1)
      .flatMap((name, index) => [
        person(`p${index}`, [name, names[(index * 7) % 50] ?? ""], { emails: [] }),
        person(`q${index}`, [names[(index * 11) % 50] ?? "", names[(index * 13) % 50] ?? ""], { emails: [], accounts: [`p${index}`] }),
      ]);
    expect(plan(flow, crowd).decidable).toBe(true);
    expect(
      plan(
        flow,
        crowd.filter(({ attributes }) => !JSON.stringify(attributes).includes('"g3"')),
      ).decidable,
    ).toBe(false);
  });
});
