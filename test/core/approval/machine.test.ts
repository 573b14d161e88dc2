import { describe, expect, it } from "vitest";
import type { ApprovalEvent } from "../../../src/core/approval/approval-event.js";
import { ApprovalStateMachine } from "../../../src/core/approval/approval-state-machine.js";
import { pendingApproval } from "../../../src/core/approval/pending-approval.js";
import { startApproval } from "../../../src/core/approval/start-approval.js";
import { transitionApproval } from "../../../src/core/approval/transition-approval.js";
import {
  accepted,
  ada,
  approvalOf,
  ballot,
  catalog,
  codesOf,
  flowWith,
  group,
  inGroup,
  minute,
  open,
  opened,
  person,
  played,
  resource,
  vote,
} from "./support.js";

const flow = flowWith(approvalOf("allOf", [inGroup("leads"), inGroup("dba")]), { requireApproverReason: true });
const lead = person("lena", ["leads"]);

describe("the machine (A14)", () => {
  it("A14: its parts are the plain functions", () => {
    const { start, transition, pending } = ApprovalStateMachine;
    expect([start === startApproval, transition === transitionApproval, pending === pendingApproval]).toEqual([true, true, true]);
  });

  it("A14: a state is as it is described, field by field", () => {
    const state = played(open(flow, { grantee: person("gil", [], { accounts: ["Z", "a@B.c"] }) }), ballot(lead, { reason: "fine" }));
    expect(JSON.stringify(state)).toBe(
      JSON.stringify({
        kind: "approvalState",
        format: "approvalState/v1",
        status: "pending",
        revision: 1,
        flow: { id: "reports", name: "Reports" },
        rules: { approval: flow.approval, requestorCannotApproveSelf: false, requireApproverReason: true },
        openedAt: opened,
        lastAt: opened + minute,
        decidedAt: null,
        requestor: {
          id: "ada",
          keys: ["ada", "ada@corp.com"],
          emailsKnown: true,
          accountsKnown: true,
          managerKnown: true,
          manager: "grace",
        },
        grantee: {
          id: "gil",
          keys: ["Z", "a@b.c", "gil", "gil@corp.com"],
          emailsKnown: true,
          accountsKnown: true,
          managerKnown: true,
          manager: null,
        },
        owners: [],
        tiersAsked: 0,
        votes: [
          {
            voter: "lena",
            keys: ["lena", "lena@corp.com"],
            decision: "approve",
            reason: "fine",
            at: opened + minute,
            counts: [{ group: 0, tier: null, owners: "all" }],
          },
        ],
      }),
    );
  });

  it("A14: a grantee whose facts are the requestor's needs no record", () => {
    expect(open(flow, { grantee: ada }).grantee).toBeNull();
  });

  it("A14: revision 0 after the start, one more for each accepted event", () => {
    expect([open(flow).revision, played(open(flow), ballot(lead, { reason: "fine" })).revision]).toEqual([0, 1]);
  });

  it("A14: what is recorded of a vote is what was concluded from its facts", () => {
    const facts = { ...lead, attributes: { group: ["leads"], secret: ["canary"] } };
    const { recorded } = accepted(vote(open(flow), facts, { reason: "fine", requestor: { ...ada, accounts: ["alias"] } }));
    expect(recorded).toMatchObject({
      revision: 1,
      at: opened + minute,
      by: "lena",
      type: "vote",
      concluded: { status: "pending", vote: { voter: "lena" } },
    });
    expect(recorded).toMatchObject({ concluded: { requestor: { keys: ["ada", "ada@corp.com", "alias"] }, grantee: null } });
    expect(JSON.stringify(recorded)).not.toContain("canary");
  });

  it("A14: a vote that decides nothing tells requestor and grantee", () => {
    const { effects } = accepted(vote(open(flow, { grantee: person("gil") }), lead, { reason: "fine" }));
    expect(effects).toEqual([
      { key: "1:0", type: "notify", to: "requestor", about: "submitted" },
      { key: "1:1", type: "notify", to: "grantee", about: "submitted" },
    ]);
  });

  it("A14: a decision is told to the requestor", () => {
    const { effects } = accepted(vote(open(flow), lead, { reason: "no", decision: "reject" }));
    expect(effects).toEqual([{ key: "1:0", type: "notify", to: "requestor", about: "decided" }]);
  });

  it("A14: the end of an undecided request is told to approvers, too", () => {
    const { effects, recorded } = accepted(transitionApproval(open(flow), { type: "withdraw", by: { id: "ada" }, at: opened }));
    expect(effects.map(({ key, ...effect }) => ("to" in effect ? effect.to : effect.type))).toEqual(["requestor", "approvers"]);
    expect(recorded).toEqual({ revision: 1, at: opened, by: "ada", type: "withdraw", concluded: { status: "withdrawn" } });
  });

  it("A14: instants may be texts or dates", () => {
    const state = open(flow, { at: new Date(opened) });
    expect(played(state, ballot(lead, { at: "2026-03-02T10:00:00+01:00", reason: "fine" })).lastAt).toBe(opened);
  });

  it("A14: a state that came as JSON and is right works like the one it was", () => {
    const state = JSON.parse(JSON.stringify(open(flow)));
    expect(played(state, ballot(lead, { reason: "fine" }))).toEqual(played(open(flow), ballot(lead, { reason: "fine" })));
  });
});

