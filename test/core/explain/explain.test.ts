import { describe, expect, it } from "vitest";
import type { ApprovalState } from "../../../src/core/approval/approval-state.js";
import { planApproval } from "../../../src/core/approval/plan-approval.js";
import { startApproval } from "../../../src/core/approval/start-approval.js";
import { transitionApproval } from "../../../src/core/approval/transition-approval.js";
import { defineAccessFlow } from "../../../src/core/define/check-access-flow.js";
import { computeGrantWindow } from "../../../src/core/evaluate/compute-grant-window.js";
import { evaluateRequestor } from "../../../src/core/evaluate/evaluate-requestor.js";
import { resolveTargets } from "../../../src/core/evaluate/resolve-targets.js";
import type { Audience } from "../../../src/core/explain/audience.js";
import { audiences } from "../../../src/core/explain/audience.js";
import { explain } from "../../../src/core/explain/explain.js";
import type { AccessFlowDefinition } from "../../../src/core/flow/definition.js";
import { reason } from "../../../src/core/kernel/reason.js";

const at = "2026-03-02T09:00:00Z";
const definition: AccessFlowDefinition = {
  name: "S3 read",
  requestors: { conditions: [{ attribute: "group", values: ["platform"] }] },
  targets: [{ kind: "integration", integration: "aws", resourceType: "bucket", permissions: ["read"] }],
  approval: {
    kind: "approvalOf",
    groups: "allOf",
    approverGroups: [
      { conditions: [{ attribute: "group", values: ["leads"] }] },
      { conditions: [{ attribute: "group", values: ["security"] }] },
    ],
  },
  settings: { requestorCannotApproveSelf: true },
};
const flow = defineAccessFlow(definition);

/** Votes in turn, one a minute. */
function stateAfter(...votes: readonly { id: string; group: string; decision: "approve" | "reject"; reason?: string }[]): ApprovalState {
  const started = startApproval(flow, { requestor: { id: "ann", emails: [] }, at });
  if (!started.ok) throw new Error("not started");
  return votes.reduce((state, { id, group, decision, reason: said }, index) => {
    const voted = transitionApproval(state, {
      type: "vote",
      voter: { id, emails: [], attributes: { group: [group] } },
      decision,
      ...(said === undefined ? {} : { reason: said }),
      at: Date.parse(at) + (index + 1) * 60_000,
    });
    if (!voted.ok) throw new Error(JSON.stringify(voted.error));
    return voted.value.state;
  }, started.value.state);
}

const all = (value: Parameters<typeof explain>[0], audience: Audience): string => explain(value, { audience }).join("\n");

describe("explain: decisions about requestors", () => {
  const refused = evaluateRequestor(flow, { requestor: { id: "ann", attributes: { group: ["CANARY-VALUE"] } }, at });

  it("E2: says in plain words that the requestor may ask, and when", () => {
    const decision = evaluateRequestor(flow, { requestor: { id: "ann", attributes: { group: ["platform"] } }, at });
    expect(explain(decision)).toEqual(["The requestor may ask for access by the flow `s3-read` at 2026-03-02 09:00 UTC."]);
  });

  it("E2: says why not, one sentence a reason", () => {
    expect(explain(refused)).toEqual([
      "The requestor may not ask for access by the flow `s3-read` at 2026-03-02 09:00 UTC.",
      "The requestor does not meet a condition on `group`.",
    ]);
  });

  it("E2: shows the values seen to administrators alone", () => {
    expect(audiences.filter((audience) => all(refused, audience).includes("CANARY-VALUE"))).toEqual(["administrator"]);
  });

  it("E2: gives administrators the code, the rule and the place of a reason", () => {
    expect(explain(refused, { audience: "administrator" })[1]).toBe(
      "The requestor does not meet a condition on `group`. [condition_fails, C2, `requestors.conditions[0]`]",
    );
  });

  it("E1: gives administrators every step of the trace", () => {
    const steps = explain(refused, { audience: "administrator" }).filter((sentence) => sentence.startsWith("Step: "));
    expect(steps).toHaveLength(refused.trace.steps.length);
  });

  it("E2: names a resembling attribute to administrators alone", () => {
    const decision = evaluateRequestor(flow, { requestor: { id: "ann", attributes: { groups: ["platform"] } }, at });
    expect(audiences.filter((audience) => all(decision, audience).includes("groups"))).toEqual(["administrator"]);
  });

  it("E2: says that nothing could be judged where the arguments were unreadable", () => {
    const decision = evaluateRequestor(flow, { requestor: { id: "ann" }, at: "yesterday" });
    expect(explain(decision)).toEqual([
      "Whether the requestor may ask for access could not be judged, so they may not.",
      "`at` is not an instant between the years 1970 and 9999.",
    ]);
  });

  it("E2: marks notices as such", () => {
    const requestor = { id: "ann", attributes: { group: ["platform"], user: ["root"] } };
    expect(explain(evaluateRequestor(flow, { requestor, at }))[1]).toBe(
      "Note: The attribute `user` of the requestor was ignored: the name is reserved.",
    );
  });

  it("E2: says when a closed flow opens, in UTC", () => {
    const weekdays = defineAccessFlow({
      ...definition,
      schedule: { kind: "onlyOn", days: ["monday"], from: "09:00", to: "17:30", timeZone: "Europe/Paris" },
    });
    const decision = evaluateRequestor(weekdays, {
      requestor: { id: "ann", attributes: { group: ["platform"] } },
      at: "2026-03-01T00:00:00Z",
    });
    expect(explain(decision)[1]).toBe("The access flow is closed at this time; it opens at 2026-03-02 08:00 UTC.");
  });
});

