/*
 * npm run bench              all workloads
 * npm run bench -- b1 b3a    those whose name begins like that
 * npm run bench -- --write   and docs/performance.md from all results there are
 *
 * Results go to bench/results.json, one entry a workload; a workload that is not run keeps its last one.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { printWorkload, type Results, writePage } from "./report.js";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const root = here("..");
const resultsFile = here("results.json");

prepare();
const names = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
let failed = false;
for (const file of workloadFiles()) {
  const child = spawnSync(
    process.execPath,
    // Inlined calls into WebAssembly have crashed V8 beside other code.
    ["--import", "tsx", "--expose-gc", "--no-turbo-inline-js-wasm-calls", here("run-workload.ts"), here(`workloads/${file}`)],
    { cwd: root, stdio: ["ignore", "pipe", "inherit"], encoding: "utf8", maxBuffer: 1 << 26 },
  );
  if (child.status !== 0) {
    failed = true;
    console.error(`${file} failed (${child.signal ?? child.status})`);
    continue;
  }
  const workload = JSON.parse(child.stdout) as Results["workloads"][string];
  console.log(printWorkload(workload));
  save(workload);
}
if (process.argv.includes("--write")) writePage(readResults(), here("../docs/performance.md"));
process.exitCode = failed ? 1 : 0;

/** The package, and the peers at the versions of bench/package-lock.json. */
function prepare(): void {
  spawnSync(process.execPath, [here("../scripts/build-if-stale.mjs")], { cwd: root, stdio: "inherit" });
  if (existsSync(here("node_modules"))) return;
  const install = spawnSync("npm", ["ci", "--prefix", here("."), "--no-audit", "--no-fund"], { cwd: here("."), stdio: "inherit" });
  if (install.status !== 0) process.exit(install.status ?? 1);
}

function workloadFiles(): readonly string[] {
  const files = readdirSync(here("workloads")).filter((file) => /^b\d.*\.ts$/.test(file));
  return files.filter((file) => names.length === 0 || names.some((name) => file.startsWith(name))).sort();
}

function readResults(): Results {
  return existsSync(resultsFile)
    ? (JSON.parse(readFileSync(resultsFile, "utf8")) as Results)
    : { machine: machine(), peers: {}, workloads: {} };
}

function save(workload: Results["workloads"][string]): void {
  const workloads = { ...readResults().workloads, [workload.id]: workload };
  const sorted = Object.fromEntries(Object.entries(workloads).sort(([left], [right]) => (left < right ? -1 : 1)));
  const results: Results = { machine: machine(), peers: peers(), workloads: sorted };
  writeFileSync(resultsFile, `${JSON.stringify(results, null, 1)}\n`);
}

function machine(): Results["machine"] {
  const [processor] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return {
    node: process.version,
    system: `${process.platform} ${process.arch}`,
    processor: processor?.model ?? "",
    cores: cpus().length,
    memory,
    load: Math.round(loadavg()[0] ?? 0),
  };
}

function peers(): Results["peers"] {
  const { dependencies } = JSON.parse(readFileSync(here("package.json"), "utf8")) as { dependencies: Results["peers"] };
  return dependencies;
}
