import { afterEach, describe, expect, it, vi } from "vitest";
import { defineAccessFlow } from "../../../src/core/define/check-access-flow.js";
import { computeGrantWindow } from "../../../src/core/evaluate/compute-grant-window.js";
import { evaluateRequestor } from "../../../src/core/evaluate/evaluate-requestor.js";
import { isEligible } from "../../../src/core/evaluate/is-eligible.js";
import { isOpen, nextClosing, nextOpening, scheduleStatus } from "../../../src/core/evaluate/schedule-status.js";
import { createFlowIndex } from "../../../src/core/fleet/flow-index.js";
import type { ScheduleDefinition } from "../../../src/core/flow/definition.js";
import { deepFreeze } from "../../../src/core/kernel/deep-freeze.js";
import type { ZoneTables } from "../../../src/core/time/zone-tables.js";
import { zoneTables } from "../../../src/zones/index.js";

const schedule = { kind: "onlyOn", days: ["monday"], from: "09:00", to: "17:00", timeZone: "Europe/Paris" } satisfies ScheduleDefinition;

const flow = defineAccessFlow({
  name: "Ledgers",
  requestors: { conditions: [{ attribute: "group", values: ["finance"] }] },
  targets: [{ kind: "bundle", bundle: "all" }],
  schedule,
  grantFor: { kind: "fixed", amount: 1, unit: "day", endWith: "schedule" },
});

const ann = deepFreeze({ id: "ann", attributes: { group: ["finance"] } });

/** A Paris that has moved five hours to the west: whoever reads these tables is seen to. */
const moved: ZoneTables = deepFreeze({ release: "test", zones: ["Europe/Paris|-18000||"] });
const lacking: ZoneTables = deepFreeze({ release: "test", zones: ["Europe/Rome|3600||"] });

const at = Date.parse("2026-03-02T20:00:00Z");
const nine = Date.parse("2026-03-02T14:00:00Z");
const five = Date.parse("2026-03-02T22:00:00Z");

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("pinned zones", () => {
  it("X11: take the place of what the runtime knows", () => {
    expect([isOpen(schedule, at), isOpen(schedule, at, moved)]).toEqual([false, true]);
    expect(scheduleStatus(schedule, at, moved)).toEqual({ open: true, closesAt: five });
    expect([nextOpening(schedule, nine - 1, moved), nextClosing(schedule, nine, moved)]).toEqual([nine, five]);
    expect([isEligible(flow, { requestor: ann, at }), isEligible(flow, { requestor: ann, at, zones: moved })]).toEqual([false, true]);
    expect(evaluateRequestor(flow, { requestor: ann, at, zones: moved }).outcome).toBe("eligible");
    expect(computeGrantWindow(flow, { at, zones: moved })).toEqual({ ok: true, value: { start: at, end: five } });
    expect(createFlowIndex([flow]).eligible(ann, at, moved)).toEqual(["ledgers"]);
    // What was asked of the tables is not remembered for the runtime.
    expect([isOpen(flow.schedule, at), isOpen(flow.schedule, at, moved), isOpen(flow.schedule, at)]).toEqual([false, true, false]);
  });

  it("X11: leave Intl untouched", () => {
    const fresh = defineAccessFlow({ ...flow, id: "fresh", schedule: { ...schedule, timeZone: "Asia/Kathmandu" } });
    const monday = Date.parse("2026-03-02T10:00:00+05:45");
    vi.stubGlobal("Intl", undefined);
    expect(isOpen({ ...schedule, timeZone: "asia/katmandu" }, monday, zoneTables)).toBe(true);
    expect(isEligible(fresh, { requestor: ann, at: monday, zones: zoneTables })).toBe(true);
    expect(evaluateRequestor(fresh, { requestor: ann, at: monday, zones: zoneTables }).outcome).toBe("eligible");
    expect(computeGrantWindow(fresh, { at: monday, zones: zoneTables }).ok).toBe(true);
    expect(createFlowIndex([fresh]).eligible(ann, monday, zoneTables)).toEqual(["fresh"]);
  });

  it("X11: refuse a zone that the tables lack, and name it", () => {
    const fault = { code: "facts_invalid", rule: "X11", path: [], argument: "zones", at: ["zones", "Europe/Paris"] };
    expect(evaluateRequestor(flow, { requestor: ann, at, zones: lacking }).reasons).toEqual([fault]);
    expect(computeGrantWindow(flow, { at, zones: lacking })).toEqual({ ok: false, error: [fault] });
    expect(() => isEligible(flow, { requestor: ann, at, zones: lacking })).toThrow(expect.objectContaining({ code: "facts_invalid" }));
    expect(() => createFlowIndex([flow]).eligible(ann, at, lacking)).toThrow(expect.objectContaining({ code: "facts_invalid" }));
    for (const ask of [isOpen, scheduleStatus, nextOpening, nextClosing]) {
      expect(() => ask(schedule, at, lacking)).toThrow(expect.objectContaining({ code: "time_zone_unknown" }));
      expect(() => ask(flow.schedule, at, lacking)).toThrow(expect.objectContaining({ code: "time_zone_unknown" }));
    }
  });

  it("X11: refuse what is no zone tables", () => {
    const zones = { release: "2026f" } as ZoneTables;
    const fault = { code: "facts_invalid", rule: "X11", path: [], argument: "zones", at: [] };
    expect(evaluateRequestor(flow, { requestor: ann, at, zones }).reasons).toEqual([fault]);
    expect(computeGrantWindow(flow, { at, zones })).toEqual({ ok: false, error: [fault] });
    for (const ask of [isOpen, scheduleStatus, nextOpening, nextClosing]) {
      const message = "zones is not of the stated shape: zone tables are needed, such as those of `accessflow/zones`";
      expect(() => ask(schedule, at, zones)).toThrow(expect.objectContaining({ code: "facts_invalid", message }));
    }
  });

  it("X11: are not asked where no schedule is", () => {
    const always = defineAccessFlow({ ...flow, id: "always", schedule: { kind: "always" } });
    expect(isEligible(always, { requestor: ann, at, zones: lacking })).toBe(true);
  });
});
