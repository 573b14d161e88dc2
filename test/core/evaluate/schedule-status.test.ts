import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { describe, expect, it, vi } from "vitest";
import { defineAccessFlow } from "../../../src/core/define/check-access-flow.js";
import { computeGrantWindow } from "../../../src/core/evaluate/compute-grant-window.js";
import { evaluateRequestor } from "../../../src/core/evaluate/evaluate-requestor.js";
import { isOpen, nextClosing, nextOpening, scheduleStatus } from "../../../src/core/evaluate/schedule-status.js";
import type { ScheduleDefinition } from "../../../src/core/flow/definition.js";
import { deepFreeze } from "../../../src/core/kernel/deep-freeze.js";
import type { Weekday } from "../../../src/core/time/schedule.js";

const workdays: readonly Weekday[] = ["monday", "tuesday", "wednesday", "thursday", "friday"];
const everyDay: readonly Weekday[] = [...workdays, "saturday", "sunday"];

const office: ScheduleDefinition = deepFreeze({ kind: "onlyOn", days: workdays, from: "09:00", to: "17:30", timeZone: "Europe/Paris" });

/** What hosts without types may pass. */
type Loose = (schedule: unknown, at: unknown) => unknown;
const functions = { scheduleStatus, isOpen, nextOpening, nextClosing } as unknown as Record<string, Loose>;
const named = Object.entries(functions);

describe("scheduleStatus", () => {
  it("S6: says until when it is open", () => {
    expect(scheduleStatus(office, "2026-03-02T09:00:00+01:00")).toEqual({ open: true, closesAt: Date.parse("2026-03-02T17:30:00+01:00") });
  });

  it("S6: says from when it is open", () => {
    expect(scheduleStatus(office, "2026-03-02T17:30:00+01:00")).toEqual({ open: false, opensAt: Date.parse("2026-03-03T09:00:00+01:00") });
  });

  it("S6: says that it never closes", () => {
    expect(scheduleStatus({ kind: "always" }, 0)).toEqual({ open: true, closesAt: null });
  });

  it("S6: says that it does not open again", () => {
    const schedule: ScheduleDefinition = { kind: "onlyOn", days: ["friday"], from: "09:00", to: "10:00", timeZone: "UTC" };
    expect(scheduleStatus(schedule, "9999-12-31T10:00:00Z")).toEqual({ open: false, opensAt: null });
  });

  it("gives frozen answers", () => {
    expect([scheduleStatus(office, 0), scheduleStatus({ kind: "always" }, 0)].map(Object.isFrozen)).toEqual([true, true]);
  });
});

describe("nextClosing", () => {
  it("S6: throws schedule_closed for a closed instant, where null would read as never", () => {
    expect(() => nextClosing(office, "2026-03-02T17:30:00+01:00")).toThrow(
      expect.objectContaining({
        name: "AccessFlowError",
        code: "schedule_closed",
        message: "the schedule is closed at 1772469000000: there is nothing to close",
      }),
    );
  });

  it("S6: is null for a schedule that is always open", () => {
    expect(nextClosing({ kind: "always" }, 0)).toBeNull();
  });
});

describe.each(named)("%s", (_, ask) => {
  it("S8: throws instant_invalid for a bad instant, also where the schedule is always open", () => {
    const bad = [Number.NaN, -1, "2026-03-02T09:00:00", new Date(Number.NaN), undefined, null, {}];
    for (const at of bad)
      for (const schedule of [office, { kind: "always" }])
        expect(() => ask(schedule, at)).toThrow(expect.objectContaining({ code: "instant_invalid" }));
  });

  it.each([
    ["a zone that nobody knows", { ...office, timeZone: "Mars/Olympus" }, "time_zone_unknown"],
    ["an offset for a zone", { ...office, timeZone: "+02:00" }, "time_zone_offset"],
    ["an empty window", { ...office, from: "09:00", to: "09:00" }, "window_empty"],
    ["no window", { kind: "onlyOn", timeZone: "UTC" }, "missing_key"],
    ["an excepted date that is no date", { ...office, except: ["2026-02-30"] }, "date_unknown"],
    ["a misspelt key", { ...office, exept: ["2026-02-20"] }, "unknown_key"],
    ["no schedule at all", null, "not_an_object"],
  ])("S5: throws the issue's code for %s", (_case, schedule, code) => {
    expect(() => ask(schedule, "2026-03-02T09:00:00+01:00")).toThrow(expect.objectContaining({ name: "AccessFlowError", code }));
  });
});

