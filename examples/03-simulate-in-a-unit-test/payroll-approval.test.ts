/*
 * Your access flows are rules, so test them like rules: who can open payroll, with whose votes, by when.
 * Run it with `npx tsx --test examples/03-simulate-in-a-unit-test/payroll-approval.test.ts`.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type ApprovalState, ApprovalStateMachine, defineAccessFlow, type Identity } from "accessflow";

const flow = defineAccessFlow({
  name: "Payroll database",
  requestors: { conditions: [{ attribute: "department", values: ["Finance"] }] },
  targets: [{ kind: "integration", integration: "postgres", resourceType: "postgresql-database", permissions: ["read"] }],
  approval: {
    kind: "approvalOf",
    groups: "allOf",
    approverGroups: [{ conditions: [{ relation: "manager" }] }, { conditions: [{ attribute: "group", values: ["security"] }] }],
    expiresAfter: { amount: 4, unit: "hour" },
  },
  settings: { requestorCannotApproveSelf: true },
});

const ada = person("ada", { manager: "grace", attributes: { department: "Finance", group: [] } });
const grace = person("grace", { attributes: { group: [] } });
const alan = person("alan", { attributes: { group: ["security"] } });

test("the manager and Security approve together", () => {
  assert.equal(outcome(ada, [approve(grace, "10:10"), approve(alan, "10:20")]), "approved");
});

test("the manager alone is not enough", () => {
  assert.equal(outcome(ada, [approve(grace, "10:10")]), "pending");
});

test("nobody votes on their own request, not even from Security", () => {
  const mary = { ...alan, manager: "grace" };
  assert.equal(outcome(mary, [approve(mary, "10:05")]), "same_person_as_requestor");
});

test("one rejection decides", () => {
  assert.equal(outcome(ada, [approve(grace, "10:10"), { ...approve(alan, "10:20"), decision: "reject" }]), "rejected");
});

test("after four hours it is too late", () => {
  assert.equal(outcome(ada, [approve(grace, "14:00")]), "request_expired");
});

type Vote = { readonly voter: Identity; readonly decision: "approve" | "reject"; readonly at: string };

function person(id: string, facts: Omit<Identity, "id">): Identity {
  return { id, emails: [`${id}@example.com`], accounts: [], ...facts };
}

function approve(voter: Identity, time: string): Vote {
  return { voter, decision: "approve", at: `2026-03-02T${time}:00Z` };
}

/** The status after the votes, or the first reason why one of them was refused. */
function outcome(requestor: Identity, votes: readonly Vote[]): ApprovalState["status"] | string {
  const opened = ApprovalStateMachine.start(flow, { requestor, at: "2026-03-02T10:00:00Z" });
  if (!opened.ok) return opened.error.reasons[0].code;
  let { state } = opened.value;
  for (const vote of votes) {
    const done = ApprovalStateMachine.transition(state, { type: "vote", ...vote });
    if (!done.ok) return done.error.reasons[0].code;
    state = done.value.state;
  }
  return state.status;
}
