import { describe, expect, it } from "vitest";
import type { ApprovalState } from "../../../src/core/approval/approval-state.js";
import { transitionApproval } from "../../../src/core/approval/transition-approval.js";
import { wakeAt } from "../../../src/core/request/wake-at.js";
import { lastInstant } from "../../../src/core/time/instant.js";
import {
  accepted,
  approvalOf,
  ballot,
  catalog,
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
  resource,
  vote,
} from "./support.js";

const lead = person("lena", ["leads"]);
const boss = person("boss", ["bosses"]);
const chief = person("chief", ["chiefs"]);
const withTiers = approvalOf("anyOf", [inGroup("leads", 2)], { escalation: { tiers: [inGroup("bosses"), inGroup("chiefs")] } });
const flow = flowWith(withTiers);
const at = (state: ApprovalState, instant: number) => transitionApproval(state, { type: "timeReached", at: instant });

describe("expiry (A11)", () => {
  const brief = flowWith(approvalOf("anyOf", [inGroup("leads")], { expiresAfter: { amount: 90, unit: "minute" } }));
  const deadline = opened + 90 * minute;

  it("A11: undecided at the deadline, the request expires by `timeReached`", () => {
    const state = played(open(brief), { type: "timeReached", at: deadline });
    expect([state.status, state.decidedAt, state.revision]).toEqual(["expired", deadline, 1]);
  });

  it("A11: a millisecond earlier nothing happens", () => {
    expect(accepted(at(open(brief), deadline - 1)).recorded).toBeNull();
  });

  it("A11: where nothing is due the very object that was given comes back, be it made here or plain JSON", () => {
    const made = open(brief);
    const plain: ApprovalState = JSON.parse(JSON.stringify(made));
    expect([made, plain].map((state) => accepted(at(state, opened + minute)).state === state)).toEqual([true, true]);
    expect(Object.isFrozen(plain)).toBe(false);
  });

  it("A11: the default is 24 hours", () => {
    expect(wakeAt(open(flowWith(approvalOf("anyOf", [inGroup("leads")]))))).toBe(opened + 24 * hour);
  });

  it("A11: `never` never expires", () => {
    const state = open(flowWith(approvalOf("anyOf", [inGroup("leads")], { expiresAfter: "never" })));
    expect([wakeAt(state), accepted(at(state, opened + 100_000 * hour)).state === state]).toEqual([null, true]);
  });

  it("A11: a vote at the deadline is refused even if no timer has fired", () => {
    expect(vote(open(brief), lead, { at: deadline })).toMatchObject({
      error: { reasons: [{ code: "request_expired", expiredAt: deadline }] },
    });
  });

  it("A11: a vote just before the deadline counts", () => {
    expect(codesOf(vote(open(brief), lead, { at: deadline - 1 }))).toEqual([]);
  });

  it("A11: a late `withdraw` is still a withdrawal", () => {
    expect(played(open(brief), { type: "withdraw", by: { id: "ada" }, at: deadline + hour }).status).toBe("withdrawn");
  });

  it("A11: an expired request takes no vote, and says that it is over", () => {
    const state = played(open(brief), { type: "timeReached", at: deadline });
    expect(codesOf(vote(state, lead, { at: deadline }))).toEqual(["request_decided"]);
  });
});

describe("the end of time (S8)", () => {
  const endless = flowWith({
    ...withTiers,
    expiresAfter: "never",
    escalation: { tiers: [inGroup("bosses")], every: { amount: 1, unit: "hour" } },
  } as never);

  it("A12: a tier may open, and an approval expire, at the last instant", () => {
    const brief = flowWith(approvalOf("anyOf", [inGroup("leads")], { expiresAfter: { amount: 1, unit: "hour" } }));
    expect([brief, endless].map((each) => wakeAt(open(each, { at: lastInstant - hour })))).toEqual([lastInstant, lastInstant]);
    const late = open(endless, { at: lastInstant - hour });
    expect(played(late, ballot(boss, { at: lastInstant })).status).toBe("approved");
  });

  it("A12: one that would open later never does, and nobody is told to wait for it", () => {
    const state = open(endless, { at: lastInstant - hour + 1 });
    expect([wakeAt(state), codesOf(vote(state, boss, { at: lastInstant }))]).toEqual([null, ["not_an_approver"]]);
  });
});

