import { describe, expect, it } from "vitest";
import { defineAccessFlow } from "../../../src/core/define/check-access-flow.js";
import { computeGrantWindow } from "../../../src/core/evaluate/compute-grant-window.js";
import type { GrantWindowInput } from "../../../src/core/evaluate/grant-window-input.js";
import type { AccessFlowDefinition } from "../../../src/core/flow/definition.js";
import { deepFreeze } from "../../../src/core/kernel/deep-freeze.js";
import type { Duration } from "../../../src/core/time/duration.js";
import { lastInstant } from "../../../src/core/time/instant.js";

const hour = 3_600_000;
const at = Date.UTC(2026, 2, 2, 9);

function flowOf(definition: Partial<AccessFlowDefinition> = {}) {
  return defineAccessFlow({
    name: "Read the ledger",
    requestors: { conditions: [{ attribute: "group", values: ["finance"] }] },
    targets: [{ kind: "bundle", bundle: "ledger" }],
    ...definition,
  });
}

const indefinite = flowOf({ grantFor: { kind: "indefinite" } });
const startLater = flowOf({ settings: { startWithin: { amount: 2, unit: "day" } } });
const office = { kind: "onlyOn", days: ["monday", "tuesday"], from: "09:00", to: "17:30", timeZone: "Europe/Paris" } as const;

function endWithSchedule(grantFor: "fixed" | "indefinite" = "fixed") {
  const kind = grantFor === "fixed" ? ({ kind: "fixed", amount: 12, unit: "hour" } as const) : ({ kind: "indefinite" } as const);
  return flowOf({ schedule: office, grantFor: { ...kind, endWith: "schedule" }, settings: { startWithin: { amount: 30, unit: "day" } } });
}

/** What hosts without types may pass. */
const compute = computeGrantWindow as (flow: unknown, input: unknown) => ReturnType<typeof computeGrantWindow>;

const requested = (amount: number, unit: Duration["unit"]): GrantWindowInput => ({ at, requestedDuration: { amount, unit } });

function codes(result: ReturnType<typeof computeGrantWindow>): readonly string[] {
  return result.ok ? [] : result.error.map((each) => each.code);
}