describe("explain: targets, windows, refusals", () => {
  const resources = ["f", "e", "d", "c", "b", "a"].map((id) => ({
    id,
    name: id,
    type: "bucket",
    integration: "aws",
    permissions: ["read"],
  }));

  it("E2: counts what a flow gives, and names the first five resources of a row", () => {
    expect(explain(resolveTargets(flow, { resources }))).toEqual([
      "The access flow gives 6 entitlements.",
      "`read` on 6 resources of type `bucket` in `aws`: `a`, `b`, `c`, `d`, `e` and 1 more.",
    ]);
  });

  it("E2: says what gives nothing, and why", () => {
    expect(explain(resolveTargets(flow, { resources: [] }))).toEqual([
      "The access flow gives no entitlements.",
      "There is no integration `aws`; it gives nothing.",
    ]);
  });

  it.each([
    [["targets"], "The access flow"],
    [["targets", 0], "A bundle of the access flow"],
  ])("E2: says who names too many AWS resources, at %j", (path, who) => {
    const said = explain([
      reason("aws_many_resources", "T9", path, { count: 101, limit: 100 }),
      reason("aws_policy_size", "T9", path, { characters: 2_049, limit: 2_048 }),
    ]);
    expect(said).toEqual([
      `${who} names 101 AWS resources, more than 100: the policy made of them may become too long.`,
      `${who} names AWS resources whose policy is estimated at 2049 characters, above the limit of 2048.`,
    ]);
  });

  it("E2: explains the reasons of a refused grant window", () => {
    const refused = computeGrantWindow(flow, { at, requestedDuration: { amount: 90, unit: "minute" } });
    expect(refused.ok ? [] : explain(refused.error)).toEqual(["The access flow gives access for at most 1 hour."]);
  });

  it("E1: explains a refusal to every audience", () => {
    const refused = transitionApproval(stateAfter({ id: "bob", group: "leads", decision: "approve" }), {
      type: "vote",
      voter: { id: "bob", emails: [], attributes: { group: ["leads"] } },
      decision: "approve",
      at: Date.parse(at) + 120_000,
    });
    if (refused.ok) throw new Error("not refused");
    expect(explain(refused.error)).toEqual(["This person has voted already, as themselves or under another id."]);
    expect(explain(refused.error, { audience: "approver" })).toEqual(["This person has voted already, as `bob`."]);
  });
});

describe("explain: approvals", () => {
  const secret = "CANARY-APPROVAL-REASON";
  const approved = stateAfter(
    { id: "bob", group: "leads", decision: "approve", reason: secret },
    { id: "cem", group: "security", decision: "approve" },
  );
  const rejected = stateAfter(
    { id: "bob", group: "leads", decision: "approve", reason: secret },
    { id: "cem", group: "security", decision: "reject", reason: "not during the freeze" },
  );

  it("E2: says to the requestor since when a request waits, and until when", () => {
    expect(explain(stateAfter())).toEqual([
      "The request by the flow `S3 read` waits for approval since 2026-03-02 09:00 UTC.",
      "Undecided, it expires at 2026-03-03 09:00 UTC.",
    ]);
  });

  it("E2: says to the requestor why the request was rejected (L8)", () => {
    expect(explain(rejected)).toEqual([
      "The request by the flow `S3 read` was rejected at 2026-03-02 09:02 UTC.",
      "The rejection says: `not during the freeze`.",
    ]);
  });

  it("E2: never shows a requestor an approval reason (L8, TH23)", () => {
    expect([approved, rejected].map((state) => all(state, "requestor").includes(secret))).toEqual([false, false]);
  });

  it("E2: never tells a requestor who voted, or for which group (L8)", () => {
    expect([approved, rejected].filter((state) => /bob|cem|leads|security|group/i.test(all(state, "requestor")))).toEqual([]);
  });

  it("E2: tells approvers and administrators who voted, for which group, and what they said", () => {
    const sentence = `\`bob\` approved for group 1 at 2026-03-02 09:01 UTC; the vote says: \`${secret}\`.`;
    expect(audiences.filter((audience) => all(approved, audience).includes(sentence))).toEqual(["approver", "administrator"]);
  });

  it("E2: shows nobody the keys under which people are recognised", () => {
    const started = startApproval(flow, { requestor: { id: "ann", emails: ["CANARY@corp.com"] }, at });
    if (!started.ok) throw new Error("not started");
    expect(audiences.filter((audience) => /canary/i.test(all(started.value.state, audience)))).toEqual([]);
  });

  it("E2: shows the audience that is not named what a requestor may see", () => {
    expect(explain(approved)).toEqual(explain(approved, { audience: "requestor" }));
  });
});

