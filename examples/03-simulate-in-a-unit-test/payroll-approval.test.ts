/*
 * Your access flows are rules, so test them like rules: who can open payroll, with whose votes, by when, and what
 * becomes of the access. `simulate` plays a whole request with the machine that decides in production, on a clock of
 * its own; the matchers say what was decided, and why, where a test fails. Run it with
 * `npx vitest run --root examples/03-simulate-in-a-unit-test`.
 */
import { defineAccessFlow, evaluateRequestor, type Identity } from "accessflow";
import { type AccessflowMatchers, accessflowMatchers, type ScenarioStep, type Simulation, simulate } from "accessflow/testing";
import { expect, test } from "vitest";

declare module "vitest" {
  interface Matchers<T> extends AccessflowMatchers<T> {}
}
expect.extend(accessflowMatchers);

const flow = defineAccessFlow({
  name: "Payroll database",
  requestors: { conditions: [{ attribute: "department", values: ["Finance"] }] },
  targets: [{ kind: "integration", integration: "postgres", resourceType: "postgresql-database", permissions: ["read"] }],
  grantFor: { kind: "fixed", amount: 2, unit: "hour" },
  approval: {
    kind: "approvalOf",
    groups: "allOf",
    approverGroups: [{ conditions: [{ relation: "manager" }] }, { conditions: [{ attribute: "group", values: ["security"] }] }],
    expiresAfter: { amount: 4, unit: "hour" },
  },
  settings: { requestorCannotApproveSelf: true },
});

const ada = person("ada", { manager: "grace", attributes: { department: "Finance", group: [] } });
const grace = person("grace", { attributes: { department: "Finance", group: [] } });
const alan = person("alan", { manager: "grace", attributes: { department: "Finance", group: ["security"] } });
const eve = person("eve", { attributes: { department: "Sales", group: [] } });

test("only Finance may ask", () => {
  const at = "2026-03-02T10:00:00Z";
  expect(evaluateRequestor(flow, { requestor: ada, at })).toBeEligible();
  expect(evaluateRequestor(flow, { requestor: eve, at })).toBeIneligibleBecause("condition_fails");
});

test("the manager and Security approve together, and two hours later the access is gone", () => {
  const approved = [approves("grace", "10:10"), approves("alan", "10:20")];
  expect(asked("ada", approved, "12:19")).toEndAs("active");
  expect(asked("ada", approved, "12:20")).toEndAs("ended");
});

test("the manager alone is not enough, and after four hours it is too late", () => {
  expect(asked("ada", [approves("grace", "10:10")])).toEndAs("awaitingApproval");
  expect(asked("ada", [approves("grace", "10:10"), approves("alan", "14:00")])).toHaveRefused("request_over");
});

test("nobody votes on their own request, not even from Security", () => {
  expect(asked("alan", [approves("alan", "10:05")])).toHaveRefused("same_person_as_requestor");
});

test("one rejection decides", () => {
  const rejected = { ...approves("alan", "10:20"), decision: "reject" } as const;
  expect(asked("ada", [approves("grace", "10:10"), rejected])).toEndAs("rejected");
});

test("whoever leaves Finance while they wait does not get in", () => {
  const moved = { at: "2026-03-02T10:15:00Z", person: { ...ada, attributes: { department: "Sales" } } } as const;
  expect(asked("ada", [approves("grace", "10:10"), moved, approves("alan", "10:20")])).toEndAs("rejected");
});

test("where the provisioner does not work, nobody is told that the access is over", () => {
  const steps = [approves("grace", "10:10"), approves("alan", "10:20"), { at: "2026-03-02T11:00:00Z", provisioner: "fails" } as const];
  expect(asked("ada", steps, "13:00")).toEndAs("deactivating");
});

/** The request of somebody at ten o'clock, and what happens to it, up to a time of the same day. */
function asked(requestor: string, steps: readonly ScenarioStep[], until?: string): Simulation {
  return simulate({
    flow,
    at: "2026-03-02T10:00:00Z",
    people: [ada, grace, alan, eve],
    request: { requestor },
    steps,
    ...(until === undefined ? {} : { until: `2026-03-02T${until}:00Z` }),
  });
}

function approves(voter: string, time: string): ScenarioStep & { readonly vote: string } {
  return { at: `2026-03-02T${time}:00Z`, vote: voter, decision: "approve" };
}

function person(id: string, facts: Omit<Identity, "id">): Identity {
  return { id, emails: [`${id}@example.com`], accounts: [], active: true, ...facts };
}
