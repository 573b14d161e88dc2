import { defineAccessFlow, evaluateRequestor, type Identity } from "accessflow";
import { accessflowMatchers, type Scenario, simulate } from "accessflow/testing";
import { describe, expect, it } from "vitest";

const minutes = (amount: number) => ({ amount, unit: "minute" }) as const;
const at = "2026-03-02T09:00:00Z";
const instant = Date.parse(at);

function person(id: string, groups: readonly string[], more: Partial<Identity> = {}): Identity {
  return { id, active: true, emails: [], accounts: [], attributes: { group: groups }, ...more };
}

const people = [person("ada", ["staff"], { manager: "grace" }), person("grace", ["staff"]), person("root", ["admins"])];

const scenario: Scenario = {
  flow: {
    name: "Reports",
    requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
    targets: [{ kind: "integration", integration: "pg", resourceType: "database", permissions: ["read"] }],
    approval: { kind: "approvalOf", groups: "anyOf", approverGroups: [{ conditions: [{ relation: "manager" }] }] },
    settings: { requestorCannotApproveSelf: true, maxExtensions: 1 },
  },
  at,
  people,
  request: { requestor: "ada", justification: "an incident" },
};

const approve = { after: minutes(5), vote: "grace", decision: "approve" } as const;

describe("simulate", () => {
  it("L3: an approved request is activated on facts read again, and stays so until time passes", () => {
    const simulation = simulate({ ...scenario, steps: [approve] });
    expect(simulation.status).toBe("active");
    expect(simulation.state?.grant?.window).toEqual({ start: instant + 300_000, end: instant + 3_900_000 });
  });

  it("X11: pinned zones decide for the whole scenario", () => {
    const schedule = { kind: "onlyOn", days: ["monday"], from: "04:00", to: "04:30", timeZone: "Europe/Paris" } as const;
    const flow = { ...scenario.flow, schedule, approval: { kind: "automatic" } } as Scenario["flow"];
    const zones = { release: "test", zones: ["Europe/Paris|-18000||"] };
    expect(simulate({ ...scenario, flow }).status).toBe("refused");
    expect(simulate({ ...scenario, flow, zones }).status).toBe("active");
  });

  it("W5: the grant ends at its end, not before", () => {
    expect(simulate({ ...scenario, steps: [approve], until: instant + 3_899_999 }).status).toBe("active");
    expect(simulate({ ...scenario, steps: [approve], until: instant + 3_900_000 }).status).toBe("ended");
  });

  it("A6: a requestor's own vote is refused, and changes nothing", () => {
    const simulation = simulate({ ...scenario, steps: [{ vote: "ada", decision: "approve" }] });
    expect(simulation.status).toBe("awaitingApproval");
    expect(simulation.refusals.flatMap(({ reasons }) => reasons.map(({ code }) => code))).toContain("same_person_as_requestor");
  });

  it("A11: a request that nobody votes on expires by itself", () => {
    expect(simulate({ ...scenario, until: instant + 24 * 3_600_000 }).status).toBe("expired");
  });

  it("L3: whoever has lost the group by the time of approval gets nothing", () => {
    const steps = [{ person: person("ada", [], { manager: "grace" }) }, approve];
    const simulation = simulate({ ...scenario, steps });
    expect(simulation.status).toBe("rejected");
    expect(simulation.state?.reasons.map(({ code }) => code)).toEqual(["no_longer_eligible", "condition_fails"]);
  });

  it("L3: an outage of the directory delays, and the answer afterwards activates", () => {
    const steps = [{ unanswered: "ada" }, approve, { after: minutes(1), person: people[0] as Identity }];
    expect(simulate({ ...scenario, steps }).status).toBe("scheduled");
    expect(simulate({ ...scenario, steps, until: instant + 1_800_000 }).status).toBe("active");
  });

  it("L3: a flow that was switched off meanwhile stops the request", () => {
    expect(simulate({ ...scenario, steps: [{ flowIs: "inactive" }, approve] }).status).toBe("rejected");
  });

  it("L6: a provisioner that fails for good ends as a failure, once it has cleaned up", () => {
    const failing = { ...scenario, steps: [{ provisioner: "fails" } as const, approve] };
    expect(simulate(failing).status).toBe("deactivating");
    const mended = simulate({
      ...scenario,
      steps: [...failing.steps, { after: minutes(1), provisioner: "works" }],
      until: instant + 3_600_000,
    });
    expect(mended.status).toBe("activationFailed");
  });

  it("L6: a provisioner that fails for a while is asked again, a little later each time", () => {
    const steps = [{ provisioner: "failsRetryably" } as const, approve, { after: minutes(1), provisioner: "works" } as const];
    const simulation = simulate({ ...scenario, steps, until: instant + 900_000 });
    expect(simulation.status).toBe("active");
    expect(simulation.state?.grant?.generation).toBe(3);
  });

  it("L5: an administrator revokes, somebody else does not", () => {
    const revoke = { after: minutes(1), revoke: "root" } as const;
    expect(simulate({ ...scenario, steps: [approve, revoke] }).status).toBe("active");
    expect(simulate({ ...scenario, steps: [approve, { ...revoke, administrator: true }] }).status).toBe("revoked");
  });

  it("W6: an extension moves the end, once", () => {
    const steps = [approve, { after: minutes(30), extend: "ada" } as const];
    expect(simulate({ ...scenario, steps }).state?.grant?.window.end).toBe(instant + 3_900_000 + 1_800_000);
    const twice = simulate({ ...scenario, steps: [...steps, { extend: "ada" }] });
    expect(twice.refusals.flatMap(({ reasons }) => reasons.map(({ code }) => code))).toEqual(["extensions_used_up"]);
  });

  it("L2: without MFA nothing is asked of anybody", () => {
    const flow = defineAccessFlow({
      ...(scenario.flow as object as Parameters<typeof defineAccessFlow>[0]),
      settings: { requireMfa: true },
    });
    expect(simulate({ ...scenario, flow, steps: [approve] }).status).toBe("awaitingMfa");
    expect(simulate({ ...scenario, flow, steps: [{ mfa: "ada" }, approve] }).status).toBe("active");
  });

  it("L10: the sweep takes access from whoever is gone", () => {
    const steps = [approve, { gone: "ada" } as const, { sweep: true } as const];
    expect(simulate({ ...scenario, steps }).status).toBe("revoked");
  });

  it("L1: a submission that is refused says why, and has no state", () => {
    const simulation = simulate({ ...scenario, request: { requestor: "root" } });
    expect(simulation).toMatchObject({ kind: "simulation", status: "refused", state: null, recorded: [] });
    expect(simulation.refusals[0]?.reasons.map(({ code }) => code)).toEqual(["condition_fails"]);
  });

  it("prints what happened, line by line", () => {
    expect(
      simulate({ ...scenario, steps: [approve] })
        .print()
        .split("\n"),
    ).toEqual([
      "2026-03-02T09:00:00.000Z  submission → awaitingApproval",
      "2026-03-02T09:05:00.000Z  vote of grace: approve → scheduled",
      "2026-03-02T09:05:00.000Z  facts read → activating",
      "2026-03-02T09:05:00.000Z  access given → active",
    ]);
  });

  it("takes no step that is none: a misspelt vote must not pass for a pause", () => {
    for (const step of [{ vot: "grace", decision: "approve" }, {}, { after: { amount: 1, unit: "minute" } }, null, "wait"]) {
      expect(() => simulate({ ...scenario, steps: [step] as never })).toThrow(
        expect.objectContaining({ name: "AccessFlowError", code: "facts_invalid" }),
      );
    }
    expect(simulate({ ...scenario, steps: [{ wait: true }] }).refusals).toEqual([]);
  });

  it("takes no step into the past, and no faulty flow", () => {
    expect(() => simulate({ ...scenario, steps: [{ at: "2026-03-02T08:59:59Z", wait: true }] })).toThrow(
      expect.objectContaining({ name: "AccessFlowError", code: "clock_went_back" }),
    );
    expect(() => simulate({ ...scenario, flow: { name: "" } as never })).toThrow(expect.objectContaining({ name: "AccessFlowError" }));
  });
});