describe("explain: what becomes of an approval", () => {
  const pending = stateAfter();

  it("E2: says that a request was withdrawn", () => {
    const withdrawn = transitionApproval(pending, { type: "withdraw", by: { id: "ann" }, at: Date.parse(at) + 60_000 });
    expect(withdrawn.ok && explain(withdrawn.value.state)).toEqual([
      "The request by the flow `S3 read` was withdrawn at 2026-03-02 09:01 UTC.",
    ]);
  });

  it("E2: says that a request expired", () => {
    const expired = transitionApproval(pending, { type: "timeReached", at: "2026-03-04T00:00:00Z" });
    expect(expired.ok && explain(expired.value.state)).toEqual([
      "The request by the flow `S3 read` was not decided in time and expired at 2026-03-04 00:00 UTC.",
    ]);
  });

  it("E2: says that a request without a deadline waits on", () => {
    const patient = defineAccessFlow({
      ...definition,
      approval: { kind: "approvalOf", groups: "anyOf", expiresAfter: "never", approverGroups: [{ conditions: [{ relation: "manager" }] }] },
    });
    const started = startApproval(patient, { requestor: { id: "ann", emails: [], manager: "bob" }, at });
    expect(started.ok && explain(started.value.state)[1]).toBe("It waits for as long as it takes.");
  });
});

describe("explain: approvals by owners", () => {
  const owned = defineAccessFlow({
    ...definition,
    approval: {
      kind: "approvalOf",
      groups: "anyOf",
      approverGroups: [{ conditions: [{ relation: "owner" }] }],
      escalation: { tiers: [{ conditions: [{ attribute: "group", values: ["leads"] }] }] },
    },
    settings: { requireApproverReason: true },
  });
  const resource = (id: string, tags: { team?: string } | undefined): object => ({
    id,
    name: id,
    type: "bucket",
    integration: "aws",
    ...(tags === undefined ? {} : { tags }),
  });
  const catalog = { integrations: [{ id: "aws", name: "aws", ownerMapping: { tagKey: "team", attribute: "team" } }] };
  const resources = [resource("a", { team: "payments" }), resource("b", {}), resource("c", undefined)];
  const started = startApproval(owned, {
    requestor: { id: "ann", emails: [] },
    grantee: { id: "dan", emails: [] },
    resources: resources as never,
    catalog,
    at,
  });
  const voter = { id: "bob", emails: [], attributes: { team: ["payments"], group: [] } };

  it("E2: tells administrators who owns what, and approvers which owner a vote counted for", () => {
    if (!started.ok) throw new Error("not started");
    const voted = transitionApproval(started.value.state, {
      type: "vote",
      voter,
      decision: "approve",
      reason: "ok",
      at: Date.parse(at) + 1,
    });
    if (!voted.ok) throw new Error(JSON.stringify(voted.error));
    const sentences = explain(voted.value.state, { audience: "administrator" });
    expect(sentences).toEqual(
      expect.arrayContaining([
        "It was made by `ann`, for `dan`.",
        "A vote needs a reason.",
        expect.stringMatching(/^`bob` approved for group 1 \(owner \d\) at 2026-03-02 09:00:00.001 UTC; the vote says: `ok`\.$/),
        expect.stringMatching(/^Owner \d, of 1 resource: whoever `team` is `payments`\.$/),
        expect.stringMatching(/^Owner \d, of 1 resource: nobody\.$/),
        expect.stringMatching(/^Owner \d, of 1 resource: it is not known who\.$/),
        "Tiers asked so far: 0; revision 1, last changed at 2026-03-02 09:00:00.001 UTC.",
      ]),
    );
  });

  it("E2: names a tier that a vote counted for", () => {
    if (!started.ok) throw new Error("not started");
    const lead = { ...voter, attributes: { team: [], group: ["leads"] } };
    const voted = transitionApproval(started.value.state, {
      type: "vote",
      voter: lead,
      decision: "approve",
      reason: "ok",
      at: "2026-03-02T09:45:00Z",
    });
    expect(voted.ok && explain(voted.value.state, { audience: "approver" }).at(-1)).toBe(
      "`bob` approved for tier 1 at 2026-03-02 09:45 UTC; the vote says: `ok`.",
    );
  });
});