describe("computeGrantWindow", () => {
  it("W1: starts at the instant and lasts amount × unit", () => {
    expect(computeGrantWindow(flowOf(), { at })).toEqual({ ok: true, value: { start: at, end: at + hour } });
  });

  it.each([
    [1, "minute", 60_000],
    [1.1, "minute", 66_000],
    [0.5, "hour", 1_800_000],
    [1, "day", 24 * hour],
    [1, "week", 168 * hour],
    [3650, "day", 3650 * 24 * hour],
  ] as const)("W1: lasts %s %s exactly, whatever the clocks on the wall do", (amount, unit, ms) => {
    const flow = flowOf({ grantFor: { kind: "fixed", amount, unit } });
    expect(computeGrantWindow(flow, { at })).toEqual({ ok: true, value: { start: at, end: at + ms } });
  });

  it("W1: takes the instants in all forms of S8", () => {
    const forms: GrantWindowInput[] = [
      { at: "2026-03-02T10:00:00+01:00" },
      { at: new Date(at) },
      { at, startAt: new Date(at).toISOString() },
    ];
    const answers = forms.map((input) => computeGrantWindow(flowOf(), input));
    expect(answers).toEqual(forms.map(() => ({ ok: true, value: { start: at, end: at + hour } })));
  });

  it("W1: starts at a later instant that the flow offers, the last one included", () => {
    const latest = at + 48 * hour;
    expect(computeGrantWindow(startLater, { at, startAt: latest })).toEqual({ ok: true, value: { start: latest, end: latest + hour } });
  });

  it("W1: refuses a start beyond what the flow offers, naming the latest", () => {
    const error = [{ code: "start_too_late", rule: "W1", path: ["settings", "startWithin"], latest: at + 48 * hour }];
    expect(computeGrantWindow(startLater, { at, startAt: at + 48 * hour + 1 })).toEqual({ ok: false, error });
  });

  it("W1: refuses a start that is earlier than the instant of asking", () => {
    const error = [{ code: "start_in_past", rule: "W1", path: [] }];
    expect([flowOf(), startLater].map((flow) => computeGrantWindow(flow, { at, startAt: at - 1 }))).toEqual([
      { ok: false, error },
      { ok: false, error },
    ]);
  });

  it("W1: refuses a later start where the flow offers none", () => {
    const error = [{ code: "start_not_offered", rule: "W1", path: ["settings", "startWithin"] }];
    expect(computeGrantWindow(flowOf(), { at, startAt: at + 1 })).toEqual({ ok: false, error });
  });

  it("W1: takes a start at the instant of asking for no later start", () => {
    expect(computeGrantWindow(flowOf(), { at, startAt: at }).ok).toBe(true);
  });

  it("W1: refuses a grant that would end after the year 9999, and says how long it may last", () => {
    const error = [{ code: "duration_out_of_range", rule: "W1", path: [], maximumMs: hour - 1 }];
    expect(computeGrantWindow(flowOf(), { at: lastInstant + 1 - hour })).toEqual({ ok: false, error });
    expect(computeGrantWindow(flowOf(), { at: lastInstant - hour })).toEqual({
      ok: true,
      value: { start: lastInstant - hour, end: lastInstant },
    });
  });

  it("W2: has no end for an indefinite grant", () => {
    expect(computeGrantWindow(indefinite, { at })).toEqual({ ok: true, value: { start: at, end: null } });
  });

  it("W3: lasts as long as requested, up to the flow's duration", () => {
    const ends = [requested(1, "minute"), requested(60, "minute"), requested(1, "hour")].map((input) =>
      computeGrantWindow(flowOf(), input),
    );
    expect(ends).toEqual([at + 60_000, at + hour, at + hour].map((end) => ({ ok: true, value: { start: at, end } })));
  });

  it("W3: refuses a longer duration than the flow's, with the maximum", () => {
    const error = [{ code: "duration_over_maximum", rule: "W3", path: ["grantFor"], maximumMs: hour }];
    const longer = [
      requested(60.001, "minute"),
      requested(2, "hour"),
      requested(3651, "day"),
      requested(1e300, "week"),
      requested(Number.POSITIVE_INFINITY, "minute"),
    ];
    expect(longer.map((input) => computeGrantWindow(flowOf(), input))).toEqual(longer.map(() => ({ ok: false, error })));
  });

  it.each([
    [flowOf(), 60.0000001, ["duration_over_maximum", "duration_not_whole"]],
    [flowOf(), 59.9999999, ["duration_not_whole"]],
    [flowOf(), 5_256_000.0000001, ["duration_over_maximum", "duration_not_whole"]],
    [indefinite, 5_256_000.0000001, ["duration_out_of_range", "duration_not_whole"]],
  ])("W3: says of a duration both that it is too long and that it is not whole: %# %s minutes", (flow, amount, expected) => {
    expect(codes(computeGrantWindow(flow, requested(amount, "minute")))).toEqual(expected);
  });

  it.each([0, -1, -0, Number.NaN, Number.NEGATIVE_INFINITY])("W3: refuses a duration of %s", (amount) => {
    expect(computeGrantWindow(flowOf(), requested(amount, "hour"))).toEqual({
      ok: false,
      error: [{ code: "duration_not_positive", rule: "W3", path: [] }],
    });
  });

  it("W3: refuses a duration that is not whole milliseconds", () => {
    expect(computeGrantWindow(flowOf(), requested(1 / 3, "minute"))).toEqual({
      ok: false,
      error: [{ code: "duration_not_whole", rule: "W3", path: [] }],
    });
  });

  it("W3: lets an indefinite grant end after any requested duration within W1", () => {
    expect(computeGrantWindow(indefinite, requested(3650, "day"))).toEqual({ ok: true, value: { start: at, end: at + 3650 * 24 * hour } });
  });

  it("W3: refuses a requested duration beyond W1 on an indefinite grant", () => {
    const error = [{ code: "duration_out_of_range", rule: "W1", path: [], maximumMs: 3650 * 24 * hour }];
    const longer = [requested(3650.5, "day"), requested(Number.POSITIVE_INFINITY, "day")];
    expect(longer.map((input) => computeGrantWindow(indefinite, input))).toEqual(longer.map(() => ({ ok: false, error })));
  });

  it("W3: refuses to grant the full period where the flow wants a duration", () => {
    const flows = [
      flowOf({ settings: { requireDuration: true } }),
      flowOf({ grantFor: { kind: "indefinite" }, settings: { requireDuration: true } }),
    ];
    const error = [{ code: "duration_required", rule: "W3", path: ["settings", "requireDuration"] }];
    expect(flows.map((flow) => computeGrantWindow(flow, { at }))).toEqual(flows.map(() => ({ ok: false, error })));
    expect(flows.map((flow) => computeGrantWindow(flow, requested(1, "minute")).ok)).toEqual([true, true]);
  });

  it("W4: is not shortened by the schedule, nor refused while it is closed", () => {
    const flow = flowOf({ schedule: office, grantFor: { kind: "fixed", amount: 1, unit: "week" } });
    const saturday = Date.UTC(2026, 2, 7);
    expect([at, saturday].map((start) => computeGrantWindow(flow, { at: start }))).toEqual(
      [at, saturday].map((start) => ({ ok: true, value: { start, end: start + 168 * hour } })),
    );
  });

  it("W4: ends with the schedule where grantFor says so and it closes earlier", () => {
    const closing = Date.UTC(2026, 2, 2, 16, 30);
    const flows = [endWithSchedule("fixed"), endWithSchedule("indefinite")];
    expect(flows.map((flow) => computeGrantWindow(flow, { at }))).toEqual(
      flows.map(() => ({ ok: true, value: { start: at, end: closing } })),
    );
  });

  it("W4: ends before the schedule where the duration is over earlier", () => {
    expect(computeGrantWindow(endWithSchedule(), requested(1, "hour"))).toEqual({ ok: true, value: { start: at, end: at + hour } });
  });

  it("W4: ends with the opening in which the grant starts, not the one in which it is asked for", () => {
    const startAt = Date.UTC(2026, 2, 3, 9);
    expect(computeGrantWindow(endWithSchedule(), { at, startAt })).toEqual({
      ok: true,
      value: { start: startAt, end: Date.UTC(2026, 2, 3, 16, 30) },
    });
  });

  it("W4: refuses a start at which the schedule is closed, with the next opening", () => {
    const startAt = Date.UTC(2026, 2, 3, 16, 30);
    const error = [{ code: "schedule_closed_at_start", rule: "W4", path: ["grantFor", "endWith"], opensAt: Date.UTC(2026, 2, 9, 8) }];
    expect(computeGrantWindow(endWithSchedule(), { at, startAt })).toEqual({ ok: false, error });
  });

  it("W4: has no end where an indefinite grant ends with a schedule that never closes", () => {
    const flow = flowOf({ grantFor: { kind: "indefinite", endWith: "schedule" } });
    expect(computeGrantWindow(flow, { at })).toEqual({ ok: true, value: { start: at, end: null } });
  });

  it("E1: gives every reason at once", () => {
    const input: GrantWindowInput = { at, startAt: Date.UTC(2026, 3, 20), requestedDuration: { amount: 0, unit: "hour" } };
    expect(codes(computeGrantWindow(endWithSchedule(), input))).toEqual([
      "start_too_late",
      "duration_not_positive",
      "schedule_closed_at_start",
    ]);
  });

  it("S8: refuses bad instants, with what else is wrong", () => {
    const error = [
      { code: "instant_invalid", rule: "S8", path: [], argument: "at" },
      { code: "instant_invalid", rule: "S8", path: [], argument: "startAt" },
      { code: "duration_over_maximum", rule: "W3", path: ["grantFor"], maximumMs: hour },
    ];
    expect(compute(flowOf(), { at: "soon", startAt: -1, requestedDuration: { amount: 2, unit: "hour" } })).toEqual({ ok: false, error });
  });

  it("E1: asks nothing about the schedule where it cannot be read when access shall start", () => {
    const error = [{ code: "instant_invalid", rule: "S8", path: [], argument: "startAt" }];
    expect(compute(endWithSchedule(), { at, startAt: "soon" })).toEqual({ ok: false, error });
  });

  it("W1: asks nothing about a later start where it cannot be read when access is asked for", () => {
    const error = [{ code: "instant_invalid", rule: "S8", path: [], argument: "at" }];
    expect(compute(flowOf(), { at: "soon", startAt: at })).toEqual({ ok: false, error });
  });

  it.each([
    ["no record", 3, [[]]],
    ["a record whose keys cannot be read", new Proxy({ amount: 1, unit: "hour" }, { ownKeys: () => 7 as never }), [[]]],
    ["null", null, [[]]],
    ["a list", [1, "hour"], [[]]],
    ["no amount", { unit: "hour" }, [["amount"]]],
    ["text for a number", { amount: "1", unit: "hour" }, [["amount"]]],
    ["an unknown unit", { amount: 1, unit: "month" }, [["unit"]]],
    ["a unit every object inherits", { amount: 1, unit: "constructor" }, [["unit"]]],
    ["a key too many", { amount: 1, unit: "hour", units: "hour" }, [["units"]]],
    ["everything wrong", { amount: null, unit: null, extra: null }, [["amount"], ["unit"], ["extra"]]],
    ["values that are only inherited", Object.create({ amount: 1, unit: "hour" }), [[]]],
  ])("W3: refuses a requested duration that is %s", (_, requestedDuration, places) => {
    const error = places.map((place) => ({ code: "facts_invalid", rule: "C4", path: [], argument: "requestedDuration", at: place }));
    expect(compute(flowOf(), { at, requestedDuration })).toEqual({ ok: false, error });
  });

  it.each([
    ["nothing", undefined],
    ["null", null],
    ["text", "now"],
    ["a list", [at]],
  ])("E1: refuses %s for an input", (_, input) => {
    expect(codes(compute(flowOf(), input))).toEqual(["facts_invalid"]);
  });

  it("E1: refuses a misspelt key of the input", () => {
    expect(compute(flowOf(), { at, startsAt: at })).toEqual({
      ok: false,
      error: [{ code: "facts_invalid", rule: "C4", path: [], argument: "input", at: ["startsAt"] }],
    });
  });

  it("E1: refuses what is no flow, with what else is wrong", () => {
    const result = compute({ name: "Half a flow" }, { at: Number.NaN });
    expect(result.ok ? [] : result.error.map((each) => ("argument" in each ? each.argument : each.code))).toEqual(["flow", "flow", "at"]);
  });

  it("E1: takes a flow that comes back from a store", () => {
    expect(compute(JSON.parse(JSON.stringify(flowOf())), { at })).toEqual({ ok: true, value: { start: at, end: at + hour } });
  });

  it("gives frozen answers and leaves frozen input alone", () => {
    const input = deepFreeze(requested(2, "hour"));
    const [refusal, window] = [computeGrantWindow(flowOf(), input), computeGrantWindow(flowOf(), { at })];
    expect([Object.isFrozen(refusal), !refusal.ok && Object.isFrozen(refusal.error), window.ok && Object.isFrozen(window.value)]).toEqual([
      true,
      true,
      true,
    ]);
  });
});
