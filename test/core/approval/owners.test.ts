import { describe, expect, it } from "vitest";
import type { Catalog } from "../../../src/core/facts/catalog.js";
import type { Resource } from "../../../src/core/facts/resource.js";
import { deepFreeze } from "../../../src/core/kernel/deep-freeze.js";
import { approvalOf, catalog, codesOf, flowWith, group, inGroup, open, person, played, resource, vote } from "./support.js";

const byOwner = approvalOf("anyOf", [group({ relation: "owner" })]);
const flow = flowWith(byOwner);
const is = (value: string) => ({ attribute: "group", operator: "is", values: [value] });
const pay = person("pia", ["pay"]);
const web = person("wim", ["web"]);
const opening = (...resources: Resource[]) => open(flow, { resources, catalog });

describe("ownership (A8)", () => {
  it("A8: the owner is whoever meets the mapped attribute with the tag's value", () => {
    const state = opening(resource("r1", { team: "pay" }));
    expect([codesOf(vote(state, web)), played(state, pay).status]).toEqual([["not_an_approver"], "approved"]);
  });

  it("A8: the state keeps the distinct owners and how many resources each has, in an order of its own", () => {
    const resources = [resource("r1", { team: "web" }), resource("r2", { team: "pay" }), resource("r3", { team: "web" })];
    const owners = [
      { owner: is("pay"), unknown: false, resources: 1 },
      { owner: is("web"), unknown: false, resources: 2 },
    ];
    expect([opening(...resources).owners, opening(...[...resources].reverse()).owners]).toStrictEqual([owners, owners]);
  });

  it("A8: a mapping's source restricts the owner to values of that directory", () => {
    const sourced = { integrations: [{ id: "aws", name: "AWS", ownerMapping: { tagKey: "team", attribute: "group", source: "okta" } }] };
    const state = open(flow, { resources: [resource("r1", { team: "pay" })], catalog: sourced });
    const fromOkta = person("pia", [], { attributes: { group: [{ id: "pay", source: "okta" }] } });
    expect([codesOf(vote(state, pay))[0], codesOf(vote(state, fromOkta))]).toEqual(["approver_facts_unknown", []]);
  });

  it.each([{}, { team: "" }])("A8: where the tag is known to be missing or empty (%j), the fallback owns", (tags) => {
    expect(opening(resource("r1", tags)).owners).toEqual([{ owner: is("cloud"), unknown: false, resources: 1 }]);
  });

  it("A8: without a mapping the fallback owns, tags or none", () => {
    expect(opening(resource("r1", undefined, "db")).owners).toEqual([{ owner: is("dba"), unknown: false, resources: 1 }]);
  });

  it("A8: where a mapping asks for a tag and the tags are unknown, nobody owns, not even the fallback", () => {
    const state = opening(resource("r1"));
    expect(codesOf(vote(state, person("carl", ["cloud"])))).toEqual(["approver_facts_unknown", "owner_unknown"]);
  });

  it.each(["wild", "elsewhere"])("A8: where there is neither mapping nor fallback (%s), nobody owns", (integration) => {
    expect(codesOf(vote(opening(resource("r1", { team: "pay" }, integration)), pay))).toEqual(["not_an_approver", "no_owner"]);
  });

  it("A8: without a catalogue nobody owns", () => {
    expect(codesOf(vote(open(flow, { resources: [resource("r1", { team: "pay" })] }), pay))).toEqual(["not_an_approver", "no_owner"]);
  });

  it("A8: an integration that the catalogue holds twice has no owner", () => {
    const doubled = {
      integrations: [...(catalog.integrations ?? []), { id: "aws", name: "Other", owner: { attribute: "group", values: ["pay"] } }],
    };
    expect(open(flow, { resources: [resource("r1", {})], catalog: doubled }).owners).toEqual([
      { owner: null, unknown: false, resources: 1 },
    ]);
  });

  it("A8: tag keys and values compare on NFC text", () => {
    const accented: Catalog = { integrations: [{ id: "aws", name: "AWS", ownerMapping: { tagKey: "\u00e9quipe", attribute: "group" } }] };
    const resources = [resource("r1", { "e\u0301quipe": "caf\u00e9" }), resource("r2", { "\u00e9quipe": "cafe\u0301" })];
    expect(open(flow, { resources, catalog: accented }).owners).toEqual([{ owner: is("caf\u00e9"), unknown: false, resources: 2 }]);
  });

  it("A8: a tag key that stands twice under NFC, with two values, leaves the owner unknown", () => {
    const accented: Catalog = { integrations: [{ id: "aws", name: "AWS", ownerMapping: { tagKey: "\u00e9", attribute: "group" } }] };
    const state = open(flow, { resources: [resource("r1", { "\u00e9": "pay", "e\u0301": "web" })], catalog: accented });
    expect(state.owners).toEqual([{ owner: null, unknown: true, resources: 1 }]);
  });

  it("A8: a tag key that every object inherits is not there unless it is the record's own", () => {
    const inherited: Catalog = { integrations: [{ id: "aws", name: "AWS", ownerMapping: { tagKey: "constructor", attribute: "group" } }] };
    expect(open(flow, { resources: [resource("r1", {})], catalog: inherited }).owners).toEqual([
      { owner: null, unknown: false, resources: 1 },
    ]);
  });

  it("A8: a resource named twice counts once; two records that disagree leave its owner unknown", () => {
    const [one, other] = [resource("r1", { team: "pay" }), resource("r1", { team: "web" })];
    expect([opening(one, one).owners, opening(one, other).owners]).toEqual([
      [{ owner: is("pay"), unknown: false, resources: 1 }],
      [{ owner: null, unknown: true, resources: 1 }],
    ]);
  });

  it("A8: over several resources every one must be covered", () => {
    const state = played(opening(resource("r1", { team: "pay" }), resource("r2", { team: "web" })), pay);
    expect([state.status, state.votes[0]?.counts, played(state, web).status]).toEqual([
      "pending",
      [{ group: 0, tier: null, owners: [0] }],
      "approved",
    ]);
  });

  it("A8: every resource needs `required` voters", () => {
    const two = flowWith(approvalOf("anyOf", [{ ...group({ relation: "owner" }), required: 2 }]));
    const state = open(two, { resources: [resource("r1", { team: "pay" }), resource("r2", { team: "web" })], catalog });
    const almost = played(state, pay, web, person("pete", ["pay"]));
    expect([almost.status, played(almost, person("wendy", ["web"])).status]).toEqual(["pending", "approved"]);
  });

  it("A8: one unowned resource keeps the group from being satisfied", () => {
    expect(played(opening(resource("r1", { team: "pay" }), resource("r2", {}, "wild")), pay).status).toBe("pending");
  });

  it("A8: under `and` the voter must own the resource and meet the rest", () => {
    const both = flowWith(approvalOf("anyOf", [group({ relation: "owner" }, { attribute: "group", values: ["leads"] })]));
    const state = open(both, { resources: [resource("r1", { team: "pay" })], catalog });
    expect([
      codesOf(vote(state, pay)),
      codesOf(vote(state, person("lena", ["leads"]))),
      codesOf(vote(state, person("bo", ["leads", "pay"]))),
    ]).toEqual([["not_an_approver"], ["not_an_approver"], []]);
  });

  it("A8: under `or` who meets the rest counts for every resource", () => {
    const either = flowWith(
      approvalOf("anyOf", [{ combinator: "or", ...group({ relation: "owner" }, { attribute: "group", values: ["leads"] }) }]),
    );
    const state = open(either, { resources: [resource("r1", { team: "pay" }), resource("r2", {}, "wild")], catalog });
    expect([played(state, pay).status, played(state, person("lena", ["leads"])).status]).toEqual(["pending", "approved"]);
  });

  it("A8: a group without an owner condition is met for all resources alike", () => {
    const mixed = flowWith(approvalOf("allOf", [inGroup("leads"), group({ relation: "owner" })]));
    const state = played(open(mixed, { resources: [resource("r1", { team: "pay" })], catalog }), person("lena", ["leads"]));
    expect(state.votes[0]?.counts).toEqual([{ group: 0, tier: null, owners: "all" }]);
  });

  it.each([undefined, []])("A8: a request that names no resource (%j) has no owner: such a condition is unknown", (resources) => {
    expect(codesOf(vote(open(flow, { resources, catalog }), pay))).toEqual(["approver_facts_unknown", "no_resource_named"]);
  });

  it("A8: without a resource nothing is satisfied by covering none", () => {
    const either = flowWith(
      approvalOf("anyOf", [{ combinator: "or", required: 2, ...group({ relation: "owner" }, { attribute: "group", values: ["leads"] }) }]),
    );
    const state = played(open(either, { catalog }), person("lena", ["leads"]));
    expect([state.status, played(state, person("otto", ["leads"])).status]).toEqual(["pending", "approved"]);
  });

  it("A8: owners are kept only where a group asks for them", () => {
    expect(
      open(flowWith(approvalOf("anyOf", [inGroup("leads")])), { resources: [resource("r1", { team: "pay" })], catalog }).owners,
    ).toEqual([]);
  });

  it("A8: the records of resources and catalogue are not kept", () => {
    const secret = deepFreeze({ ...resource("r1", { team: "pay", note: "canary" }), name: "canary", path: "canary" });
    expect(JSON.stringify(open(flow, { resources: [secret], catalog }))).not.toContain("canary");
  });
});
