import { describe, expect, it } from "vitest";
import type { Identity } from "../../../src/core/facts/identity.js";
import { ada, approvalOf, ballot, codesOf, flowWith, group, inGroup, open, person, played, vote } from "./support.js";

const ofRequestor = flowWith(approvalOf("anyOf", [group({ relation: "manager" })]));
const ofGrantee = flowWith(approvalOf("anyOf", [group({ relation: "manager", of: "grantee" })]));
const grace = person("grace");
const gil = person("gil", [], { manager: "henk@corp.com" });

describe("the manager (A7)", () => {
  it("A7: the requestor's manager approves", () => {
    expect(played(open(ofRequestor), grace).status).toBe("approved");
  });

  it("A7: a manager named by address is whoever has it, whatever the letter case", () => {
    expect(played(open(ofRequestor, { requestor: { ...ada, manager: "Grace@Corp.com" } }), grace).status).toBe("approved");
  });

  it("A7: accounts do not make a manager (C10)", () => {
    expect(codesOf(vote(open(ofRequestor), person("eve", [], { accounts: ["grace"] })))).toEqual(["not_an_approver"]);
  });

  it("A7: the default is the requestor's manager, not the grantee's", () => {
    expect(codesOf(vote(open(ofRequestor, { grantee: gil }), person("henk")))).toEqual(["not_an_approver"]);
  });

  it("A7: `of: grantee` means the grantee's manager", () => {
    const state = open(ofGrantee, { grantee: gil });
    expect([codesOf(vote(state, grace)), codesOf(vote(state, person("henk")))]).toEqual([["not_an_approver"], []]);
  });

  it("A7: without a grantee `of: grantee` means the requestor's manager", () => {
    expect(codesOf(vote(open(ofGrantee), grace))).toEqual([]);
  });

  it("A7: nobody manages who is known to have no manager", () => {
    expect(codesOf(vote(open(ofRequestor, { requestor: { ...ada, manager: null } }), grace))).toEqual(["not_an_approver"]);
  });

  it("A7: an unknown manager permits nobody", () => {
    const { manager: _, ...unknown } = ada;
    expect(codesOf(vote(open(ofRequestor, { requestor: unknown }), grace))).toEqual(["approver_facts_unknown", "manager_unknown"]);
  });

  it("A7: an empty text is no manager, not even for who has an empty address", () => {
    const state = open(ofRequestor, { requestor: { ...ada, manager: "" } });
    expect(codesOf(vote(state, person("eve", [], { emails: [""] })))).toEqual(["approver_facts_unknown", "manager_unknown"]);
  });

  it("A7: an address may be the voter's where theirs are unknown", () => {
    const { emails: _, ...unknown } = grace;
    const state = open(ofRequestor, { requestor: { ...ada, manager: "boss@corp.com" } });
    expect(codesOf(vote(state, unknown))).toEqual(["approver_facts_unknown", "aliases_unknown"]);
  });

  it("A7: a vote may carry fresher facts of the requestor", () => {
    expect(codesOf(vote(open(ofRequestor), person("new"), { requestor: { ...ada, manager: "new" } }))).toEqual([]);
  });

  const { manager: _, ...silent } = ada;
  it.each<[string, Identity, Identity, string[]]>([
    ["one manager, whatever the letters of an address", { ...ada, manager: "new@corp.com" }, { ...ada, manager: "New@Corp.com" }, []],
    ["two managers", { ...ada, manager: "new" }, { ...ada, manager: "grace" }, ["approver_facts_unknown", "manager_unknown"]],
    [
      "two managers, the other way round",
      { ...ada, manager: "grace" },
      { ...ada, manager: "new" },
      ["approver_facts_unknown", "manager_unknown"],
    ],
    ["a manager and none", { ...ada, manager: "new" }, { ...ada, manager: null }, ["approver_facts_unknown", "manager_unknown"]],
    ["no manager and one", { ...ada, manager: null }, { ...ada, manager: "new" }, ["approver_facts_unknown", "manager_unknown"]],
    ["a manager and nothing about one", { ...ada, manager: "new" }, silent, ["approver_facts_unknown", "manager_unknown"]],
    ["nobody, twice", { ...ada, manager: null }, { ...ada, manager: null }, ["not_an_approver"]],
  ])("A7: facts of the requestor as both parties that name %s", (_, requestor, grantee, codes) => {
    expect(codesOf(vote(open(ofRequestor), person("new"), { requestor, grantee }))).toEqual(codes);
  });

  it("A7: a vote may carry fresher facts of the grantee", () => {
    const state = open(ofGrantee, { grantee: gil });
    expect(codesOf(vote(state, person("new"), { grantee: { ...gil, manager: "new" } }))).toEqual([]);
  });

  it("A7: a vote may carry fresher facts of the grantee who is the requestor", () => {
    expect(codesOf(vote(open(ofGrantee), person("new"), { grantee: { ...ada, manager: "new" } }))).toEqual([]);
  });

  it.each([
    ["the requestor", ofRequestor, { grantee: { ...ada, manager: "new" } }],
    ["the grantee", ofGrantee, { requestor: { ...ada, manager: "new" } }],
  ] as const)("A7: where the requestor is the grantee, fresher facts about one are about both: %s", (_, flow, more) => {
    expect([codesOf(vote(open(flow), grace, more)), codesOf(vote(open(flow), person("new"), more))]).toEqual([["not_an_approver"], []]);
  });

  it("A7: fresher facts about both who are one, which disagree on the manager, leave it unknown", () => {
    const more = { requestor: ada, grantee: { ...ada, manager: "new" } };
    expect(codesOf(vote(open(ofRequestor), grace, more))).toEqual(["approver_facts_unknown", "manager_unknown"]);
  });

  it("A7: a grantee of the requestor's id is the requestor: what is said about either adds up", () => {
    const { requestor, grantee } = open(ofGrantee, { grantee: { ...ada, emails: ["second@corp.com"] } });
    expect([grantee, requestor.keys, requestor.manager]).toEqual([null, ["ada", "ada@corp.com", "second@corp.com"], "grace"]);
  });

  it("A7: two records of the requestor that disagree on the manager leave it unknown", () => {
    const state = open(ofGrantee, { grantee: { ...ada, manager: "new" } });
    expect([state.grantee, state.requestor.managerKnown, state.requestor.manager]).toEqual([null, false, null]);
  });

  it("A7: an unknown manager is reported under the rule of its code", () => {
    const { manager: _, ...unknown } = ada;
    expect(vote(open(ofRequestor, { requestor: unknown }), grace)).toMatchObject({
      error: { reasons: [{}, { code: "manager_unknown", rule: "R3" }] },
    });
  });

  it("C8: unknown addresses of the voter are reported under the rule of their code", () => {
    const { emails: _, ...unknown } = grace;
    expect(vote(open(ofRequestor, { requestor: { ...ada, manager: "boss@corp.com" } }), unknown)).toMatchObject({
      error: { reasons: [{}, { code: "aliases_unknown", rule: "C8" }] },
    });
  });

  it("A7: who is no longer the manager by the fresher facts is refused", () => {
    expect(codesOf(vote(open(ofRequestor), grace, { requestor: { ...ada, manager: "new" } }))).toEqual(["not_an_approver"]);
  });

  it("A7: fresher facts that do not know the manager do not bring a former one back", () => {
    const { manager: _, ...unknown } = ada;
    expect(codesOf(vote(open(ofRequestor), grace, { requestor: unknown }))).toEqual(["approver_facts_unknown", "manager_unknown"]);
  });

  it("A7: what an accepted vote has brought holds for later votes", () => {
    const flow = flowWith(approvalOf("allOf", [inGroup("leads"), group({ relation: "manager" })]));
    const state = played(open(flow), ballot(person("lena", ["leads"]), { requestor: { ...ada, manager: "new" } }));
    expect([codesOf(vote(state, grace)), codesOf(vote(state, person("new")))]).toEqual([["not_an_approver"], []]);
  });

  it("A7: `onCall` comes with the voter's facts", () => {
    const flow = flowWith(approvalOf("anyOf", [group({ attribute: "onCall", values: ["primary-db"] })]));
    const onCall = (shifts: string[]): Identity => person("olga", [], { attributes: { onCall: shifts } });
    expect([codesOf(vote(open(flow), onCall(["primary-db"]))), codesOf(vote(open(flow), onCall([])))]).toEqual([[], ["not_an_approver"]]);
  });
});
