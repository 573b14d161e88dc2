import { describe, expect, it } from "vitest";
import { describeSchedule } from "../../../src/core/explain/describe-schedule.js";
import { describeGrantSettings, describeVoteSettings } from "../../../src/core/explain/describe-settings.js";
import { describeTarget } from "../../../src/core/explain/describe-targets.js";
import { explain } from "../../../src/core/explain/explain.js";
import { explainApprovalState } from "../../../src/core/explain/explain-approval-state.js";
import { explainRequestDecision } from "../../../src/core/explain/explain-request-decision.js";
import { explainRequestState } from "../../../src/core/explain/explain-request-state.js";
import { explainTrace } from "../../../src/core/explain/explain-trace.js";
import { counted, firstOf, joined } from "../../../src/core/explain/join-words.js";
import { printInstant, printLength } from "../../../src/core/explain/print-time.js";
import type { Reason } from "../../../src/core/kernel/reason.js";
import { approvalOf, ballot, catalog, flowWith, group, inGroup, open, opened, person, played, resource } from "../approval/support.js";

/* Sentences, word for word, where `explain` and `describeFlow` choose between several. */

const says = (reason: object, audience: "requestor" | "approver" | "administrator" = "requestor"): string =>
  explain([{ rule: "L1", path: [], ...reason } as unknown as Reason], { audience })[0] ?? "";

describe("words for lists and numbers (E2)", () => {
  it("E2: lists have a word before their last member", () => {
    expect([[], ["a"], ["a", "b"], ["a", "b", "c"]].map((words) => joined(words, "or"))).toEqual(["", "a", "a or b", "a, b or c"]);
  });

  it("E2: numbers agree with what they count", () => {
    expect([0, 1, 2].map((count) => counted(count, "vote"))).toEqual(["no votes", "1 vote", "2 votes"]);
  });

  it("E2: after five names the others are counted", () => {
    const names = ["a", "b", "c", "d", "e", "f", "g"];
    expect([5, 6, 7].map((count) => firstOf(names.slice(0, count)))).toEqual([
      "a, b, c, d and e",
      "a, b, c, d, e and 1 more",
      "a, b, c, d, e and 2 more",
    ]);
  });
});

describe("words for times (E2)", () => {
  it("E2: instants have seconds and milliseconds where there are any", () => {
    const times = ["09:00:00.000", "09:00:30.000", "09:00:00.500", "09:00:30.007", "10:10:10.000"];
    expect(times.map((time) => printInstant(Date.parse(`2026-03-02T${time}Z`)))).toEqual([
      "2026-03-02 09:00 UTC",
      "2026-03-02 09:00:30 UTC",
      "2026-03-02 09:00:00.500 UTC",
      "2026-03-02 09:00:30.007 UTC",
      "2026-03-02 10:10:10 UTC",
    ]);
  });

  it("E2: instants beyond the calendar are unknown", () => {
    expect(printInstant(9e15)).toBe("an unknown time");
  });

  it("E2: lengths name each unit that they have", () => {
    expect([0, 1, 1_000, 90_000, 93_784_005].map(printLength)).toEqual([
      "0 milliseconds",
      "1 millisecond",
      "1 second",
      "1 minute and 30 seconds",
      "1 day, 2 hours, 3 minutes, 4 seconds and 5 milliseconds",
    ]);
  });
});

