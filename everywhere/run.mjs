/*
 * npm run test:everywhere                     every runtime, zone and language
 * npm run test:everywhere -- bun node24       some runtimes
 * npm run test:everywhere -- --no-suite       the conformance cases only
 * npm run test:everywhere -- --require-all    a runtime that is not there is a failure
 *
 * Every runtime answers the conformance cases by the built package, in five zones of the host and in Turkish. Versions of
 * Node.js run the tests of the rules, too. What cannot be run here is said, and is never counted as passed.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildIfStale } from "../scripts/build-if-stale.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const root = here("..");

if (!existsSync(here("node_modules"))) {
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], { cwd: here("."), stdio: "inherit" });
  if (status !== 0) process.exit(1);
}
buildIfStale();
const { bundle } = await import("./bundle.mjs");
const { runtimes } = await import("./runtimes.mjs");

const words = process.argv.slice(2);
const names = words.filter((word) => !word.startsWith("--"));
const unknown = names.filter((name) => !(name in runtimes));
if (unknown.length > 0) throw new Error(`no runtime: ${unknown.join(", ")}; known are ${Object.keys(runtimes).join(", ")}`);

const zones = ["UTC", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe", "Asia/Kathmandu"];
const places = [...zones.map((zone) => ({ zone, language: "C.UTF-8" })), { zone: "UTC", language: "tr_TR.UTF-8" }];
// What a runtime could answer otherwise than another. Servers, the package and the compiler are the business of `npm test`.
const suite = ["test/core", "test/oracle", "test/conformance", "test/zones", "test/schema", "test/apono", "test/laws/schedule.test.ts"];

const folder = mkdtempSync(join(tmpdir(), "accessflow-everywhere-"));
const bundles = { print: join(folder, "print.mjs"), worker: join(folder, "worker.mjs"), script: join(folder, "script.js") };
await bundle("esm", bundles.print, here("print-answers.mjs"));
await bundle("esm", bundles.worker, here("worker.mjs"));
await bundle("iife", bundles.script);

const rows = [];
let [passed, failed, missing] = [0, 0, 0];
for (const [name, runtime] of Object.entries(runtimes)) {
  if (names.length > 0 && !names.includes(name)) continue;
  if (runtime.at === null) {
    missing += 1;
    rows.push([name, "–", "", "", "", "not run: it is not on this machine"]);
    continue;
  }
  const version = runtime.version(runtime.at);
  for (const place of places) await askCases(name, version, runtime, place);
  if (runtime.suite && !words.includes("--no-suite")) {
    for (const place of [places[0], places.at(-1)]) runSuite(name, version, runtime, place);
  }
}
rmSync(folder, { recursive: true, force: true });
if (words.includes("--require-all")) failed += missing;
print([["runtime", "version", "what", "zone", "language", "passed / failed, seconds"], ...rows]);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

async function askCases(name, version, runtime, place) {
  const begun = performance.now();
  try {
    const said = await runtime.answers(runtime.at, bundles[runtime.bundle], environmentOf(place));
    const effect = `${said.timeZone} ${said.locale}${said.smallI === "ı" ? " (dotless)" : ""}`;
    note(name, version, "cases", place, said, begun, `sees ${effect}`);
    for (const failure of said.failures) console.log(name, place.zone, JSON.stringify(failure).slice(0, 2_000));
  } catch (error) {
    note(name, version, "cases", place, { passed: 0, failed: 1 }, begun, String(error.message).slice(0, 300));
  }
}

function runSuite(name, version, runtime, place) {
  const begun = performance.now();
  const report = join(folder, `${name}.json`);
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const { status } = spawnSync(runtime.at, [vitest, "run", "--reporter=json", `--outputFile=${report}`, ...suite], {
    cwd: root,
    env: { ...environmentOf(place), ACCESSFLOW_CASES: "10000" },
    stdio: ["ignore", "ignore", "ignore"],
  });
  const { numPassedTests = 0, numFailedTests = 0, testResults = [] } = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : {};
  const broken = status === 0 || numFailedTests > 0 ? 0 : 1;
  for (const { assertionResults } of testResults) {
    for (const { status: outcome, fullName, failureMessages } of assertionResults) {
      if (outcome === "failed")
        console.log(`${name} ${place.zone} ${place.language}: ${fullName}\n${failureMessages.join("\n").slice(0, 1_500)}`);
    }
  }
  note(name, version, "suite", place, { passed: numPassedTests, failed: numFailedTests + broken }, begun, "");
}

function environmentOf({ zone, language }) {
  const { LC_ALL, LANG, LANGUAGE, NODE_OPTIONS, ...rest } = process.env;
  return { ...rest, TZ: zone, LC_ALL: language, LANG: language, LANGUAGE: language.split(".")[0] };
}

function note(name, version, what, { zone, language }, counts, begun, more) {
  passed += counts.passed;
  failed += counts.failed;
  const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
  rows.push([name, version, what, zone, language, `${counts.passed} / ${counts.failed}, ${seconds} s ${more}`]);
  console.log(rows.at(-1).join("  "));
}

function print(table) {
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  console.log();
  for (const row of table)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join("  ")
        .trimEnd(),
    );
}
