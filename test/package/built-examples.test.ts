import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { root } from "./source-tree.js";

const place = mkdtempSync(join(tmpdir(), "accessflow-examples-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

/* The examples as users run them: `accessflow` is the built package, found by its name. */
describe("examples on the built package", () => {
  it.each([
    { main: "examples/01-first-decision/main.ts", output: "examples/01-first-decision/output.txt", args: [] },
    { main: "examples/02-serverless-vote/main.ts", output: "examples/02-serverless-vote/output.txt", args: [] },
    { main: "examples/demo/main.ts", output: "test/demo/expected.txt", args: ["--folder", join(place, "week")] },
  ])("$main prints what is committed", ({ main, output, args }) => {
    expect(runExample([main, ...args])).toBe(readFileSync(join(root, output), "utf8"));
  });

  it("the unit test of example 03 passes", () => {
    expect(runExample(["--test", "examples/03-simulate-in-a-unit-test/payroll-approval.test.ts"])).toMatch(/^# fail 0$/m);
  });
});

function runExample(args: readonly string[]): string {
  const tsx = join(root, "node_modules", "tsx", "dist", "cli.mjs");
  // The reporter of node's test runner depends on the terminal, and vitest sets variables of its own.
  const env = { ...process.env, NODE_OPTIONS: "", NODE_TEST_CONTEXT: undefined };
  const reporter = args[0] === "--test" ? ["--test-reporter=tap"] : [];
  return execFileSync(process.execPath, [tsx, ...reporter, ...args], { cwd: root, encoding: "utf8", env });
}
