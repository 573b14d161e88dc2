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
    { main: "examples/04-lambda-handler/main.ts", output: "examples/04-lambda-handler/output.txt", args: [] },
    { main: "examples/05-fetch-handler/main.ts", output: "examples/05-fetch-handler/output.txt", args: [] },
    { main: "examples/06-express-host/main.ts", output: "examples/06-express-host/output.txt", args: [] },
    { main: "examples/demo/main.ts", output: "test/demo/expected.txt", args: ["--folder", join(place, "week")] },
  ])("$main prints what is committed", ({ main, output, args }) => {
    expect(runExample([main, ...args])).toBe(readFileSync(join(root, output), "utf8"));
  });

  it("the unit test of example 03 passes", () => {
    const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
    const args = [vitest, "run", "--reporter=json", "--root", "examples/03-simulate-in-a-unit-test"];
    const report: unknown = JSON.parse(execFileSync(process.execPath, args, { cwd: root, encoding: "utf8", env: plainEnvironment() }));
    expect(report).toMatchObject({ success: true, numPassedTests: 7, numTotalTests: 7 });
  });
});

function runExample(args: readonly string[]): string {
  const tsx = join(root, "node_modules", "tsx", "dist", "cli.mjs");
  return execFileSync(process.execPath, [tsx, ...args], { cwd: root, encoding: "utf8", env: plainEnvironment() });
}

/** Without the variables that vitest sets for the tests of its own. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_OPTIONS|NODE_ENV$|TEST$)/.test(name));
  return Object.fromEntries(own);
}
