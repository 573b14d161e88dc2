import {
  defineAccessFlow,
  evaluateRequest,
  explain,
  type RequestState,
  type RequestStatus,
  submitRequest,
  transitionRequest,
} from "accessflow";
import { type Scenario, simulate } from "accessflow/testing";
import { describe, expect, it } from "vitest";

const flow = defineAccessFlow({
  name: "Reports",
  requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
  targets: [{ kind: "integration", integration: "pg", resourceType: "database", permissions: ["read"] }],
  approval: { kind: "approvalOf", groups: "anyOf", approverGroups: [{ conditions: [{ relation: "manager" }] }] },
});
const ada = { id: "ada", emails: [], accounts: [], manager: "grace", attributes: { group: ["staff"] } };
const grace = { id: "grace", emails: [], accounts: [] };
const input = {
  requestor: ada,
  entitlements: [{ resource: "db-1", permission: "read" }],
  resources: [{ id: "db-1", name: "reports", type: "database", integration: "pg", tags: {}, permissions: ["read"] }],
  justification: "quarter end",
  at: 0,
};

function submitted(): RequestState {
  const answer = submitRequest(flow, { id: "r1", ...input });
  if (!answer.ok) throw new Error("refused");
  return answer.value.state;
}

function voted(decision: "approve" | "reject"): RequestState {
  const answer = transitionRequest(submitted(), { type: "vote", voter: grace, decision, reason: "canary-7", at: 60_000 });
  if (!answer.ok) throw new Error("refused");
  return answer.value.state;
}

describe("explaining a request", () => {
  it("E2: says where it stands", () => {
    expect(explain(submitted())).toEqual([
      "The request `r1` by the flow `Reports` waits for approval.",
      "The request by the flow `Reports` waits for approval since 1970-01-01 00:00 UTC.",
      "Undecided, it expires at 1970-01-02 00:00 UTC.",
    ]);
  });

  it("L8: a requestor reads why it was rejected, and nothing of an approval", () => {
    expect(explain(voted("reject")).join("\n")).toContain("canary-7");
    expect(explain(voted("approve")).join("\n")).not.toMatch(/canary-7|grace/);
  });

  it("L8: approvers and administrators read both, and the justification", () => {
    for (const audience of ["approver", "administrator"] as const) {
      expect(explain(voted("approve"), { audience }).join("\n")).toMatch(/canary-7[\s\S]*quarter end/);
    }
  });

  it("L13: what the machine could not have come to is not explained", () => {
    expect(() => explain({ ...submitted(), status: "active" })).toThrow(expect.objectContaining({ code: "state_foreign" }));
  });
});

describe("explaining where a request stands", () => {
  const person = (id: string, more: object = {}) => ({ ...{ id, active: true, emails: [], accounts: [] }, ...more });
  const scenario: Scenario = {
    flow,
    at: 0,
    people: [person("ada", { manager: "grace", attributes: { group: ["staff"] } }), person("grace")],
    request: { requestor: "ada" },
  };
  const approve = { vote: "grace", decision: "approve" } as const;
  const guarded = defineAccessFlow({ name: "Guarded", requestors: flow.requestors, targets: flow.targets, settings: { requireMfa: true } });
  const hour = 3_600_000;

  const cases: readonly (readonly [RequestStatus, Scenario, RegExp])[] = [
    ["awaitingMfa", { ...scenario, flow: guarded }, /waits for MFA/],
    ["awaitingApproval", scenario, /waits for approval/],
    ["scheduled", { ...scenario, steps: [{ unanswered: "ada" }, approve] }, /is approved and waits for its time/],
    ["activating", { ...scenario, steps: [{ provisioner: "silent" }, approve] }, /being set up/],
    ["active", { ...scenario, steps: [approve] }, /is active/],
    ["deactivating", { ...scenario, steps: [approve, { provisioner: "silent" }, { revoke: "ada" }] }, /being taken back/],
    ["ended", { ...scenario, steps: [approve], until: hour }, /ended at 1970-01-01 01:00 UTC: the access is gone/],
    ["revoked", { ...scenario, steps: [approve, { revoke: "ada" }] }, /was revoked/],
    ["rejected", { ...scenario, steps: [{ vote: "grace", decision: "reject" }] }, /was rejected/],
    ["withdrawn", { ...scenario, steps: [{ withdraw: "ada" }] }, /was withdrawn/],
    ["expired", { ...scenario, until: 24 * hour }, /expired/],
    [
      "activationFailed",
      { ...scenario, steps: [{ provisioner: "fails" }, approve, { provisioner: "works" }], until: hour },
      /could not be set up, and nothing of it is left/,
    ],
  ];

  it.each(cases)("E2: says `%s` in words, to every reader", (status, course, words) => {
    const simulation = simulate(course);
    expect([simulation.status, simulation.state?.status]).toEqual([status, status]);
    for (const audience of ["requestor", "approver", "administrator"] as const) {
      expect(explain(simulation.state as RequestState, { audience })[0]).toMatch(words);
    }
  });

  it("L6: says of each entitlement what the provisioner reported, to those who look after it", () => {
    const { state } = simulate({ ...scenario, steps: [approve] });
    expect(explain(state as RequestState, { audience: "approver" })).toContain("`read` on `example` is held.");
    expect(explain(state as RequestState).join()).not.toContain("example");
  });
});

describe("explaining the dry run", () => {
  it("E2: says what is still needed and how long the access would last", () => {
    expect(explain(evaluateRequest(flow, input))).toEqual([
      "The request by the flow `reports` at 1970-01-01 00:00 UTC would be accepted.",
      "It activates once it is approved.",
      "Begun without delay, the access would last from 1970-01-01 00:00 UTC to 1970-01-01 01:00 UTC.",
    ]);
  });

  it("E1: every reason of a refusal has its sentence", () => {
    const decision = evaluateRequest(flow, { ...input, requestor: { id: "eve" }, entitlements: [] });
    expect(decision.outcome === "refused" && decision.reasons.length).toBe(2);
    expect(explain(decision)).toEqual([
      "The request by the flow `reports` at 1970-01-01 00:00 UTC would not be accepted.",
      "The requestor has no known `group`, and a condition asks for it.",
      "The request asks for nothing.",
    ]);
  });

  it("E2: a decision that was changed on the way is not explained", () => {
    const decision = JSON.parse(JSON.stringify(evaluateRequest(flow, input)));
    expect(explain(decision)).toHaveLength(3);
    delete decision.window;
    expect(() => explain(decision)).toThrow(expect.objectContaining({ code: "facts_invalid" }));
  });
});