describe("words for flows (E2)", () => {
  const days = { days: ["monday", "tuesday"], from: "09:00", to: "17:30" } as const;

  it.each([
    [days, "only on Monday and Tuesday from 09:00 to 17:30, by the clock of `UTC`"],
    [{ ...days, to: "08:59:59" }, "only on Monday and Tuesday from 09:00 to 08:59:59 of the next day, by the clock of `UTC`"],
    [{ ...days, to: "09:00:01" }, "only on Monday and Tuesday from 09:00 to 09:00:01, by the clock of `UTC`"],
    [
      { ...days, from: "09:00:01", to: "09:00" },
      "only on Monday and Tuesday from 09:00:01 to 09:00 of the next day, by the clock of `UTC`",
    ],
    [{ ...days, except: [] }, "only on Monday and Tuesday from 09:00 to 17:30, by the clock of `UTC`, with no excepted date"],
    [
      { ...days, except: ["2026-01-01", "2026-12-25"] },
      "only on Monday and Tuesday from 09:00 to 17:30, by the clock of `UTC`, except where a window would begin on 2026-01-01 or 2026-12-25",
    ],
    [{ windows: [days] }, "only in one window of the week: on Monday and Tuesday from 09:00 to 17:30, by the clock of `UTC`"],
    [
      { windows: [days, { days: ["friday"], from: "22:00", to: "06:00" }] },
      "only in 2 windows of the week: on Monday and Tuesday from 09:00 to 17:30; on Friday from 22:00 to 06:00 of the next day, by the clock of `UTC`",
    ],
  ])("S1: %j", (schedule, words) => {
    expect(describeSchedule({ kind: "onlyOn", timeZone: "UTC", ...schedule } as never)).toBe(words);
  });

  it("T1: what is selected, and what is left out", () => {
    const bucket = { kind: "integration", integration: "aws", resourceType: "bucket", permissions: ["read"] } as const;
    const exclude = [{ by: "name", values: ["a"] }] as const;
    expect([describeTarget({ ...bucket, resources: "any" }), describeTarget({ ...bucket, resources: { exclude } as never })]).toEqual([
      "`read` on every resource of type `bucket` in integration `aws`",
      "`read` on every resource, but none with the name `a`, of type `bucket` in integration `aws`",
    ]);
  });

  it("A9: whether a vote needs a reason", () => {
    const { settings } = flowWith(approvalOf("anyOf", [inGroup("leads")]));
    expect(describeVoteSettings(settings, true)[1]).toBe("A vote needs no reason.");
    expect(describeVoteSettings({ ...settings, requireApproverReason: true }, true)[1]).toBe("A vote needs a reason.");
    expect(describeVoteSettings(settings, false)).toEqual([]);
  });

  it("D3: a length that matters to nobody is named where it is not the usual one", () => {
    const { settings } = flowWith({ kind: "automatic" });
    const words = (mfaWithin: object): string | undefined => describeGrantSettings({ ...settings, mfaWithin } as never)[0];
    expect([words({ amount: 1, unit: "hour" }), words({ amount: 1, unit: "day" }), words({ amount: 2, unit: "hour" })]).toEqual([
      "No MFA is needed.",
      "No MFA is needed (were it, within 1 day).",
      "No MFA is needed (were it, within 2 hours).",
    ]);
    const extension = { amount: 30, unit: "hour" } as const;
    expect(describeGrantSettings({ ...settings, extension })[2]).toBe("The access cannot be extended (could it, by 30 hours).");
  });
});

describe("words for approvals (E2)", () => {
  const flow = flowWith(approvalOf("allOf", [inGroup("leads"), group({ relation: "owner" })]));
  const resources = [resource("r1", { team: "pay" }), resource("r2", { team: "web" })];
  const voted = played(open(flow, { resources, catalog }), ballot(person("pia", ["leads", "pay", "web"])));

  it("E2: a vote names each group that it counted for, and the owners", () => {
    expect(explainApprovalState(voted, "approver").at(-1)).toBe(
      "`pia` approved for group 1 and group 2 (owner 1 and 2) at 2026-03-02 09:01 UTC; the vote gives no reason.",
    );
  });

  it("E2: a decision says when", () => {
    expect(explainApprovalState(voted, "requestor")).toEqual(["The request by the flow `Reports` was approved at 2026-03-02 09:01 UTC."]);
    expect(explainApprovalState({ ...voted, decidedAt: null }, "requestor")).toEqual(["The request by the flow `Reports` was approved."]);
    const [vote] = voted.votes;
    if (vote === undefined) throw new Error("no vote");
    expect(explainApprovalState({ ...voted, votes: [{ ...vote, counts: [] }] }, "approver").at(-1)).toBe(
      "`pia` approved at 2026-03-02 09:01 UTC; the vote gives no reason.",
    );
  });
});

describe("words for requests (E2)", () => {
  const trace = { flow: "Reports", at: opened, steps: [{ kind: "check", check: "flowActive", outcome: "holds", rule: "R2", path: [] }] };
  const window = { start: opened, end: opened + 60_000 };
  const plan = {
    ...{ kind: "approvalPlan", approval: "approvalOf", decidable: true, decidableFrom: null, selfOnly: false },
    ...{ groups: [], tiers: [], excluded: [], reasons: [] },
    notices: [{ code: "aliases_unknown", rule: "A6", path: [], subject: "voter" }],
  };
  const decision = { kind: "requestDecision", outcome: "acceptable", trace, needs: [], window, notices: [] };

  it("L1: what an accepted request needs, and what is said of its approvers", () => {
    const words = (more: object): readonly string[] => explainRequestDecision({ ...decision, ...more } as never, "requestor");
    const would = "The request by the flow `Reports` at 2026-03-02 09:00 UTC would be accepted.";
    const last = "Begun without delay, the access would last from 2026-03-02 09:00 UTC to 2026-03-02 09:01 UTC.";
    expect(words({ approval: null })).toEqual([would, "Nobody needs to do anything more.", last]);
    const planned = words({ approval: plan, needs: ["mfa", "approval"] });
    expect(planned.slice(0, 3)).toEqual([
      would,
      "It activates once the person to receive the access completes MFA, and it is approved.",
      last,
    ]);
    expect(planned.length).toBeGreaterThan(3);
    expect(planned.filter((sentence) => sentence.startsWith("Note:"))).toEqual([]);
  });

  it("L6: sessions that may live on are told to everybody, once", () => {
    const report = (sessionsMayPersist: boolean) => ({ entitlement: 0, access: "notHeld", sessionsMayPersist });
    const state = (...reports: readonly object[]) => ({
      ...{ status: "ended", lastAt: opened, awaitingFacts: false, grant: null, reasons: [], approval: null, entitlementReports: reports },
      request: { id: "r1", flow: { name: "Reports" }, entitlements: [{ permission: "read", resource: "db" }] },
    });
    const words = (...reports: readonly object[]) => explainRequestState(state(...reports) as never, "requestor").slice(1);
    expect([words(report(false), report(true)), words(report(false)), words()]).toEqual([
      ["Sessions that were opened with the access may live on."],
      [],
      [],
    ]);
  });
});

