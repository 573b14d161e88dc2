import { describe, expect, it } from "vitest";
import type { Identity } from "../../../src/core/facts/identity.js";
import { ada, approvalOf, ballot, codesOf, flowWith, inGroup, open, person, played, vote } from "./support.js";

const rule = approvalOf("anyOf", [inGroup("leads", 2)]);
const strict = flowWith(rule, { requestorCannotApproveSelf: true });
const requestor = person("zo\u00eb", ["leads"], {
  emails: ["zoe@corp.com", "J\u030cane@corp.com"],
  accounts: ["gh-zoe", { id: "adm-zoe", source: "ad" }],
});

const doors: [string, Identity][] = [
  ["the id", person("zo\u00eb", ["leads"], { emails: [] })],
  ["the id in another Unicode form", person("zoe\u0308", ["leads"], { emails: [] })],
  ["an address", person("delegate", ["leads"], { emails: ["zoe@corp.com"] })],
  ["an address in other letters", person("delegate", ["leads"], { emails: ["ZOE@Corp.COM"] })],
  ["an address as the id", person("ZOE@corp.com", ["leads"])],
  ["an address as an account", person("delegate", ["leads"], { accounts: [{ id: "zoe@CORP.com", name: "x" }] })],
  ["an address whose letters combine when they are small", person("delegate", ["leads"], { emails: ["\u01f0ane@corp.com"] })],
  ["a linked account", person("delegate", ["leads"], { accounts: ["gh-zoe"] })],
  ["a linked account of another directory", person("delegate", ["leads"], { accounts: [{ id: "gh-zoe", source: "gitlab" }] })],
  ["an account as the id", person("adm-zoe", ["leads"])],
];

