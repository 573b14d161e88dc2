import { describe, expect, it } from "vitest";
import type { RequestState } from "../../../src/core/request/request-state.js";
import { restoreRequestState } from "../../../src/core/request/restore-request-state.js";
import {
  accepted,
  activated,
  activationFailed,
  byLeads,
  copyOf,
  deactivationFailed,
  factsRead,
  flowWith,
  person,
  played,
  submitted,
  take,
  timeReached,
  vote,
} from "./support.js";

/** How long a state is as JSON, beside what was asked. */
function sizeOf({ request: _, ...rest }: RequestState): number {
  return JSON.stringify(rest).length;
}

describe("what a request costs (D4)", () => {
  it("D4: retries and failures without end leave a state as large as it was", () => {
    let state = played(submitted(flowWith()), factsRead(), activationFailed(true), activationFailed(false));
    const sizes: number[] = [];
    for (let round = 0; round < 200; round += 1) {
      state = played(state, deactivationFailed, timeReached);
      if (round > 5) sizes.push(sizeOf(state));
    }
    // Digits of counters and times are all that grows.
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThan(20);
    expect(restoreRequestState(copyOf(state)).ok).toBe(true);
  });

  it("D4: waiting for facts that never come leaves a state as large as it was", () => {
    let state = submitted(flowWith({}, { activateWithin: { amount: 3_650, unit: "day" } }));
    const sizes: number[] = [];
    for (let round = 0; round < 200; round += 1) {
      state = played(state, factsRead({ requestor: "unknown" }), timeReached);
      sizes.push(sizeOf(state));
    }
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThan(20);
  });

  it("D4: what is recorded of an event does not grow with the events before it", () => {
    const many = { ...byLeads, approverGroups: [{ conditions: [{ attribute: "group", values: ["leads"] }], required: 300 }] } as never;
    let state = submitted(flowWith({ approval: many }));
    const recorded: number[] = [];
    for (let index = 0; index < 200; index += 1) {
      const answer = accepted(take(state, vote(person(`lead-${1_000 + index}`, ["leads"])), state.lastAt));
      recorded.push(JSON.stringify(answer.recorded).length);
      state = answer.state;
    }
    expect(Math.max(...recorded) - Math.min(...recorded)).toBeLessThan(20);
  });

  it("L7: the flow and what was asked are written once: every state shares the very record", () => {
    const first = submitted(flowWith({ approval: byLeads }));
    const last = played(first, vote(person("lena", ["leads"])), factsRead(), activated, timeReached);
    expect(last.request).toBe(first.request);
    const { recorded } = accepted(take(last, deactivationFailed));
    expect(JSON.stringify(recorded)).not.toContain("requestors");
  });

  it("D4: a small request is small: 2 kB beside its flow", () => {
    const { flow: _, ...request } = submitted(flowWith({ approval: byLeads })).request;
    expect(JSON.stringify({ ...submitted(flowWith({ approval: byLeads })), request }).length).toBeLessThan(2_000);
  });
});