describe("bad input", () => {
  const events: [string, unknown, string[]][] = [
    ["null", null, ["event_unknown"]],
    ["a list", [], ["event_unknown"]],
    ["no type", { at: opened }, ["event_unknown"]],
    ["an unknown type", { type: "approve", at: opened }, ["event_unknown"]],
    ["an inherited type", Object.create({ type: "timeReached", at: opened }), ["event_unknown"]],
    ["an unknown key", { ...ballot(lead), forced: true }, ["facts_invalid"]],
    ["a misspelt fact", ballot({ ...lead, actve: false } as never), ["facts_invalid"]],
    ["no voter", { ...ballot(lead), voter: undefined }, ["facts_invalid"]],
    ["another decision", { ...ballot(lead), decision: "yes" }, ["facts_invalid"]],
    ["a reason that is no text", { ...ballot(lead), reason: 1 }, ["facts_invalid"]],
    ["half a character", { ...ballot(lead), reason: "\ud800" }, ["facts_invalid"]],
    ["no instant", { ...ballot(lead), at: "soon" }, ["instant_invalid"]],
    ["fresher facts that are none", { ...ballot(lead), requestor: null }, ["facts_invalid"]],
    ["everything wrong", { type: "vote", at: Number.NaN }, ["facts_invalid", "facts_invalid", "instant_invalid"]],
    ["an actor that is none", { type: "withdraw", by: "ada", at: opened }, ["facts_invalid"]],
    ["an actor without an id", { type: "withdraw", by: { administrator: true }, at: opened }, ["facts_invalid"]],
    [
      "an actor who is an administrator by text",
      { type: "withdraw", by: { id: "eve", administrator: "no" }, at: opened },
      ["facts_invalid"],
    ],
    ["an actor with more", { type: "withdraw", by: { id: "ada", role: "x" }, at: opened }, ["facts_invalid"]],
    ["a timer with more", { type: "timeReached", at: opened, force: true }, ["facts_invalid"]],
  ];

  it.each(events)("E1: an event that is %s is refused", (_, event, codes) => {
    expect(codesOf(transitionApproval(open(flow), event as ApprovalEvent))).toEqual(codes);
  });

  const inputs: [string, unknown, string[]][] = [
    ["null", null, ["facts_invalid"]],
    ["nothing", {}, ["facts_invalid", "instant_invalid"]],
    ["an unknown key", { requestor: ada, at: opened, grante: ada }, ["facts_invalid"]],
    ["a grantee who is none", { requestor: ada, at: opened, grantee: null }, ["facts_invalid"]],
    ["resources that are no list", { requestor: ada, at: opened, resources: {} }, ["facts_invalid"]],
    [
      "a resource that is none",
      { requestor: ada, at: opened, resources: [resource("r"), { id: "x" }] },
      ["facts_invalid", "facts_invalid", "facts_invalid"],
    ],
    ["a hole among the resources", { requestor: ada, at: opened, resources: Array(1) }, ["facts_invalid"]],
    ["a catalogue that is none", { requestor: ada, at: opened, catalog: [] }, ["facts_invalid"]],
    ["no instant", { requestor: ada, at: -1 }, ["instant_invalid"]],
  ];

  it.each(inputs)("E1: an opening with %s is refused", (_, input, codes) => {
    expect(codesOf(startApproval(flow, input as never))).toEqual(codes);
  });

  it("E1: what is no flow is refused", () => {
    expect(startApproval({ name: "x" } as never, { requestor: ada, at: opened })).toMatchObject({
      error: { reasons: [{ argument: "flow" }, {}] },
    });
  });

  it("L13: a state that is none is refused", () => {
    expect(
      [{}, null, { kind: "approvalState", format: "approvalState/v2" }].map((state) =>
        codesOf(transitionApproval(state as never, ballot(lead))),
      ),
    ).toEqual([["state_foreign"], ["state_foreign"], ["state_newer"]]);
  });

  it("L13: a hand-made state with a vote that was never cast is refused", () => {
    const state = { ...open(flow), status: "approved", decidedAt: opened };
    expect(codesOf(transitionApproval(state as never, { type: "timeReached", at: opened }))).toEqual(["state_foreign"]);
  });
});

