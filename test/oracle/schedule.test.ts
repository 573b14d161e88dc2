import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isOpen, nextClosing, nextOpening, scheduleStatus } from "../../src/core/evaluate/schedule-status.js";
import { scheduleInput } from "../arbitrary/operation-inputs.js";
import * as reference from "./reference/schedule.js";
import { agree, compare, timeout, total } from "./support.js";

describe("schedules, against the reference evaluator", () => {
  it(
    "S1–S7: the same instants are open, and the next change comes at the same millisecond",
    () => {
      compare(
        "S1–S7",
        scheduleInput,
        { open: 0.3, closed: 0.3, changes: 0.6, never: 0.08, excepted: 0.2, edge: 0.02 },
        ({ schedule, at }) => {
          const about = { schedule, at: new Date(at) };
          const open = reference.isOpen(schedule, at);
          agree(isOpen(schedule, at), open, about);
          const next = reference.nextChange(schedule, at);
          agree(scheduleStatus(schedule, at), open ? { open, closesAt: next } : { open, opensAt: next }, about);
          agree(nextOpening(schedule, at), open ? at : next, about);
          if (open) agree(nextClosing(schedule, at), next, about);
          else expect(() => nextClosing(schedule, at)).toThrow(expect.objectContaining({ code: "schedule_closed" }));
          const excepted = schedule.kind === "onlyOn" && (schedule.except ?? []).length > 0;
          const edge = next !== null && next - at <= 1;
          return [
            open ? "open" : "closed",
            next === null ? "never" : "changes",
            ...(excepted ? ["excepted"] : []),
            ...(edge ? ["edge"] : []),
          ];
        },
        (input) => ({ rule: "S6", operation: "scheduleStatus", input }),
      );
    },
    timeout,
  );

  it(
    "S6: the reference itself finds no change that stepping by seconds would find earlier",
    () => {
      fc.assert(
        fc.property(scheduleInput, ({ schedule, at }) => {
          const open = reference.isOpen(schedule, at);
          const next = reference.nextChange(schedule, at) ?? Number.POSITIVE_INFINITY;
          if (next < Number.POSITIVE_INFINITY)
            expect([reference.isOpen(schedule, next - 1), reference.isOpen(schedule, next)]).toEqual([open, !open]);
          const second = Math.ceil(at / 1000) * 1000;
          for (let step = 0; step < 240; step += 1) {
            for (const instant of [second + step * 1000, second + step * 600_000]) {
              if (instant < next) agree(reference.isOpen(schedule, instant), open, { schedule, instant });
            }
          }
        }),
        { numRuns: Math.ceil(total / 2000) },
      );
    },
    timeout,
  );
});
