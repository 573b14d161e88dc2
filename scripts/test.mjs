// Runs the tests with the arguments given and closes with one plain line: `N passed, N failed`.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { buildIfStale } from "./build-if-stale.mjs";

buildIfStale();

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "accessflow-test-"));
const report = join(folder, "report.json");
const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
const run = spawnSync(
  process.execPath,
  [vitest, "run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...process.argv.slice(2)],
  { cwd: root, stdio: "inherit" },
);

const { passed, failed, failures } = counts();
rmSync(folder, { recursive: true, force: true });
for (const failure of failures) console.log(`FAILED: ${failure}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = run.status === 0 && failed === 0 && passed > 0 ? 0 : 1;

/** A file that could not even be loaded has no tests to count: it counts as one failure. What failed is named, a line each. */
function counts() {
  try {
    const { testResults, numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, "utf8"));
    const broken = testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
    const failures = testResults.flatMap(({ name: file, assertionResults }) =>
      assertionResults
        .filter(({ status }) => status === "failed")
        .map(({ fullName, failureMessages }) => `${relative(root, file)} ${fullName}: ${inOneLine(failureMessages.join(" "))}`),
    );
    return {
      passed: numPassedTests,
      failed: numFailedTests + broken.length,
      failures: [...failures, ...broken.map(({ name, message }) => `${relative(root, name)}: ${inOneLine(message)}`)],
    };
  } catch {
    return { passed: 0, failed: 1, failures: ["the tests left no report"] };
  }
}

/** Enough of a message to know it by. */
function inOneLine(message) {
  return stripVTControlCharacters(message).replace(/\s+/g, " ").trim().slice(0, 500);
}