describe("matchers", () => {
  const simulation = simulate({ ...scenario, steps: [approve, { revoke: "root" }] });

  it("tell how a simulation ended, and print it where they fail", () => {
    expect(accessflowMatchers.toEndAs(simulation, "active").pass).toBe(true);
    const failing = accessflowMatchers.toEndAs(simulation, "ended");
    expect(failing.pass).toBe(false);
    expect(failing.message()).toContain("it is active:\n2026-03-02T09:00:00.000Z  submission");
  });

  it("tell what was refused", () => {
    expect(accessflowMatchers.toHaveRefused(simulation, "not_allowed_to_revoke").pass).toBe(true);
    expect(accessflowMatchers.toHaveRefused(simulation, "already_voted").pass).toBe(false);
  });

  it("take nothing else for a simulation or a decision, under `not` neither", () => {
    const thrown = expect.objectContaining({ name: "AccessFlowError", code: "facts_invalid" });
    for (const value of [null, undefined, 1, "x", {}, { kind: "approvalState" }]) {
      expect(() => accessflowMatchers.toEndAs(value, "active")).toThrow(thrown);
      expect(() => accessflowMatchers.toHaveRefused(value, "already_voted")).toThrow(thrown);
      expect(() => accessflowMatchers.toBeEligible(value)).toThrow(thrown);
      expect(() => accessflowMatchers.toBeIneligibleBecause(value, "condition_fails")).toThrow(thrown);
    }
  });

  it("take no status and no reason that there is not: under `not` they would hold for ever", () => {
    const decision = evaluateRequestor(defineAccessFlow(scenario.flow), { requestor: { id: "ada" }, at: 0 });
    const thrown = expect.objectContaining({ name: "AccessFlowError", code: "facts_invalid" });
    for (const misspelt of ["endd", "", "constructor", undefined]) {
      expect(() => accessflowMatchers.toEndAs(simulation, misspelt as never)).toThrow(thrown);
      expect(() => accessflowMatchers.toHaveRefused(simulation, misspelt as never)).toThrow(thrown);
      expect(() => accessflowMatchers.toBeIneligibleBecause(decision, misspelt as never)).toThrow(thrown);
    }
    expect(accessflowMatchers.toEndAs(simulation, "refused").pass).toBe(false);
  });
});
