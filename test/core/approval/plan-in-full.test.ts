import { describe, expect, it } from "vitest";
import { planApproval } from "../../../src/core/approval/plan-approval.js";
import type { Identity } from "../../../src/core/facts/identity.js";
import type { AccessFlow } from "../../../src/core/flow/access-flow.js";
import { deepFreeze } from "../../../src/core/kernel/deep-freeze.js";
import { ada, approvalOf, catalog, flowWith, group, inGroup, opened, person, resource } from "./support.js";

function plan(flow: AccessFlow, candidates: readonly Identity[], more: object = {}) {
  return planApproval(flow, deepFreeze({ requestor: ada, at: opened, candidates, ...more }));
}

describe("planApproval, in full", () => {
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

  it("A1: nobody is asked where nobody needs to approve", () => {
    const nobody = { groups: [], tiers: [], excluded: [], reasons: [], notices: [] };
    expect(plan(flowWith({ kind: "automatic" }), [person("lena", ["leads"])])).toStrictEqual({
      ...{ kind: "approvalPlan", approval: "automatic", decidable: true, decidableFrom: null, selfOnly: false },
      ...nobody,
    });
  });

  describe("what would take too long to find out (TH20)", () => {
    /** Each is the same person as the next one, and nobody as the one after. */
    const row = Array.from({ length: 320 }, (_, index) => person(`p${index}`, ["leads"], { emails: [`k${index}@x`, `k${index + 1}@x`] }));
    const tooMuch = { code: "too_much_asked", rule: "D4", path: [], limit: 100_000 };
    const voters = row.map(({ id }) => id).sort();

    it.each([false, true])("TH20: closes, and says so (distinctApprovers: %s)", (distinctApprovers) => {
      const flow = flowWith(approvalOf("allOf", [inGroup("leads", 2)], { distinctApprovers }));
      expect(plan(flow, row, { complete: true })).toStrictEqual({
        ...{ kind: "approvalPlan", approval: "approvalOf", decidable: false, decidableFrom: null, selfOnly: false },
        ...{ groups: [{ group: 0, required: 2, voters, owners: [] }], tiers: [], excluded: [] },
        ...{ reasons: [tooMuch], notices: [] },
      });
    });

    it("TH20: is noticed where a tier decides", () => {
      const flow = flowWith(approvalOf("allOf", [inGroup("leads", 2)], { escalation: { tiers: [inGroup("bosses")] } }));
      const opensAt = opened + 30 * 60_000;
      expect(plan(flow, [...row, person("max", ["bosses"])])).toStrictEqual({
        ...{ kind: "approvalPlan", approval: "approvalOf", decidable: true, decidableFrom: opensAt, selfOnly: false },
        ...{ groups: [{ group: 0, required: 2, voters, owners: [] }], tiers: [{ tier: 1, opensAt, voters: ["max"] }] },
        ...{ excluded: [], reasons: [], notices: [tooMuch] },
      });
    });
  });

  it("A13: what cannot be read is told all at once, and nothing is planned", () => {
    const flow = flowWith(approvalOf("anyOf", [inGroup("leads")]));
    const fault = (argument: string, at: readonly unknown[] = []) => ({ code: "facts_invalid", rule: "C4", path: [], argument, at });
    const refused = {
      ...{ kind: "approvalPlan", approval: "approvalOf", decidable: false, decidableFrom: null, selfOnly: false },
      ...{ groups: [], tiers: [], excluded: [], notices: [] },
    };
    const complete = "yes" as unknown as boolean;
    expect(plan(flow, 5 as never, { complete })).toStrictEqual({ ...refused, reasons: [fault("candidates"), fault("complete")] });
    expect(plan(flow, [person("lena"), {} as Identity])).toMatchObject({ ...refused, reasons: [fault("candidates", [1, "id"])] });
  });

  it("A6: people of whom some have addresses and some have none are noticed, and so are accounts", () => {
    const flow = flowWith(approvalOf("anyOf", [inGroup("leads")]));
    const { emails: _, ...untracked } = person("una", ["leads"]);
    const { accounts: __, ...unlisted } = person("uli", ["leads"]);
    const notice = { code: "aliases_unknown", rule: "A6", path: [], subject: "voter" };
    const noticesOf = (...candidates: readonly Identity[]) => plan(flow, candidates).notices;
    expect([noticesOf(person("lena", ["leads"]), untracked), noticesOf(person("lena", ["leads"]), unlisted)]).toStrictEqual([
      [notice],
      [notice],
    ]);
    expect([noticesOf(untracked), noticesOf(unlisted), noticesOf(person("lena", ["leads"]))]).toStrictEqual([[], [], []]);
  });
});
