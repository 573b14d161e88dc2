import { describe, expect, it } from "vitest";
import { faultsOf, issuesOf, smallest } from "./definitions.js";

const scheduleFaults = (changes: object): readonly string[] =>
  faultsOf({ ...smallest, schedule: { kind: "onlyOn", days: ["monday"], from: "09:00", to: "17:00", timeZone: "UTC", ...changes } });

const durationFaults = (amount: unknown, unit: unknown = "hour"): readonly string[] =>
  faultsOf({ ...smallest, grantFor: { kind: "fixed", amount, unit } });

describe("times of a schedule", () => {
  it.each(["00:00", "23:59", "09:30:15"])("S2: `from` may be %s", (from) => {
    expect(scheduleFaults({ from })).toEqual([]);
  });

  it.each(["24:00", "9:00", "09:00:60", "09.00", "", "25:00", "09:00 "])("S2: `from` may not be %j", (from) => {
    expect(scheduleFaults({ from })).toEqual(["time_invalid at schedule.from"]);
  });

  it.each(["24:00", "00:00", "08:00"])("S2: `to` may be %s", (to) => {
    expect(scheduleFaults({ to })).toEqual([]);
  });

  it.each(["24:00:00", "24:01", "9:00"])("S2: `to` may not be %j", (to) => {
    expect(scheduleFaults({ to })).toEqual(["time_invalid at schedule.to"]);
  });

  it.each([
    ["09:00", "09:00"],
    ["09:00", "09:00:00"],
  ])("S3: from %s to %s is an empty window", (from, to) => {
    expect(scheduleFaults({ from, to })).toEqual(["window_empty at schedule.to"]);
  });

  it("S3: an empty window among several is an issue", () => {
    const windows = [{ days: ["monday"], from: "10:00", to: "10:00" }];
    expect(faultsOf({ ...smallest, schedule: { kind: "onlyOn", windows, timeZone: "UTC" } })).toEqual([
      "window_empty at schedule.windows[0].to",
    ]);
  });

  it.each(["UTC", "Europe/Paris", "Etc/GMT+5", "europe/paris", "Asia/Calcutta", "GMT"])("S5: the zone may be %s", (timeZone) => {
    expect(scheduleFaults({ timeZone })).toEqual([]);
  });

  it.each(["+02:00", "-5", "\u221205:00", "UTC+2", "GMT-05:00", "Z", "+0530"])("S5: %s is an offset, not a zone", (timeZone) => {
    expect(scheduleFaults({ timeZone })).toEqual(["time_zone_offset at schedule.timeZone"]);
  });

  it.each(["Europe/Pari", "", " UTC", "Mars/Base", "constructor"])("S5: %j is no zone", (timeZone) => {
    expect(scheduleFaults({ timeZone })).toEqual(["time_zone_unknown at schedule.timeZone"]);
  });
});

describe("durations", () => {
  it.each([
    [1.1, "minute"],
    [3650, "day"],
    [0.5, "week"],
    [0.00005, "minute"],
  ])("W1: %d %s is a duration", (amount, unit) => {
    expect(durationFaults(amount, unit)).toEqual([]);
  });

  it.each([0, -1, -0.5])("W1: %d hours are not positive", (amount) => {
    expect(durationFaults(amount)).toEqual(["duration_invalid at grantFor.amount"]);
  });

  it("W1: an amount that comes to a part of a millisecond is not whole", () => {
    expect(durationFaults(0.00001, "minute")).toEqual(["duration_invalid at grantFor.amount"]);
  });

  it("W1: more than 3,650 days are out of range, and the limit is named", () => {
    expect(issuesOf({ ...smallest, grantFor: { kind: "fixed", amount: 3650.5, unit: "day" } })).toMatchObject([
      { code: "duration_out_of_range", path: ["grantFor", "amount"], limit: 315_360_000_000 },
    ]);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])("W1: %d is no number of JSON", (amount) => {
    expect(durationFaults(amount)).toEqual(["number_invalid at grantFor.amount"]);
  });

  it("W1: the amount is a number, the unit a known one", () => {
    expect([durationFaults("1"), durationFaults(1, "month")]).toEqual([
      ["wrong_type at grantFor.amount"],
      ["unknown_word at grantFor.unit"],
    ]);
  });

  it.each(["mfaWithin", "activateWithin", "startWithin", "extension"])("D4: `%s` obeys W1", (key) => {
    expect(faultsOf({ ...smallest, settings: { requireMfa: true, [key]: { amount: 0, unit: "day" } } })).toEqual([
      `duration_invalid at settings.${key}.amount`,
    ]);
  });
});

describe("counts", () => {
  const approval = (required: unknown): object => ({
    kind: "approvalOf",
    groups: "anyOf",
    approverGroups: [{ conditions: [{ relation: "owner" }], required }],
  });

  it.each([0, -1, 1.5, 2 ** 53, Number.NaN])("D4: `required` may not be %d", (required) => {
    expect(faultsOf({ ...smallest, approval: approval(required) })).toEqual(["number_invalid at approval.approverGroups[0].required"]);
  });

  it.each([-1, 0.5, Number.POSITIVE_INFINITY])("D4: `maxExtensions` may not be %d", (maxExtensions) => {
    expect(faultsOf({ ...smallest, settings: { maxExtensions } })).toEqual(["number_invalid at settings.maxExtensions"]);
  });
});
