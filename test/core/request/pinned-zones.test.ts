import { describe, expect, it } from "vitest";
import { defineAccessFlow } from "../../../src/core/define/check-access-flow.js";
import { deepFreeze } from "../../../src/core/kernel/deep-freeze.js";
import { evaluateRequest } from "../../../src/core/request/evaluate-request.js";
import type { RequestState } from "../../../src/core/request/request-state.js";
import { submitRequest } from "../../../src/core/request/submit-request.js";
import { transitionRequest } from "../../../src/core/request/transition-request.js";
import type { ZoneTables } from "../../../src/core/time/zone-tables.js";

const hour = 3_600_000;

/** Open until five o'clock in Paris. */
const flow = defineAccessFlow({
  name: "Ledgers",
  requestors: { conditions: [{ attribute: "group", values: ["finance"] }] },
  targets: [{ kind: "integration", integration: "pg", resourceType: "database", permissions: ["read"] }],
  schedule: { kind: "onlyOn", days: ["monday"], from: "09:00", to: "17:00", timeZone: "Europe/Paris" },
  grantFor: { kind: "fixed", amount: 2, unit: "hour", endWith: "schedule" },
  settings: { maxExtensions: 3, extension: { amount: 90, unit: "minute" } },
});

/** A Paris that has moved five hours to the west: whoever reads these tables is seen to. */
const moved: ZoneTables = deepFreeze({ release: "test", zones: ["Europe/Paris|-18000||"] });
const lacking: ZoneTables = deepFreeze({ release: "test", zones: ["Europe/Rome|3600||"] });

const nine = Date.parse("2026-03-02T14:00:00Z");
const five = nine + 8 * hour;

const ann = { id: "ann", emails: [], accounts: [], active: true, attributes: { group: ["finance"] } };
const asked = {
  id: "r1",
  requestor: ann,
  entitlements: [{ resource: "db", permission: "read" }],
  resources: [{ id: "db", name: "ledger", type: "database", integration: "pg", tags: {}, permissions: ["read"] }],
};

const factsAt = (at: number) => ({ requestor: ann, grantee: null, flow: "active", notCovered: [], readAt: at }) as const;
const read = (state: RequestState, at: number, zones?: ZoneTables) =>
  transitionRequest(state, { type: "factsRead", facts: factsAt(at), at, zones });

function scheduled(): RequestState {
  const submitted = submitRequest(flow, { ...asked, at: five - hour, zones: moved });
  if (!submitted.ok) throw new Error(JSON.stringify(submitted.error));
  return submitted.value.state;
}

/** Active from nine o'clock by the moved clock, for two hours. */
function active(): RequestState {
  const activating = read(scheduled(), five - hour, moved);
  if (!activating.ok) throw new Error(JSON.stringify(activating.error));
  const reports = [{ entitlement: 0, access: "held", sessionsMayPersist: false }] as const;
  const answer = transitionRequest(activating.value.state, { type: "activated", generation: 1, reports, at: five - hour });
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value.state;
}

const fault = { code: "facts_invalid", rule: "X11", path: [], argument: "zones", at: ["zones", "Europe/Paris"] };
const noTables = { release: "2026f" } as ZoneTables;

describe("pinned zones of a request", () => {
  it("X11: decide whether a submission finds the schedule open", () => {
    const { id, ...dry } = asked;
    expect(evaluateRequest(flow, { ...dry, at: five - hour }).outcome).toBe("refused");
    expect(evaluateRequest(flow, { ...dry, at: five - hour, zones: moved })).toMatchObject({
      outcome: "acceptable",
      window: { start: five - hour, end: five },
    });
    expect(submitRequest(flow, { id, ...dry, at: five - hour }).ok).toBe(false);
    expect(submitRequest(flow, { id, ...dry, at: five - hour, zones: moved }).ok).toBe(true);
  });

  it("X11: decide when a grant starts and ends", () => {
    const state = scheduled();
    const withTables = read(state, five - hour, moved);
    expect(withTables.ok && [withTables.value.state.status, withTables.value.state.grant?.window]).toEqual([
      "activating",
      { start: five - hour, end: five },
    ]);
    // By the runtime's Paris the day is over, and no other comes in time.
    const without = read(state, five - hour);
    expect(without.ok && without.value.state.status).not.toBe("activating");
  });

  it("X11: decide how far a grant can be extended", () => {
    const state = active();
    const extend = (zones?: ZoneTables) =>
      transitionRequest(state, { type: "extend", by: { id: "ann" }, facts: factsAt(five - hour), at: five - hour, zones });
    const codes = (answer: ReturnType<typeof extend>) => (answer.ok ? [] : answer.error.reasons.map(({ code }) => code));
    expect(codes(extend(moved))).toEqual(["duration_out_of_range"]);
    expect(codes(extend())).toEqual(["schedule_closed"]);
    expect(extend(lacking)).toMatchObject({ ok: false, error: { reasons: [fault] } });
  });

  it("X11: that lack the flow's zone, or are no tables, are refused and change nothing", () => {
    const { id, ...dry } = asked;
    for (const [zones, at] of [
      [lacking, ["zones", "Europe/Paris"]],
      [noTables, []],
    ] as const) {
      const reasons = [{ ...fault, at }];
      expect(evaluateRequest(flow, { ...dry, at: nine, zones })).toMatchObject({ outcome: "refused", reasons });
      expect(submitRequest(flow, { id, ...dry, at: nine, zones })).toMatchObject({ ok: false, error: { reasons } });
      expect(read(scheduled(), five - hour, zones)).toMatchObject({ ok: false, error: { reasons } });
    }
  });

  it("X11: stay out of the state and the log", () => {
    const answer = read(scheduled(), five - hour, moved);
    expect(JSON.stringify(answer)).not.toContain("-18000");
  });
});