describe("escalation (A12)", () => {
  const firstTier = opened + 30 * minute;

  it("A12: a tier opens at its multiple of `every`, 30 minutes by default, that instant included", () => {
    expect([codesOf(vote(open(flow), boss, { at: firstTier - 1 })), played(open(flow), ballot(boss, { at: firstTier })).status]).toEqual([
      ["not_an_approver", "tier_not_open"],
      "approved",
    ]);
  });

  it("A12: the refusal says when the tier opens", () => {
    expect(vote(open(flow), chief)).toMatchObject({ error: { reasons: [{}, { code: "tier_not_open", opensAt: opened + hour }] } });
  });

  it("A12: `every` may be written", () => {
    const slow = flowWith(
      approvalOf("anyOf", [inGroup("leads")], { escalation: { every: { amount: 2, unit: "hour" }, tiers: [inGroup("bosses")] } }),
    );
    expect(codesOf(vote(open(slow), boss, { at: opened + 2 * hour }))).toEqual([]);
  });

  it("A12: one member of an open tier decides alone, even under `allOf` and `required`", () => {
    const strict = flowWith(approvalOf("allOf", [inGroup("leads", 3), inGroup("dba")], { escalation: { tiers: [inGroup("bosses")] } }));
    const state = played(open(strict), ballot(boss, { at: firstTier }));
    expect([state.status, state.votes[0]?.counts]).toEqual(["approved", [{ group: 0, tier: 1, owners: "all" }]]);
  });

  it("A12: one member of an open tier may reject", () => {
    expect(played(open(flow), ballot(boss, { at: firstTier, decision: "reject" })).status).toBe("rejected");
  });

  it("A12: a vote cast before a tier opened does not count for it later", () => {
    const both = person("both", ["leads", "bosses"]);
    const state = played(open(flow), both, { type: "timeReached", at: firstTier });
    expect([state.status, state.votes[0]?.counts]).toEqual(["pending", [{ group: 0, tier: null, owners: "all" }]]);
  });

  it("A5: who voted for a group may vote once more when in a tier opened since, and decides", () => {
    const both = person("both", ["leads", "bosses"]);
    const state = played(open(flow), both, ballot(both, { at: firstTier }));
    expect([state.status, state.votes[1]?.counts]).toEqual(["approved", [{ group: 0, tier: 1, owners: "all" }]]);
  });

  it("A5: so they may under another of their ids, and reject", () => {
    const other = person("other", ["bosses"], { accounts: ["both"] });
    const state = played(open(flow), person("both", ["leads"]), ballot(other, { at: firstTier, decision: "reject" }));
    expect(state.status).toBe("rejected");
  });

  it("A5: the second vote counts for open tiers only", () => {
    const strict = flowWith(approvalOf("allOf", [inGroup("leads"), inGroup("dba")], { escalation: { tiers: [inGroup("bosses")] } }));
    const all = person("all", ["leads", "dba", "bosses"]);
    const state = played(open(strict), person("all", ["leads"]), ballot(all, { at: firstTier }));
    expect(state.votes[1]?.counts).toEqual([{ group: 0, tier: 1, owners: "all" }]);
  });

  it("A5: a vote cast when the tier was open already leaves no second one", () => {
    const state = played(open(flow), ballot(lead, { at: firstTier }));
    expect(codesOf(vote(state, person("lena", ["leads", "bosses"]), { at: firstTier + minute }))).toEqual(["already_voted"]);
  });

  it("A5: the tier must have opened after every vote that overlaps", () => {
    const wide = flowWith(approvalOf("anyOf", [inGroup("leads", 3)], { escalation: { tiers: [inGroup("bosses"), inGroup("chiefs")] } }));
    const state = played(open(wide), lead, ballot(person("otto", ["leads"]), { at: firstTier }));
    const overlapsBoth = person("third", ["bosses", "chiefs"], { accounts: ["lena", "otto"] });
    expect([codesOf(vote(state, overlapsBoth, { at: firstTier + 1 })), codesOf(vote(state, overlapsBoth, { at: opened + hour }))]).toEqual([
      ["already_voted", "already_voted"],
      [],
    ]);
  });

  it("A5: who waits for a tier still to open hears when", () => {
    const both = person("both", ["leads", "bosses"]);
    const open2 = played(open(flow), person("both", ["leads"]));
    expect(codesOf(vote(open2, person("both", ["bosses"])))).toEqual(["already_voted", "not_an_approver", "tier_not_open"]);
    expect(codesOf(vote(open2, both))).toEqual(["already_voted"]);
  });

  const byOwner = flowWith(approvalOf("anyOf", [inGroup("leads")], { escalation: { tiers: [group({ relation: "owner" })] } }));
  const resources = [resource("r1", { team: "pay" }), resource("r2", { team: "web" })];

  it("A12: in a tier with an owner condition one who owns every resource decides", () => {
    const state = open(byOwner, { resources, catalog });
    expect(played(state, ballot(person("bo", ["pay", "web"]), { at: firstTier })).status).toBe("approved");
  });

  it("A12: who owns only some resources is no member of the tier", () => {
    const state = open(byOwner, { resources, catalog });
    expect(codesOf(vote(state, person("pia", ["pay"]), { at: firstTier, decision: "reject" }))).toEqual(["not_an_approver"]);
  });

  it("A12: without a resource nobody is in a tier of owners", () => {
    expect(codesOf(vote(open(byOwner, { catalog }), person("pia", ["pay"]), { at: firstTier }))[0]).toBe("approver_facts_unknown");
  });

  it("A12: earlier approvers stay able to decide", () => {
    const state = played(open(flow), ballot(lead, { at: opened + 2 * hour }), ballot(person("otto", ["leads"]), { at: opened + 2 * hour }));
    expect(state.status).toBe("approved");
  });

  it("A12: which tiers are open is computed from time, not from timers", () => {
    expect(played(open(flow), ballot(chief, { at: opened + 5 * hour })).tiersAsked).toBe(0);
  });

  it("A12: a tier that would open at the deadline never does", () => {
    const short = flowWith(
      approvalOf("anyOf", [inGroup("leads")], { expiresAfter: { amount: 30, unit: "minute" }, escalation: { tiers: [inGroup("bosses")] } }),
    );
    expect([
      wakeAt(open(short)),
      codesOf(vote(open(short), boss)),
      played(open(short), { type: "timeReached", at: firstTier }).tiersAsked,
    ]).toEqual([firstTier, ["not_an_approver"], 0]);
  });

  it("A10: a `timeReached` that opens a tier is recorded, and its approvers are asked once", () => {
    const answer = accepted(at(open(flow), firstTier));
    expect(answer.effects).toEqual([
      { key: "1:0", type: "askApprovers", groups: [], tier: 1 },
      { key: "1:1", type: "wake", at: opened + hour },
    ]);
    expect(answer.recorded).toEqual({
      revision: 1,
      at: firstTier,
      by: null,
      type: "timeReached",
      concluded: { status: "pending", tiersAsked: 1 },
    });
    expect(accepted(at(answer.state, firstTier)).recorded).toBeNull();
  });

  it("A10: a late timer asks every tier that has opened", () => {
    const answer = accepted(at(open(flow), opened + 3 * hour));
    expect(answer.effects.flatMap((effect) => (effect.type === "askApprovers" ? [effect.tier] : []))).toEqual([1, 2]);
  });

  it("A10: a timer later than the deadline expires the request and asks nobody", () => {
    const answer = accepted(at(open(flow), opened + 30 * hour));
    expect([answer.state.status, answer.effects.some((effect) => effect.type === "askApprovers")]).toEqual(["expired", false]);
  });
});

describe("wakeAt", () => {
  it("A12: it is the next tier not asked, then the deadline, then never", () => {
    const states = [open(flow)];
    for (const instant of [opened + 30 * minute, opened + hour, opened + 24 * hour]) {
      const last = states.at(-1);
      if (last !== undefined) states.push(played(last, { type: "timeReached", at: instant }));
    }
    expect(states.map(wakeAt)).toEqual([opened + 30 * minute, opened + hour, opened + 24 * hour, null]);
  });

  it("A12: a tier that opened unasked before the last event is due at that event", () => {
    const state = played(open(flow), ballot(lead, { at: opened + 50 * minute }));
    expect(wakeAt(state)).toBe(opened + 50 * minute);
  });

  it("A11: a deadline after the last instant is never reached", () => {
    const state = open(flowWith(approvalOf("anyOf", [inGroup("leads")])), { at: "9999-12-31T12:00:00Z" });
    expect(wakeAt(state)).toBeNull();
  });

  it.each([null, {}, "state"])("E1: %j is no state: it throws", (value) => {
    expect(() => wakeAt(value as never)).toThrowError(expect.objectContaining({ name: "AccessFlowError", code: "state_foreign" }));
  });
});
