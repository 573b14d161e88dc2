import { describe, expect, it } from "vitest";
import type { ApprovalEvent } from "../../../src/core/approval/approval-event.js";
import type { ApprovalState } from "../../../src/core/approval/approval-state.js";
import { planApproval } from "../../../src/core/approval/plan-approval.js";
import { restoreApprovalState } from "../../../src/core/approval/restore-approval-state.js";
import { startApproval } from "../../../src/core/approval/start-approval.js";
import { bytesAfter, jsonBytes, stateLimit } from "../../../src/core/approval/state/state-size.js";
import type { AccessFlow } from "../../../src/core/flow/access-flow.js";
import type { Reason } from "../../../src/core/kernel/reason.js";
import { refuse } from "../../../src/core/kernel/refusal.js";
import {
  ada,
  approvalOf,
  ballot,
  catalog,
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

const written = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

describe("the size of what is stored (D4)", () => {
  const texts = [
    ["nothing", ""],
    ["a line of ASCII", "all of it ~ } {"],
    ["a quotation mark", 'a"'],
    ["a backslash", "a\\"],
    ["control characters", "\u0000\u001f\n\t\u007f"],
    ["the last of one byte and the first of two", "\u007f\u0080"],
    ["the last of two bytes and the first of three", "\u07ff\u0800"],
    ["the last before the surrogates", "\ud7ff"],
    ["the first pair of surrogates, and the last", "\u{10000}\u{10ffff}"],
    ["halves of pairs, alone", "\ud800 \udbff \udc00 \udfff"],
    ["the first after the surrogates", "\ue000"],
    ["the last of three bytes", "\uffff"],
    ["three bytes in the middle", "\u4e00\u9577"],
  ] as const;

  it.each(texts)("D4: %s", (_, text) => {
    expect([jsonBytes(text), jsonBytes({ [text]: [text, text] })]).toEqual([written(text), written({ [text]: [text, text] })]);
  });

  it.each([
    ...[0, 9, 10, 99, 100, 999_999, 1_000_000, 253_402_300_799_999, -1, -10, 1.5, 1e21, Number.NaN, true, false, null],
    ...[[], {}, [[]], [{}], [null, true, 10], { a: undefined }, { a: 1, b: undefined }, { a: undefined, b: "" }, [undefined, 1]],
  ])("D4: %j", (value) => {
    expect(jsonBytes(value)).toBe(written(value));
  });

  it("D4: the size after an event is the size before, and what the event brought", () => {
    const flow = flowWith(
      approvalOf("allOf", [inGroup("leads", 2), inGroup("owners")], { escalation: { tiers: [inGroup("bosses")] }, expiresAfter: "never" }),
      { requestorCannotApproveSelf: true },
    );
    const news = person("ada", ["staff"], { emails: ["ada@corp.com", "ada@home.example", "ä@home.example"], manager: "lena" });
    const held = person("gil", [], { emails: ["gil@corp.com", "gil@home.example"] });
    const events = [
      ballot(person("lena", ["leads"]), { reason: "fine ü" }),
      { type: "timeReached", at: opened + 30 * minute },
      ballot(person("otto", ["leads", "owners"]), { requestor: news, grantee: held, at: opened + hour }),
    ] as const;
    let before = open(flow, { grantee: person("gil") });
    for (const event of events) {
      const next = played(before, event);
      expect(bytesAfter(jsonBytes(before), before, next)).toBe(written(next));
      before = next;
    }
    expect([before.status, before.requestor.keys.length, before.tiersAsked]).toEqual(["approved", 4, 1]);
  });
});

describe("the size of what an event can change (D4)", () => {
  const before = open(flowWith(approvalOf("allOf", [inGroup("leads", 2)], { escalation: { tiers: [inGroup("bosses")] } })));
  const [voted] = played(before, person("lena", ["leads"])).votes;
  const counts = [
    { group: 12, tier: null, owners: [7, 10, 123] },
    { group: 0, tier: 10, owners: "all" },
  ] as const;
  it.each<[string, Partial<ApprovalState>, Partial<ApprovalState>]>([
    ["a revision of one digit more", { revision: 9 }, { revision: 10 }],
    ["a revision of one digit less", { revision: 100 }, { revision: 99 }],
    ["a time of one digit more", { lastAt: 999 }, { lastAt: 1_000 }],
    ["a time that stays", { lastAt: 999 }, { lastAt: 999, revision: 1 }],
    ["a first time of decision", { decidedAt: null }, { decidedAt: 12_345 }],
    ["ten tiers", { tiersAsked: 9 }, { tiersAsked: 10 }],
    ["another status", { status: "pending" }, { status: "withdrawn" }],
    ["a vote for many places", { votes: [] }, { votes: voted === undefined ? [] : [{ ...voted, counts }] }],
  ])("D4: %s", (_, was, becomes) => {
    const [old, next] = [
      { ...before, ...was },
      { ...before, ...was, ...becomes },
    ] as [ApprovalState, ApprovalState];
    expect(bytesAfter(written(old), old, next)).toBe(written(next));
  });
});

describe("the size of votes that count for owners (D4)", () => {
  it.each([
    [["pay"], "pay", 1],
    [["pay", "web"], "pay", 1],
    [["pay", "web", "ops"], "pay web ops", 3],
    [["pay", "web", "ops"], "pay web", 2],
  ] as const)("D4: of %j by the owners of %s", (teams, groups, covered) => {
    const flow = flowWith(approvalOf("allOf", [group({ relation: "owner" }), inGroup("leads", 2)]));
    const before = open(flow, { resources: teams.map((team, index) => resource(`r${index}`, { team })), catalog });
    const event = ballot(person("wim", groups.split(" ")), { at: opened + hour });
    const after = played(before, event);
    expect(after.votes[0]?.counts.map(({ owners }) => (owners === "all" ? owners : owners.length))).toEqual([covered]);
    expect(bytesAfter(jsonBytes(before), before, after)).toBe(written(after));
  });
});

describe("the largest state (D4)", () => {
  const tooLarge = { code: "too_much_asked", rule: "D4", path: [], limit: stateLimit };

  /** Of a group that lists many long texts, and one of so many characters. */
  function flowWithText(characters: number): AccessFlow {
    const values = Array.from({ length: 1_000 }, (_, index) => `${index}`.padStart(252, "x"));
    return flowWith(approvalOf("anyOf", [inGroup("leads", 2), group({ attribute: "group", values: [...values, "y".repeat(characters)] })]));
  }

  /** How many characters make a state of just that size, after these events. */
  function charactersFor(size: number, ...events: readonly ApprovalEvent[]): number {
    return 1 + size - written(played(open(flowWithText(1)), ...events));
  }

  it("D4: is opened and restored, a larger one is not", () => {
    const characters = charactersFor(stateLimit);
    const state = open(flowWithText(characters));
    expect([written(state), restoreApprovalState(JSON.parse(JSON.stringify(state)))]).toEqual([stateLimit, { ok: true, value: state }]);
    expect(startApproval(flowWithText(characters + 1), { requestor: ada, at: opened })).toEqual(refuse(tooLarge as Reason));
    const plans = [characters, characters + 1].map((each) =>
      planApproval(flowWithText(each), { requestor: ada, at: opened, candidates: [] }),
    );
    expect(plans.map(({ reasons }) => reasons)).toEqual([[], [tooLarge]]);
    const larger = JSON.stringify(state).replace("yyy", "yyyy");
    const says = { code: "state_invalid", path: [], message: `the state is larger than ${stateLimit} bytes` };
    expect(restoreApprovalState(JSON.parse(larger))).toEqual({ ok: false, error: [says] });
  });

  it("D4: takes a vote with which it is just as large, and none that is larger", () => {
    const voter = person("lena", ["leads"]);
    const state = open(flowWithText(charactersFor(stateLimit, ballot(voter, { reason: "fine" }))));
    expect(written(played(state, ballot(voter, { reason: "fine" })))).toBe(stateLimit);
    expect(vote(state, voter, { reason: "fine!" })).toEqual(refuse(tooLarge as Reason));
  });
});
