import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defineAccessFlow } from "../../src/core/define/check-access-flow.js";
import { computeGrantWindow } from "../../src/core/evaluate/compute-grant-window.js";
import { isOpen, scheduleStatus } from "../../src/core/evaluate/schedule-status.js";
import type { AccessFlow } from "../../src/core/flow/access-flow.js";
import type { Duration } from "../../src/core/time/duration.js";
import { measureDuration } from "../../src/core/time/duration.js";
import { isInForce } from "../../src/core/time/grant-window.js";
import { lastInstant, toInstant } from "../../src/core/time/instant.js";
import { durationArbitrary, grantForArbitrary } from "../../src/testing/arbitraries/grant-for-arbitrary.js";
import { instantArbitrary, scheduleArbitrary } from "../../src/testing/arbitraries/schedule-arbitrary.js";
import { jsonArbitrary } from "../arbitrary/json.js";
import { requestedDurationArbitrary } from "../arbitrary/requested-duration.js";

const unitMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000 };
const limitMs = 3650 * 86_400_000;

/** Milliseconds in billionths, by long multiplication of the decimal digits that people write. */
function billionths({ amount, unit }: Duration): bigint {
  const [integer = "", fraction = ""] = String(amount).split(".");
  return BigInt(integer + fraction.padEnd(9, "0")) * BigInt(unitMs[unit]);
}

const flowArbitrary: fc.Arbitrary<AccessFlow> = fc
  .record({
    grantFor: grantForArbitrary(),
    schedule: scheduleArbitrary(),
    requireDuration: fc.boolean(),
    startWithin: fc.option(durationArbitrary()),
  })
  .map(({ grantFor, schedule, requireDuration, startWithin }) =>
    defineAccessFlow({
      name: "Read the ledger",
      requestors: { conditions: [{ attribute: "group", values: ["finance"] }] },
      targets: [{ kind: "bundle", bundle: "ledger" }],
      grantFor,
      schedule,
      settings: { requireDuration, startWithin },
    }),
  );

const inputArbitrary = fc
  .record(
    {
      at: instantArbitrary(),
      requestedDuration: requestedDurationArbitrary(),
      ahead: fc.oneof(fc.constantFrom(-1, 0, 1), fc.integer({ min: -1000, max: 1e9 })),
    },
    { requiredKeys: ["at"] },
  )
  .map(({ ahead, ...input }) => ({ ...input, ...(ahead === undefined ? {} : { startAt: Math.max(0, input.at + ahead) }) }));

describe("durations", () => {
  it("W1: an amount of up to nine decimals counts as it is written", () => {
    const decimal = fc
      .tuple(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 1000, max: 999_999_999 }))
      .map(([integer, rest]) => Number(`${integer}.${String(rest).padStart(9, "0")}`));
    fc.assert(
      fc.property(decimal, fc.constantFrom("minute", "hour", "day", "week"), (amount, unit) => {
        const exact = billionths({ amount, unit });
        const whole = exact % 1_000_000_000n === 0n;
        const measured = measureDuration(amount, unit);
        const ms = Number(exact / 1_000_000_000n) + (whole ? 0 : 1);
        if (exact > BigInt(limitMs) * 1_000_000_000n) expect(measured).toEqual({ ok: false, fault: "out_of_range", ms, whole });
        else expect(measured).toEqual(whole ? { ok: true, ms } : { ok: false, fault: "not_whole", ms, whole });
      }),
      { numRuns: 2000 },
    );
  });

  it("W1: every number is measured or refused, and what is measured is within the limits", () => {
    fc.assert(
      fc.property(fc.double(), fc.constantFrom("minute", "hour", "day", "week"), (amount, unit) => {
        const measured = measureDuration(amount, unit);
        expect(!measured.ok || (Number.isInteger(measured.ms) && measured.ms >= 1 && measured.ms <= limitMs)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it("W1: every whole number of milliseconds up to a day can be asked for in minutes of five decimals", () => {
    // A minute is 60,000 ms: six milliseconds are the finest that five decimals can say.
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 14_400_000 }), (hundredThousandths) => {
        const amount = Number(`${Math.floor(hundredThousandths / 100_000)}.${String(hundredThousandths % 100_000).padStart(5, "0")}`);
        const tenths = hundredThousandths * 6;
        expect(measureDuration(amount, "minute")).toMatchObject(
          tenths % 10 === 0 ? { ok: true, ms: tenths / 10 } : { ok: false, fault: "not_whole" },
        );
      }),
      { numRuns: 1000 },
    );
  });
});