describe("explain: plans", () => {
  const lead = { id: "bob", emails: [], attributes: { group: ["leads"] } };
  const guard = { id: "cem", emails: [], attributes: { group: ["security"] } };
  const asking = { id: "ann", emails: [], attributes: { group: ["leads"] } };
  const plan = planApproval(flow, { requestor: asking, candidates: [asking, lead, guard], complete: true, at });

  it("E2: tells a requestor whether anybody can approve, and not who (L8)", () => {
    expect(explain(plan)).toEqual(["The people given can approve this request."]);
  });

  it("E2: tells approvers who may vote, and how many may not", () => {
    expect(explain(plan, { audience: "approver" })).toEqual([
      "The people given can approve this request.",
      "Group 1 needs 1 vote; `bob` may vote.",
      "Group 2 needs 1 vote; `cem` may vote.",
      "1 person given may not vote.",
    ]);
  });

  it("E2: tells administrators who may not vote, and why", () => {
    expect(explain(plan, { audience: "administrator" })[3]).toBe(
      "`ann` may not vote: The voter is the same person as the requestor. [same_person_as_requestor, A6, `settings.requestorCannotApproveSelf`]",
    );
  });

  it("E2: says why nobody can approve", () => {
    const nobody = planApproval(flow, { requestor: asking, candidates: [lead], complete: true, at });
    expect(explain(nobody)).toEqual(["The people given cannot approve this request.", "Nobody can approve this request."]);
  });

  it("E2: says when only a tier or only the requestor can decide", () => {
    const group = { conditions: [{ attribute: "group", values: ["leads"] }] };
    const tier = { conditions: [{ attribute: "group", values: ["security"] }] };
    const tiered = defineAccessFlow({
      ...definition,
      approval: { kind: "approvalOf", groups: "anyOf", approverGroups: [group], escalation: { tiers: [tier] } },
      settings: {},
    });
    expect(explain(planApproval(tiered, { requestor: { id: "ann", emails: [] }, candidates: [guard], at }))).toEqual([
      "The people given can approve this request, but only an escalation tier, from 2026-03-02 09:30 UTC.",
    ]);
    expect(explain(planApproval(tiered, { requestor: asking, candidates: [asking], at }))).toEqual([
      "The people given can approve this request.",
      "They can do so only with a vote of the requestor.",
    ]);
  });

  it("E2: says that nobody needs to approve", () => {
    const automatic = defineAccessFlow({ ...definition, approval: { kind: "automatic" }, settings: {} });
    expect(explain(planApproval(automatic, { requestor: asking, candidates: [], at }))).toEqual(["Nobody needs to approve."]);
  });
});

describe("explain: hostile text", () => {
  const hostile = "a\u001b[31m\nb`c\u202e<@here>\\u{1b}\ud800";

  it("E2: escapes what could end a quotation, move a cursor or begin a line (TH19)", () => {
    const [sentence] = explain([reason("bundle_unknown", "T5", [], { name: hostile })]);
    expect(sentence).toBe(
      "There is no bundle `a\\u{1b}[31m\\u{a}b\\u{60}c\\u{202e}\\u{3c}@here\\u{3e}\\\\u{1b}\\u{d800}`; it gives nothing.",
    );
  });
});

describe("explain: bad input", () => {
  const codeOf = (run: () => unknown): unknown => {
    try {
      return run();
    } catch (error) {
      return (error as { name: string; code: string }).name === "AccessFlowError" ? (error as { code: string }).code : error;
    }
  };

  it.each([
    ["nothing", undefined],
    ["a text", "no"],
    ["an empty list of reasons", []],
    ["a refusal without reasons", { reasons: [] }],
    ["an unknown kind", { kind: "invoice" }],
    ["an unknown reason code", [{ code: "toString", rule: "C4", path: [] }]],
    ["a reason without its details", [{ code: "condition_fails", rule: "C4", path: [] }]],
  ])("E2: refuses %s with facts_invalid", (_, value) => {
    expect(codeOf(() => explain(value as never))).toBe("facts_invalid");
  });

  it("E2: refuses an approval state that this library did not make", () => {
    expect(codeOf(() => explain({ kind: "approvalState" } as never))).toBe("state_foreign");
  });

  it.each([
    ["an unknown audience", { audience: "everybody" }],
    ["an unknown option", { audiance: "requestor" }],
    ["no record", null],
  ])("E2: refuses %s with facts_invalid", (_, options) => {
    expect(codeOf(() => explain([reason("grant_over", "W6", [])], options as never))).toBe("facts_invalid");
  });
});
