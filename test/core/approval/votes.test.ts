import { describe, expect, it } from "vitest";
import { transitionApproval } from "../../../src/core/approval/transition-approval.js";
import type { Identity } from "../../../src/core/facts/identity.js";
import {
  accepted,
  ada,
  approvalOf,
  ballot,
  codesOf,
  flowWith,
  group,
  hour,
  inGroup,
  minute,
  open,
  opened,
  person,
  played,
  vote,
} from "./support.js";

const leads = flowWith(approvalOf("anyOf", [inGroup("leads", 2)]));
const lead = person("lena", ["leads"]);
const other = person("otto", ["leads"]);

describe("votes (A4, A5, A9, A10)", () => {
  it("A4: the first rejection by someone who may vote rejects", () => {
    const state = played(open(leads), lead, ballot(other, { decision: "reject", reason: "no need" }));
    expect([state.status, state.decidedAt, state.votes.at(-1)?.reason]).toEqual(["rejected", opened + minute, "no need"]);
  });

  it("A4: a rejection by someone who may not vote is refused", () => {
    expect(codesOf(vote(open(leads), person("eve"), { decision: "reject" }))).toEqual(["not_an_approver"]);
  });

  it.each(["approve", "reject"] as const)("A4: after a decision a vote (%s) is refused", (decision) => {
    const state = played(open(leads), lead, other);
    expect(vote(state, person("late", ["leads"]), { decision })).toMatchObject({
      error: { reasons: [{ code: "request_decided", rule: "A4", status: "approved" }] },
    });
  });

  it("A5: the state records which groups a vote counts for", () => {
    const flow = flowWith(approvalOf("allOf", [inGroup("leads"), inGroup("dba"), inGroup("security")]));
    const state = played(open(flow), person("bo", ["security", "leads"]));
    expect(state.votes[0]?.counts).toEqual([
      { group: 0, tier: null, owners: "all" },
      { group: 2, tier: null, owners: "all" },
    ]);
  });

  it("A5: a vote counts by the facts given with it", () => {
    const state = played(open(leads), lead);
    expect(codesOf(vote(state, person("otto", [])))).toEqual(["not_an_approver"]);
  });

  it.each([1, 15, 16, 17, 31, 32, 33, 48, 64, 70])("A5: whoever has voted is found among %d votes, first, last and in between", (count) => {
    const voters = Array.from({ length: count }, (_, index) => person(`v${index}`, ["leads"], { accounts: [`gh-${index}`] }));
    const state = played(open(flowWith(approvalOf("anyOf", [inGroup("leads", 100)]))), ...voters);
    const aliases = voters.map((_, index) => person(`alias-${index}`, ["leads"], { accounts: ["gh-none", `gh-${index}`] }));
    expect(aliases.filter((alias) => codesOf(vote(state, alias)).join() !== "already_voted")).toEqual([]);
    expect(codesOf(vote(state, person("late", ["leads"], { accounts: ["gh-late"] })))).toEqual([]);
  });

  it("A5: a group joined after the vote does not change it", () => {
    const flow = flowWith(approvalOf("allOf", [inGroup("leads"), inGroup("dba")]));
    const state = played(open(flow), lead);
    expect(vote(state, person("lena", ["leads", "dba"]))).toMatchObject({ error: { reasons: [{ code: "already_voted", voter: "lena" }] } });
  });

  const sameAsLena: [string, Identity][] = [
    ["the same id", person("lena", ["leads"], { emails: [] })],
    ["a shared address", person("l2", ["leads"], { emails: ["LENA@corp.com"] })],
    ["her id as an account", person("l3", ["leads"], { accounts: [{ id: "lena", source: "okta" }] })],
    ["her address as an id", person("Lena@Corp.com", ["leads"])],
  ];

  it.each(sameAsLena)("A5: who overlaps somebody who has voted is refused: %s", (_, voter) => {
    expect(codesOf(vote(played(open(leads), lead), voter))).toEqual(["already_voted"]);
  });

  it("A5: absent aliases do not make two voters one", () => {
    const { emails: _, ...unknown } = person("otto", ["leads"]);
    expect(played(open(leads), lead, unknown).status).toBe("approved");
  });

  it("A5: who overlaps two voters hears of both", () => {
    const state = played(open(flowWith(approvalOf("anyOf", [inGroup("leads", 3)]))), lead, other);
    const twice = person("third", ["leads"], { accounts: ["lena", "otto"] });
    expect(vote(state, twice)).toMatchObject({ error: { reasons: [{ voter: "lena" }, { voter: "otto" }] } });
  });

  const wantsReason = flowWith(approvalOf("anyOf", [inGroup("leads")]), { requireApproverReason: true });

  it.each([undefined, "", " \n\t "])("A9: where a reason is required, a vote with %j is refused", (reason) => {
    expect(codesOf(vote(open(wantsReason), lead, { reason }))).toEqual(["approver_reason_missing"]);
  });

  it.each(["\u200b", "\u0000", "\u0085", " \u2060\u00ad\t"])("A9: a reason of nothing that can be read is none (%j)", (reason) => {
    const flow = flowWith(approvalOf("anyOf", [inGroup("leads", 2)]), { requireApproverReason: true });
    expect(codesOf(vote(open(flow), lead, { reason }))).toEqual(["approver_reason_missing"]);
  });

  it("A5: one address written with another letter case is one person, also where small letters combine (C6)", () => {
    const state = played(open(leads), { ...lead, emails: ["J\u030cane@corp.com"] });
    expect(codesOf(vote(state, { ...other, emails: ["j\u030cane@corp.com"] }))).toEqual(["already_voted"]);
  });

  it("C6: a part of an address is found whatever the letter case, also where small letters combine", () => {
    const jane = flowWith(approvalOf("anyOf", [group({ attribute: "user", operator: "contains", values: ["\u01f0ane@"] })]));
    expect(codesOf(vote(open(jane), { ...lead, emails: ["J\u030cane@corp.com"] }))).toEqual([]);
  });

  it("A4: a withdrawal of what is decided is refused under the rule of its code", () => {
    const state = played(open(leads), lead, other);
    expect(transitionApproval(state, { type: "withdraw", by: { id: "ada" }, at: opened + hour })).toMatchObject({
      error: { reasons: [{ code: "request_decided", rule: "A4" }] },
    });
  });

  it("A9: where a reason is required, a rejection without one is refused, too", () => {
    expect(codesOf(vote(open(wantsReason), lead, { decision: "reject" }))).toEqual(["approver_reason_missing"]);
  });

  it("A9: a reason is kept trimmed", () => {
    expect(played(open(wantsReason), ballot(lead, { reason: "  fine \n" })).votes[0]?.reason).toBe("fine");
  });

  it("A9: where none is required, a blank reason is no reason", () => {
    expect(played(open(leads), ballot(lead, { reason: "   " })).votes[0]?.reason).toBeNull();
  });

  it("A9: 124 characters are counted by code point, after trimming", () => {
    expect(codesOf(vote(open(leads), lead, { reason: ` ${"😀".repeat(124)} ` }))).toEqual([]);
  });

  it.each(["approve", "reject"] as const)("A9: 125 characters are refused, not cut (%s)", (decision) => {
    expect(vote(open(leads), lead, { decision, reason: "x".repeat(125) })).toMatchObject({
      error: { reasons: [{ code: "approver_reason_too_long", limit: 124 }] },
    });
  });

  it("A10: an inactive voter is refused", () => {
    expect(codesOf(vote(open(leads), person("lena", ["leads"], { active: false })))).toEqual(["voter_inactive"]);
  });

  it("A10: a voter without `active` counts as active (C9)", () => {
    expect(codesOf(vote(open(leads), lead))).toEqual([]);
  });

  it("A10: unknown facts are refused, and the reason says which one is missing", () => {
    const { attributes: _, ...unknown } = lead;
    expect(vote(open(leads), unknown)).toMatchObject({
      error: {
        reasons: [
          { code: "approver_facts_unknown", rule: "A10" },
          { code: "attribute_missing", attribute: "group", path: ["approval", "approverGroups", 0, "conditions", 0] },
        ],
      },
    });
  });

  it("A10: an unknown condition never permits, not even a negative one", () => {
    const flow = flowWith(approvalOf("anyOf", [group({ attribute: "group", operator: "isNot", values: ["staff"] })]));
    const { attributes: _, ...unknown } = lead;
    expect(codesOf(vote(open(flow), unknown))[0]).toBe("approver_facts_unknown");
  });

  it("A10: who meets one group may vote, whatever is unknown about another", () => {
    const flow = flowWith(approvalOf("anyOf", [inGroup("leads"), group({ attribute: "onCall", values: ["db"] })]));
    expect(played(open(flow), lead).votes[0]?.counts).toEqual([{ group: 0, tier: null, owners: "all" }]);
  });

  it("A10: all reasons come at once", () => {
    const flow = flowWith(approvalOf("anyOf", [inGroup("leads")]), { requestorCannotApproveSelf: true, requireApproverReason: true });
    const codes = codesOf(vote(open(flow), { ...ada, active: false }));
    expect(codes).toEqual(["voter_inactive", "same_person_as_requestor", "not_an_approver", "approver_reason_missing"]);
  });

  it("A10: a `timeReached` with nothing due gives back the very same state, and nothing is recorded", () => {
    const state = open(leads);
    const answer = accepted(transitionApproval(state, { type: "timeReached", at: opened + hour }));
    expect([answer.state === state, answer.effects, answer.recorded]).toEqual([true, [], null]);
  });

  it("A10: so it does once decided", () => {
    const state = played(open(leads), lead, other);
    expect(accepted(transitionApproval(state, { type: "timeReached", at: opened + 48 * hour })).state).toBe(state);
  });

  const early = { at: opened - 1 };
  it.each([
    ["vote", ballot(lead, early)],
    ["withdraw", { type: "withdraw", by: { id: "ada" }, ...early } as const],
    ["timeReached", { type: "timeReached", ...early } as const],
  ])("A10: an event (%s) earlier than the last one is refused", (_, event) => {
    expect(transitionApproval(open(leads), event)).toMatchObject({ error: { reasons: [{ code: "clock_went_back", lastAt: opened }] } });
  });

  it("A10: a `withdraw` once decided is refused", () => {
    const state = played(open(leads), lead, other);
    expect(codesOf(transitionApproval(state, { type: "withdraw", by: { id: "ada" }, at: opened + hour }))).toEqual(["request_decided"]);
  });

  it.each([
    ["the requestor", { id: "ada" }],
    ["the grantee", { id: "gil" }],
    ["an administrator", { id: "root", administrator: true }],
  ])("L5: %s may withdraw", (_, by) => {
    const state = open(leads, { grantee: person("gil") });
    expect(played(state, { type: "withdraw", by, at: opened + 1 }).status).toBe("withdrawn");
  });

  it.each([
    ["somebody else", { id: "eve" }],
    ["an alias of the requestor", { id: "ada@corp.com" }],
    ["who is said not to be an administrator", { id: "eve", administrator: false }],
  ])("L5: %s may not withdraw", (_, by) => {
    expect(codesOf(transitionApproval(open(leads), { type: "withdraw", by, at: opened + 1 }))).toEqual(["not_allowed_to_withdraw"]);
  });

  it("A9: nobody gives a reason by what every object inherits", () => {
    const strict = open(flowWith(approvalOf("anyOf", [inGroup("leads")]), { requireApproverReason: true }));
    const voter = person("lena", ["leads"]);
    for (const enumerable of [true, false]) {
      Object.defineProperty(Object.prototype, "reason", { value: "because", configurable: true, writable: true, enumerable });
      try {
        expect(codesOf(transitionApproval(strict, ballot(voter)))).toEqual(["approver_reason_missing"]);
      } finally {
        Reflect.deleteProperty(Object.prototype, "reason");
      }
    }
  });

  it("L5: nobody becomes an administrator by what every object inherits", () => {
    const by = Object.assign(Object.create(null), { id: "eve" });
    Object.defineProperty(Object.prototype, "administrator", { value: true, configurable: true });
    try {
      expect(codesOf(transitionApproval(open(leads), { type: "withdraw", by: { id: "eve" }, at: opened + 1 }))).toEqual([
        "not_allowed_to_withdraw",
      ]);
      expect(codesOf(transitionApproval(open(leads), { type: "withdraw", by, at: opened + 1 }))).toEqual(["not_allowed_to_withdraw"]);
    } finally {
      Reflect.deleteProperty(Object.prototype, "administrator");
    }
  });
});
