import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bundleChecks, root } from "./bundle.js";
import { missing, type Outcome, runtimes } from "./runtimes.js";
import { suites } from "./suites.js";

/*
 * npm run test:everywhere -- [NAME …] [--require-all]
 *
 * The built package on every runtime, and the suite under every Node.js, in every zone and under a Turkish locale. What
 * cannot be run on this machine is said to be not run, with the reason, and has not passed.
 */

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { "require-all": { type: "boolean", default: false } },
});
const all = [...Object.keys(runtimes), ...Object.keys(suites)];
const unknown = positionals.filter((name) => !all.includes(name));
if (unknown.length > 0) throw new Error(`no ${unknown.join(", ")}; there are ${all.join(", ")}`);
const chosen = positionals.length === 0 ? all : all.filter((name) => positionals.includes(name));

install();
const build = spawnSync(process.execPath, ["scripts/build-if-stale.mjs"], { cwd: root, stdio: "inherit" });
if (build.status !== 0) throw new Error("the package cannot be built");
mkdirSync(join(root, "temp"), { recursive: true });
const folder = mkdtempSync(join(root, "temp", "everywhere-"));
const bundles = await bundleChecks(folder);

const rows: { readonly name: string; readonly outcome: Outcome; readonly seconds: number }[] = [];
for (const name of chosen) {
  console.log(`── ${name}`);
  const began = performance.now();
  const outcome = await outcomeOf(name);
  for (const note of outcome.notes) console.log(`   ${note}`);
  rows.push({ name, outcome, seconds: (performance.now() - began) / 1_000 });
}
rmSync(folder, { recursive: true, force: true });

console.log("");
for (const { name, outcome, seconds } of rows) {
  const says = outcome.notRun === undefined ? `${outcome.passed} passed, ${outcome.failed} failed` : `not run: ${outcome.notRun}`;
  console.log(`${name.padEnd(14)} ${seconds.toFixed(1).padStart(7)} s   ${says}`);
}
const [passed, failed] = [rows.reduce((sum, row) => sum + row.outcome.passed, 0), rows.reduce((sum, row) => sum + row.outcome.failed, 0)];
const isWhole = rows.every(({ outcome }) => outcome.notRun === undefined);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 && (isWhole || !options["require-all"]) ? 0 : 1;

async function outcomeOf(name: string): Promise<Outcome> {
  try {
    return (await runtimes[name]?.(bundles)) ?? suites[name]?.() ?? missing("no such run");
  } catch (error) {
    return { passed: 0, failed: 1, notes: [String(error)] };
  }
}

/** The runtimes of `package.json` beside this file, unless they are there as the lock file says. */
function install(): void {
  const [lock, installed] = [join(root, "everywhere/package-lock.json"), join(root, "everywhere/node_modules/.package-lock.json")];
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  console.log("── installing the runtimes");
  const run = spawnSync("npm", ["ci", "--prefix", "everywhere", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: root,
    stdio: "inherit",
  });
  // Without them most is not run, and says so.
  if (run.status !== 0) console.log("   the runtimes could not be installed");
}