describe("isOpen", () => {
  it("S8: takes the same instant in all its forms", () => {
    const forms = ["2026-03-02T09:00:00+01:00", Date.parse("2026-03-02T08:00:00Z"), new Date("2026-03-02T08:00:00Z")];
    expect(forms.map((at) => isOpen(office, at))).toEqual([true, true, true]);
  });

  it("S5: decides by a zone's name in any letter case", () => {
    expect(isOpen({ ...office, timeZone: "europe/PARIS" }, "2026-03-02T08:00:00Z")).toBe(true);
  });
});

/*
 * A library that goes through the machine's own Date answers wrongly while the machine's clocks change. So
 * here are those hours of five machines (the whole suite runs on each), asked about other zones.
 */
describe("on a machine whose own clocks are being changed", () => {
  it.each([
    ["America/New_York", "2026-03-08T02:00:00Z", "Africa/Abidjan", "02:00", "03:00"],
    ["America/New_York", "2026-03-08T07:00:00Z", "UTC", "07:00", "08:00"],
    ["America/New_York", "2026-03-07T20:45:00Z", "Asia/Kathmandu", "02:30", "02:59"],
    ["America/New_York", "2026-11-01T01:30:00Z", "Africa/Abidjan", "01:00", "02:00"],
    ["Pacific/Apia", "2011-12-30T10:00:00Z", "UTC", "10:00", "10:01"],
    ["Pacific/Apia", "2011-12-30T05:00:00Z", "Asia/Kolkata", "10:30", "10:31"],
    ["Pacific/Apia", "2010-09-26T00:30:00Z", "Africa/Lagos", "01:30", "01:31"],
    ["Australia/Lord_Howe", "2026-10-04T02:15:00Z", "UTC", "02:15", "02:16"],
    ["Australia/Lord_Howe", "2026-10-03T20:15:00Z", "Asia/Dhaka", "02:15", "02:16"],
    ["Australia/Lord_Howe", "2026-04-05T01:45:00Z", "Europe/London", "02:45", "02:46"],
    ["Asia/Kathmandu", "1986-01-01T00:10:00Z", "UTC", "00:10", "00:11"],
    ["Asia/Kathmandu", "1985-12-31T23:10:00Z", "Europe/Paris", "00:10", "00:11"],
  ])("S5: a machine in %s at %s answers for %s by that zone alone", (_machine, at, timeZone, from, to) => {
    const schedule: ScheduleDefinition = { kind: "onlyOn", days: everyDay, from, to, timeZone };
    const start = Date.parse(at);
    expect([isOpen(schedule, start), nextOpening(schedule, start - 1) === start || isOpen(schedule, start - 1)]).toEqual([true, true]);
  });

  it("S5: is right where date-fns-tz is wrong: in the gap of the machine's own clocks", () => {
    const library = createRequire(import.meta.url).resolve("date-fns-tz");
    const program = `console.log(require(${JSON.stringify(library)}).toZonedTime(new Date("2026-03-08T02:00:00Z"), "Africa/Abidjan").getHours())`;
    const theirs = execFileSync(process.execPath, ["-e", program], { env: { ...process.env, TZ: "America/New_York" }, encoding: "utf8" });
    const atTwo: ScheduleDefinition = { kind: "onlyOn", days: everyDay, from: "02:00", to: "03:00", timeZone: "Africa/Abidjan" };
    expect([theirs.trim(), isOpen(atTwo, "2026-03-08T02:00:00Z")]).toEqual(["3", true]);
  });
});

describe("without Intl", () => {
  it("S1: decides over always and over UTC", () => {
    vi.stubGlobal("Intl", undefined);
    const outcomes = [
      { kind: "always" as const },
      { kind: "onlyOn" as const, days: workdays, from: "09:00", to: "17:30", timeZone: "UTC" },
    ].map((schedule) => {
      const flow = defineAccessFlow({
        name: "Without Intl",
        requestors: { conditions: [{ attribute: "group", values: ["platform"] }] },
        targets: [{ kind: "bundle", bundle: "all" }],
        grantFor: { kind: "fixed", amount: 1, unit: "day", endWith: "schedule" },
        schedule,
      });
      const at = "2026-03-02T09:00:00Z";
      const { outcome } = evaluateRequestor(flow, { requestor: { id: "ann", attributes: { group: ["platform"] } }, at });
      return [outcome, computeGrantWindow(flow, { at }).ok];
    });
    vi.unstubAllGlobals();
    expect(outcomes).toEqual([
      ["eligible", true],
      ["eligible", true],
    ]);
  });
});
