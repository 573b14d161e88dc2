import { defineAccessFlow, evaluateRequest, explain, type RequestState, submitRequest, transitionRequest } from "accessflow";
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