describe("grant windows", () => {
  it("W1: a window begins when it was asked to, never before the asking, and never lasts longer than the flow or the request says", () => {
    fc.assert(
      fc.property(flowArbitrary, inputArbitrary, (flow, input) => {
        const result = computeGrantWindow(flow, input);
        if (!result.ok) return;
        const { start, end } = result.value;
        expect(start).toBe(input.startAt ?? input.at);
        expect(start).toBeGreaterThanOrEqual(input.at);
        const lengths = [flow.grantFor.kind === "fixed" ? flow.grantFor : null, input.requestedDuration ?? null].map((each) =>
          each === null ? Number.POSITIVE_INFINITY : Number(billionths(each)) / 1e9,
        );
        expect((end ?? Number.POSITIVE_INFINITY) - start).toBeLessThanOrEqual(Math.min(...lengths));
        expect(end === null || (end > start && end <= lastInstant)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it("W4: under endWith the schedule is open from the start of a grant to its end, and the grant ends with the first to be over", () => {
    fc.assert(
      fc.property(flowArbitrary, inputArbitrary, fc.double({ min: 0, max: 1, noNaN: true }), (flow, input, share) => {
        const { endWith, ...grantFor } = flow.grantFor;
        const result = computeGrantWindow(flow, input);
        fc.pre(result.ok && endWith === "schedule");
        if (!result.ok) return;
        const { start, end } = result.value;
        const status = scheduleStatus(flow.schedule, start);
        expect(status.open).toBe(true);
        if (end !== null) expect(isOpen(flow.schedule, Math.floor(start + share * (end - 1 - start)))).toBe(true);
        const plain = computeGrantWindow({ ...flow, grantFor } as AccessFlow, input);
        const ends = [plain.ok ? plain.value.end : null, status.open ? status.closesAt : null].map(
          (each) => each ?? Number.POSITIVE_INFINITY,
        );
        expect(end ?? Number.POSITIVE_INFINITY).toBe(Math.min(...ends));
      }),
      { numRuns: 1000 },
    );
  });

  it("W3: a refusal of the duration stays a refusal when more is asked for", () => {
    fc.assert(
      fc.property(flowArbitrary, inputArbitrary, fc.integer({ min: 1, max: 1000 }), (flow, { at }, more) => {
        const ask = (amount: number) => computeGrantWindow(flow, { at, requestedDuration: { amount, unit: "hour" } });
        for (const amount of [1, 2, 24, 168]) expect(ask(amount).ok || !ask(amount + more).ok).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("W5: a grant is in force from its start on, before its end, and at no other instant", () => {
    fc.assert(
      fc.property(flowArbitrary, inputArbitrary, fc.constantFrom(-1, 0, 1), (flow, input, beside) => {
        const result = computeGrantWindow(flow, input);
        if (!result.ok) return;
        const { start, end } = result.value;
        expect(isInForce(result.value, start + beside)).toBe(beside >= 0 && (end === null || start + beside < end));
        if (end !== null) expect(isInForce(result.value, end + beside)).toBe(beside < 0);
      }),
      { numRuns: 500 },
    );
  });

  it("E1: any input gets a window or reasons, never an exception", () => {
    const loose = computeGrantWindow as (flow: unknown, input: unknown) => ReturnType<typeof computeGrantWindow>;
    const anyInput = fc.oneof(
      jsonArbitrary(),
      fc.record({ at: jsonArbitrary(), startAt: jsonArbitrary(), requestedDuration: jsonArbitrary() }, { requiredKeys: [] }),
      fc.anything(),
    );
    fc.assert(
      fc.property(fc.oneof(flowArbitrary, jsonArbitrary()), anyInput, (flow, input) => {
        const result = loose(flow, input);
        expect(result.ok || result.error.length > 0).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("instants", () => {
  it("S8: every instant reads back from the text that Date writes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: lastInstant }), (at) => {
        expect([toInstant(new Date(at).toISOString()), toInstant(new Date(at)), toInstant(at)]).toEqual([at, at, at]);
      }),
      { numRuns: 1000 },
    );
  });

  it("S8: an offset in the text shifts the wall clock and not the instant", () => {
    fc.assert(
      fc.property(fc.integer({ min: 86_400_000, max: lastInstant - 86_400_000 }), fc.integer({ min: -1439, max: 1439 }), (at, offset) => {
        const wall = new Date(at + offset * 60_000).toISOString().slice(0, 23);
        const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60].map((each) => String(each).padStart(2, "0"));
        expect(toInstant(`${wall}${offset < 0 ? "-" : "+"}${hours}:${minutes}`)).toBe(at);
      }),
      { numRuns: 1000 },
    );
  });

  it("S8: what is read is a whole millisecond within the years, whatever was given", () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.double(), fc.date({ noInvalidDate: false }), fc.string()), (input) => {
        const at = toInstant(input);
        expect(at === null || (Number.isInteger(at) && at >= 0 && at <= lastInstant)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
