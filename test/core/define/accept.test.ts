import { describe, expect, it } from "vitest";
import { acceptFlow, acceptTimetable } from "../../../src/core/define/accept.js";
import { defineAccessFlow } from "../../../src/core/define/check-access-flow.js";
import type { AccessFlowError } from "../../../src/core/kernel/access-flow-error.js";
import { deepFreeze } from "../../../src/core/kernel/deep-freeze.js";
import { weeklyPattern } from "../../../src/core/time/weekly-pattern.js";
import { runtimeZones } from "../../../src/core/time/zone.js";
import { fullest, normalForm, smallest } from "./definitions.js";

function acceptedAs(flow: unknown): unknown {
  const accepted = acceptFlow(flow);
  return accepted.ok ? accepted.value : accepted.error;
}

describe("acceptFlow", () => {
  it("takes a normal form as it is", () => {
    const flow = defineAccessFlow(fullest);
    expect(acceptFlow(flow)).toEqual({ ok: true, value: flow });
  });

  it("answers for a normal form without checking it again", () => {
    const flow = defineAccessFlow(fullest);
    expect(acceptedAs(flow)).toBe(flow);
  });

  it("checks a stored normal form and uses its own", () => {
    const stored: unknown = JSON.parse(JSON.stringify(normalForm(fullest)));
    const accepted = acceptFlow(stored);
    expect(accepted).toEqual({ ok: true, value: normalForm(fullest) });
  });

  it("remembers what can never change, such as a flow that another entry of the package made", () => {
    const other: unknown = deepFreeze(JSON.parse(JSON.stringify(normalForm(fullest))));
    expect(acceptedAs(other)).toBe(acceptedAs(other));
  });

  it("checks what can change every time", () => {
    const flow = structuredClone(smallest) as { name: string };
    acceptFlow(flow);
    flow.name = "";
    expect(acceptFlow(flow).ok).toBe(false);
  });

  it("checks what is frozen on the surface only every time", () => {
    const flow = Object.freeze(structuredClone(smallest)) as unknown as { targets: unknown[] };
    acceptFlow(flow);
    flow.targets.pop();
    expect(acceptFlow(flow).ok).toBe(false);
  });

  it("does not remember an object whose prototype chain holds a normal form", () => {
    expect(acceptFlow(Object.create(defineAccessFlow(smallest))).ok).toBe(false);
  });

  it("refuses what is no definition, with a reason for every fault", () => {
    expect(acceptFlow({ ...smallest, name: "", targets: Array.from({ length: 1_001 }, () => ({ kind: "bundle", bundle: "b" })) })).toEqual({
      ok: false,
      error: [
        { code: "facts_invalid", rule: "C4", path: [], argument: "flow", at: ["name"] },
        { code: "facts_invalid", rule: "D4", path: [], argument: "flow", at: ["targets"] },
      ],
    });
  });

  it.each([undefined, null, 1, "flow", () => 1])("refuses %s", (flow) => {
    expect(acceptFlow(flow)).toEqual({ ok: false, error: [{ code: "facts_invalid", rule: "C4", path: [], argument: "flow", at: [] }] });
  });
});

describe("acceptTimetable", () => {
  const accept = (given: unknown) => acceptTimetable(given, runtimeZones);
  const schedule = { kind: "onlyOn", days: ["monday"], from: "09:00", to: "17:00", timeZone: "UTC" };

  it("takes a schedule of a flow", () => {
    const { schedule: own } = normalForm(fullest);
    expect(accept(own)?.pattern).toEqual(own.kind === "onlyOn" && weeklyPattern(own));
  });

  it("takes a schedule as written, and drops repeated days", () => {
    expect(accept({ ...schedule, days: ["monday", "monday"] })).toEqual(accept(schedule));
  });

  it("checks a frozen schedule once", () => {
    const frozen = deepFreeze(structuredClone(schedule));
    expect(accept(frozen)).toBe(accept(frozen));
  });

  it("checks what can change every time, be it frozen on the surface", () => {
    for (const changing of [structuredClone(schedule), Object.freeze(structuredClone(schedule))]) {
      accept(changing);
      changing.days.push("tuesday");
      expect(accept(changing)).toEqual(accept(structuredClone({ ...schedule, days: ["monday", "tuesday"] })));
    }
  });

  it("throws an error with every issue, its code the first one's", () => {
    let thrown: unknown = null;
    try {
      accept({ ...schedule, from: "9", timeZone: "+02:00" });
    } catch (error) {
      thrown = error;
    }
    const { name, code, issues } = thrown as AccessFlowError;
    expect([name, code, issues.map((issue) => issue.path)]).toEqual(["AccessFlowError", "time_invalid", [["from"], ["timeZone"]]]);
  });

  it("names the schedule where it is none at all", () => {
    expect(() => accept(5)).toThrow("the schedule must be an object, not `5`");
  });
});