describe("limits (D4)", () => {
  const tooMuch = (limit: number) => ({ code: "too_much_asked", rule: "D4", path: [], limit });

  it("D4: more than 1,000 resources are too many", () => {
    const resources = Array.from({ length: 1_001 }, (_, index) => resource(`r${index}`));
    expect(startApproval(flow, { requestor: ada, at: opened, resources })).toMatchObject({
      error: { reasons: [{ code: "too_much_asked", limit: 1_000 }] },
    });
  });

  it("D4: an approval that would not fit into a store is refused at the start", () => {
    const values = Array.from({ length: 2_000 }, (_, index) => `${index}`.padEnd(200, "x"));
    const large = flowWith(approvalOf("anyOf", [group({ attribute: "group", values })]));
    expect(startApproval(large, { requestor: ada, at: opened })).toMatchObject({
      error: { reasons: [{ code: "too_much_asked", limit: 256_000 }] },
    });
  });

  const crowd = flowWith(approvalOf("anyOf", [inGroup("leads", 2_000)], { expiresAfter: "never" }));

  it("D4: the vote after the 1,000th is refused", () => {
    let state = open(crowd);
    for (let index = 0; index < 1_000; index += 1)
      state = played(state, { ...ballot({ id: `v${index}`, attributes: { group: ["leads"] } }) });
    expect(vote(state, person("one more", ["leads"]))).toMatchObject({ error: { reasons: [tooMuch(1_000)] } });
  });

  it("D4: a vote that would make the state too large for a store is refused, and the state stays as it is", () => {
    const emails = Array.from({ length: 2_000 }, (_, index) => `${"é".repeat(20)}${index}@corp.com`);
    let state = open(crowd);
    const reasons: unknown[] = [];
    for (let index = 0; index < 4; index += 1) {
      const answer = vote(state, { ...person(`v${index}`, ["leads"]), emails: emails.map((email) => `${index}${email}`) });
      if (!answer.ok) reasons.push(...answer.error.reasons);
      if (answer.ok) state = answer.value.state;
    }
    expect([reasons, state.revision, new TextEncoder().encode(JSON.stringify(state)).length < 256_000]).toEqual([
      [tooMuch(256_000), tooMuch(256_000)],
      2,
      true,
    ]);
  });

  it("D4: owners count once, not the resources", () => {
    const owned = flowWith(approvalOf("anyOf", [group({ relation: "owner" })]));
    const resources = Array.from({ length: 1_000 }, (_, index) => resource(`r${index}`, { team: "pay" }));
    expect(open(owned, { resources, catalog }).owners).toMatchObject([{ resources: 1_000 }]);
  });
});
