import { describe, it } from "vitest";
import { computeGrantWindow } from "../../src/core/evaluate/compute-grant-window.js";
import { windowInput } from "../arbitrary/operation-inputs.js";
import { flowOf } from "./flow-of.js";
import { grantWindow } from "./reference/window.js";
import { agree, codesOf, compare, timeout } from "./support.js";

describe("grant windows, against the reference evaluator", () => {
  it(
    "W1–W4: the same window, or the same reasons against it",
    () => {
      const codes = ["duration_required", "duration_over_maximum", "duration_not_positive", "duration_not_whole"];
      const starts = ["start_in_past", "start_too_late", "start_not_offered", "schedule_closed_at_start"];
      const shares = Object.fromEntries([...codes, ...starts].map((code) => [code, 0.008]));
      compare(
        "W1–W4",
        windowInput,
        { granted: 0.15, indefinite: 0.005, endsEarly: 0.01, ...shares },
        ({ definition, at, requestedDuration, startAt }) => {
          const flow = flowOf(definition);
          const expected = grantWindow(flow, at, requestedDuration, startAt);
          const actual = computeGrantWindow(flow, { at, requestedDuration, startAt });
          const about = { definition, at, requestedDuration, startAt, actual };
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
        (input) => ({ rule: "W1", operation: "computeGrantWindow", input }),
      );
    },
    timeout,
  );
});
