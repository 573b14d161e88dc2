import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runExample } from "./run-demo.js";

describe("the examples", () => {
  it("01-first-decision writes the committed output", () => {
    const run = runExample("examples/01-first-decision/main.ts");
    expect(run.out).toBe(readFileSync(new URL("../../examples/01-first-decision/output.txt", import.meta.url), "utf8"));
  });

  it("03-simulate-in-a-unit-test passes", () => {
    const run = runExample("examples/03-simulate-in-a-unit-test/payroll-approval.test.ts");
    expect([run.exit, /^# pass (\d+)$/m.exec(run.out)?.[1], /^# fail (\d+)$/m.exec(run.out)?.[1]]).toEqual([0, "5", "0"]);
  });
});
