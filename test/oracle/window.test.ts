import * as fc from "fast-check";
import { describe, it } from "vitest";
import { computeGrantWindow } from "../../src/core/evaluate/compute-grant-window.js";
import type { AccessFlowDefinition } from "../../src/core/flow/definition.js";
import { grantForArbitrary } from "../../src/testing/arbitraries/grant-for-arbitrary.js";
import { instantArbitrary, scheduleArbitrary } from "../../src/testing/arbitraries/schedule-arbitrary.js";
import { requestedDurationArbitrary } from "../arbitrary/requested-duration.js";
import { flowOf } from "./flow-of.js";
import { grantWindow } from "./reference/window.js";
import { agree, codesOf, compare, timeout } from "./support.js";

const hour = 3_600_000;
const definitionArbitrary: fc.Arbitrary<AccessFlowDefinition> = fc
  .tuple(
    fc.oneof(fc.constant({ kind: "always" as const }), scheduleArbitrary()),
    grantForArbitrary(),
    fc.boolean(),
    fc.constantFrom(null, { amount: 1, unit: "hour" as const }),
  )
  .map(([schedule, grantFor, requireDuration, startWithin]) => ({
    ...{ name: "window", requestors: { conditions: [{ attribute: "group", values: ["a"] }] }, targets: [{ kind: "bundle", bundle: "b" }] },
    ...{ schedule, grantFor, settings: { requireDuration, startWithin } },
  }));

const caseArbitrary = fc.record(
  {
    definition: definitionArbitrary,
    at: instantArbitrary(),
    requestedDuration: requestedDurationArbitrary(),
    delay: fc.constantFrom(0, 0, 0, 1, hour, hour + 1, hour / 2, -1),
  },
  { requiredKeys: ["definition", "at"], noNullPrototype: true },
);

describe("grant windows, against the reference evaluator", () => {
  it(
    "W1–W4: the same window, or the same reasons against it",
    () => {
      const codes = ["duration_required", "duration_over_maximum", "duration_not_positive", "duration_not_whole"];
      const starts = ["start_in_past", "start_too_late", "start_not_offered", "schedule_closed_at_start"];
      const shares = Object.fromEntries([...codes, ...starts].map((code) => [code, 0.008]));
      compare(
        caseArbitrary,
        { granted: 0.15, indefinite: 0.005, endsEarly: 0.01, ...shares },
        ({ definition, at, requestedDuration, delay }) => {
          const flow = flowOf(definition);
          const startAt = delay === undefined ? undefined : Math.max(0, at + delay);
          const expected = grantWindow(flow, at, requestedDuration, startAt);
          const actual = computeGrantWindow(flow, { at, requestedDuration, startAt });
          const about = { definition, at, requestedDuration, delay, actual };
          if ("refused" in expected) {
            agree(actual.ok, false, about);
            if (!actual.ok) agree(codesOf(actual.error), [...expected.refused].sort(), about);
            return [...expected.refused];
          }
          agree(actual, { ok: true, value: expected }, about);
          const uncut = grantWindow({ ...flow, schedule: { kind: "always" } }, at, requestedDuration, startAt);
          const early = "end" in uncut && uncut.end !== expected.end;
          return ["granted", ...(expected.end === null ? ["indefinite"] : []), ...(early ? ["endsEarly"] : [])];
        },
      );
    },
    timeout,
  );
});