describe("words for a trace (E1)", () => {
  const step = { kind: "condition", subject: "requestor", outcome: "holds", rule: "C2", path: ["requestors"], matched: null, cause: null };
  const words = (more: object): string => explainTrace({ flow: "f", at: 0, steps: [{ ...step, ...more }] } as never)[0] ?? "";
  const head = "Step: the condition on the requestor holds [C2, `requestors`]";

  it("E1: says which values were seen, and how many more there were", () => {
    expect([
      words({ seen: [], seenCount: 0 }),
      words({ seen: [], seenCount: 7 }),
      words({ seen: ["a", "b"], seenCount: 2 }),
      words({ seen: ["a", "b"], seenCount: 7 }),
      words({ seen: ["a"], seenCount: 1, matched: ["a", "b"] }),
      words({ seen: ["a"], seenCount: 1, matched: [] }),
      words({ seen: ["a"], seenCount: 1, outcome: "unknown", cause: "no" }),
    ]).toEqual([
      `${head}; there was no value to see.`,
      `${head}; 7 values were there.`,
      `${head}; seen: \`a\`, \`b\`.`,
      `${head}; seen: \`a\`, \`b\` and 5 more.`,
      `${head}; seen: \`a\`; \`a\` matches the listed \`b\`.`,
      `${head}; seen: \`a\`; \`\` matches the listed \`\`.`,
      "Step: the condition on the requestor is unknown [C2, `requestors`]; seen: `a`; because: no.",
    ]);
  });
});

describe("words for reasons (E2)", () => {
  it("E2: numbers and names in sentences", () => {
    expect([
      says({ code: "deactivation_stuck", attempts: 1 }),
      says({ code: "run_halted", ends: 3, limit: 2 }),
      says({ code: "undetermined", grantee: "ada" }),
      says({ code: "undetermined", grantee: "ada" }, "approver"),
      says({ code: "schedule_closed_at_start", opensAt: null }),
      says({ code: "schedule_closed_at_start", opensAt: opened }),
      says({ code: "aliases_unknown", subject: "resource" }),
      says({ code: "aliases_unknown", subject: "voter" }),
    ]).toEqual([
      "The access could not be taken away yet, after 1 attempt.",
      "The run was halted: it would have ended 3 grants, more than the limit of 2.",
      "Whether this person should have the access cannot be told: facts are missing.",
      "Whether `ada` should have the access cannot be told: facts are missing.",
      "The access flow is closed at the start of the access; it does not open again.",
      "The access flow is closed at the start of the access; it opens at 2026-03-02 09:00 UTC.",
      "Not all addresses or accounts of the resource are known, and they may matter.",
      "Not all addresses or accounts of the voter are known, and they may matter.",
    ]);
  });

  it.each([
    [[{ code: "grant_over", rule: "W6", path: [], extra: 1 }], {}, "value[0].extra is not of the stated shape"],
    [null, {}, "value is not of the stated shape"],
    [7, {}, "value is not of the stated shape"],
    [[{ code: "grant_over", rule: "W6", path: [] }], null, "options is not of the stated shape"],
    [[{ code: "grant_over", rule: "W6", path: [] }], { reader: 1 }, "options.reader is not of the stated shape"],
    [[{ code: "grant_over", rule: "W6", path: [] }], { audience: "all" }, "options.audience is not of the stated shape"],
  ])("E2: what cannot be explained is named: %j, %j", (value, options, message) => {
    expect(() => explain(value as never, options as never)).toThrow(expect.objectContaining({ code: "facts_invalid", message }));
  });
});
