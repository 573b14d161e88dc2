/*
 * npm run mutate                   every part of the core: hours on two cores
 * npm run mutate -- kernel time    some
 * npm run mutate -- --report       only what the last runs said
 *
 * Changes the code of the core in one place at a time and runs the tests that reach it. Prints every change that no
 * test noticed and that `equivalent.json` does not explain. Fails below 95 % noticed of those that can be noticed – all
 * but those with a reason why the code means the same –, or if a survivor has no reason.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parts } from "./parts.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const root = here("..");
const goal = 95;

const words = process.argv.slice(2);
const names = words.filter((word) => !word.startsWith("--"));
const unknown = names.filter((name) => !(name in parts));
if (unknown.length > 0) throw new Error(`no part of the core: ${unknown.join(", ")}; known are ${Object.keys(parts).join(", ")}`);
const chosen = names.length === 0 ? Object.keys(parts) : names;
if (!words.includes("--report")) for (const part of chosen) mutate(part);
process.exitCode = report() ? 0 : 1;

function mutate(part) {
  if (!existsSync(here("node_modules"))) run("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], here("."), {});
  const environment = {
    ACCESSFLOW_MUTATE: part,
    ACCESSFLOW_CASES: "4000",
    ACCESSFLOW_SEED: "7",
  };
  run(
    process.execPath,
    [here("node_modules/@stryker-mutator/core/bin/stryker.js"), "run", "mutation/stryker.config.mjs"],
    root,
    environment,
  );
}

function run(command, words, cwd, environment) {
  const { status } = spawnSync(command, words, { cwd, stdio: "inherit", env: { ...process.env, ...environment } });
  if (status !== 0) process.exit(status ?? 1);
}

/** Whether enough changes were noticed, and every other one has its reason. */
function report() {
  const explained = new Map(JSON.parse(readFileSync(here("equivalent.json"), "utf8")).map((each) => [keyOf(each), each]));
  const used = new Set();
  let [allNoticed, all, alike, open] = [0, 0, 0, 0];
  for (const part of chosen) {
    if (!existsSync(here(`reports/${part}.json`))) {
      console.log(`${part}: not run`);
      open += 1;
      continue;
    }
    const mutants = mutantsOf(part);
    const noticed = mutants.filter(({ status }) => status === "Killed" || status === "Timeout").length;
    const left = mutants.filter(({ status }) => status === "Survived" || status === "NoCoverage");
    const unexplained = left.filter((mutant) => !explained.has(keyOf(mutant)));
    for (const mutant of left) used.add(keyOf(mutant));
    for (const { file, line, mutator, code, replacement, status } of unexplained) {
      console.log(`${status} ${file}:${line} ${mutator}\n  - ${code}\n  + ${replacement}`);
    }
    const partAlike = left.length - unexplained.length;
    console.log(`${part}: ${scoreOf(noticed, noticed + left.length, partAlike)}; without a reason: ${unexplained.length}`);
    alike += partAlike;
    allNoticed += noticed;
    all += noticed + left.length;
    open += unexplained.length;
  }
  if (names.length === 0)
    for (const [key, { file, code }] of explained) if (!used.has(key)) console.log(`explained, but not there: ${file} ${code}`);
  console.log(`${scoreOf(allNoticed, all, alike)} (goal ${goal} %); survivors without a reason: ${open}`);
  return allNoticed >= (goal / 100) * (all - alike) && open === 0;
}

/** Of all changes, and of those that a test could notice. */
function scoreOf(noticed, all, alike) {
  return `${noticed} of ${all} changes noticed, ${percent(noticed, all)}; ${percent(noticed, all - alike)} of those that can be`;
}

function percent(part, whole) {
  return whole === 0 ? "–" : `${((100 * part) / whole).toFixed(1)} %`;
}

function mutantsOf(part) {
  const { files } = JSON.parse(readFileSync(here(`reports/${part}.json`), "utf8"));
  return Object.entries(files).flatMap(([file, { source, mutants }]) => {
    const lines = source.split("\n");
    return mutants.map(({ mutatorName, replacement, status, location: { start, end } }) => ({
      file,
      line: start.line,
      mutator: mutatorName,
      within: lines[start.line - 1].trim(),
      code: textAt(lines, start, end),
      replacement: replacement ?? "",
      status,
    }));
  });
}

function textAt(lines, start, end) {
  const part = lines.slice(start.line - 1, end.line);
  part[part.length - 1] = part[part.length - 1].slice(0, end.column - 1);
  part[0] = part[0].slice(start.column - 1);
  return part.join("\n");
}

/** A change by what it changes, not by where it stands: lines move. */
function keyOf({ file, mutator, within, code, replacement }) {
  return JSON.stringify([file, mutator, within, code, replacement]);
}