describe("self-exclusion (A6)", () => {
  it.each(doors)("A6: the requestor may not vote under %s", (_, voter) => {
    expect(codesOf(vote(open(strict, { requestor }), voter))).toEqual(["same_person_as_requestor"]);
  });

  it.each(doors)("A6: the grantee may not vote under %s", (_, voter) => {
    expect(codesOf(vote(open(strict, { grantee: requestor }), voter))).toEqual(["same_person_as_grantee"]);
  });

  it("A6: the requestor may not reject, either", () => {
    expect(codesOf(vote(open(strict, { requestor }), requestor, { decision: "reject" }))).toEqual(["same_person_as_requestor"]);
  });

  it("A6: an account's name is no key", () => {
    const namesake = person("nina", ["leads"], { accounts: [{ id: "gh-nina", name: "gh-zoe" }] });
    expect(codesOf(vote(open(strict, { requestor }), namesake))).toEqual([]);
  });

  it.each(["emails", "accounts"] as const)("A6: empty texts among the %s of both sides are a shared entry", (key) => {
    const state = open(strict, { requestor: { ...ada, [key]: [""] } });
    expect(codesOf(vote(state, person("lena", ["leads"], { [key]: [""] })))).toEqual(["same_person_as_requestor"]);
  });

  it("A6: a display name is no key", () => {
    expect(codesOf(vote(open(strict, { requestor }), person("nina", ["leads"], { name: "zo\u00eb" })))).toEqual([]);
  });

  it("A6: letter case matters where neither text is an address", () => {
    expect(codesOf(vote(open(strict, { requestor }), person("Gh-Zoe", ["leads"])))).toEqual([]);
  });

  const without = (identity: Identity, key: "emails" | "accounts"): Identity => {
    const { [key]: _, ...rest } = identity;
    return rest;
  };
  const lead = person("lena", ["leads"]);

  it.each(["emails", "accounts"] as const)("A6: %s known of the requestor only cannot rule it out", (key) => {
    expect(codesOf(vote(open(strict), without(lead, key)))).toEqual(["same_person_unknown"]);
  });

  it.each(["emails", "accounts"] as const)("A6: %s known of the voter only cannot rule it out", (key) => {
    expect(codesOf(vote(open(strict, { requestor: without(ada, key) }), lead))).toEqual(["same_person_unknown"]);
  });

  it.each(["emails", "accounts"] as const)("A6: %s known of the grantee only cannot rule it out", (key) => {
    const state = open(strict, { requestor: without(ada, key), grantee: person("gil") });
    expect(codesOf(vote(state, without(lead, key)))).toEqual(["same_person_unknown"]);
  });

  it("A6: a known empty list is there: the other side's absent one cannot be ruled out", () => {
    const state = open(strict, { requestor: { ...ada, emails: [] } });
    expect(codesOf(vote(state, without(lead, "emails")))).toEqual(["same_person_unknown"]);
  });

  it.each(["emails", "accounts"] as const)("A6: where %s are absent on both sides they are not tracked, and the rest decides", (key) => {
    expect(codesOf(vote(open(strict, { requestor: without(ada, key) }), without(lead, key)))).toEqual([]);
  });

  it("A6: a key of the requestor learned with a vote excludes who bears it from then on", () => {
    const alias = person("alias", ["leads"]);
    const state = played(open(strict), ballot(lead, { requestor: { ...ada, accounts: ["alias"] } }));
    expect(codesOf(vote(state, alias))).toEqual(["same_person_as_requestor"]);
  });

  it("A6: keys learned are added, never removed", () => {
    const state = played(open(strict, { requestor }), ballot(lead, { requestor: person("zo\u00eb", [], { emails: ["new@corp.com"] }) }));
    expect(state.requestor.keys).toEqual(["adm-zoe", "gh-zoe", "new@corp.com", "zoe@corp.com", "zo\u00eb", "\u01f0ane@corp.com"]);
  });

  it("A6: addresses once known stay known", () => {
    const state = played(open(strict), ballot(lead, { requestor: without(ada, "emails") }));
    expect(state.requestor.emailsKnown).toBe(true);
  });

  it("A6: a vote by whom the keys then learned name as the requestor no longer counts", () => {
    const alias = person("alias", ["leads"]);
    const state = played(open(strict), alias, ballot(lead, { requestor: { ...ada, accounts: ["alias"] } }));
    expect([state.status, played(state, person("otto", ["leads"])).status]).toEqual(["pending", "approved"]);
  });

  it("A6: a vote by whom the keys then learned name as the grantee no longer counts", () => {
    const [alias, gil] = [person("alias", ["leads"]), person("gil")];
    const state = played(open(strict, { grantee: gil }), alias, ballot(lead, { grantee: { ...gil, accounts: ["alias"] } }));
    expect([state.status, played(state, person("otto", ["leads"])).status]).toEqual(["pending", "approved"]);
  });

  it("A6: the vote that brings the keys is judged by them", () => {
    expect(codesOf(vote(open(strict), lead, { requestor: { ...ada, accounts: ["lena"] } }))).toEqual(["same_person_as_requestor"]);
  });

  it("A6: keys that a refused vote brings are not kept", () => {
    const state = open(strict);
    vote(state, person("eve"), { requestor: { ...ada, accounts: ["lena"] } });
    expect(codesOf(vote(state, lead))).toEqual([]);
  });

  it.each(["requestor", "grantee"] as const)("A6: fresher facts of another %s are refused", (who) => {
    const state = open(strict, { grantee: person("gil") });
    expect(vote(state, lead, { [who]: person("eve") })).toMatchObject({
      error: { reasons: [{ code: "facts_invalid", rule: "C4", argument: who, at: ["id"] }] },
    });
  });

  it("A6: without the setting requestor and grantee may vote if they meet a group", () => {
    const grantee = person("gil", ["leads"]);
    expect(played(open(flowWith(rule), { requestor, grantee }), requestor, grantee).status).toBe("approved");
  });

  it("A6: without the setting nothing is approved implicitly", () => {
    expect(open(flowWith(rule), { requestor }).votes).toEqual([]);
  });

  it("A6: without the setting unknown addresses stand in nobody's way", () => {
    expect(codesOf(vote(open(flowWith(rule)), without(lead, "emails")))).toEqual([]);
  });
});
