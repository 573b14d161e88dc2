import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import type { Finding, Outcome } from "./fuzzer.js";
import { plantedTargets } from "./planted.js";
import { targets } from "./targets.js";

/*
 * npm run fuzz -- [--executions N] [--seed N] [--target NAME …] [--workers N] [--planted] [--json]
 *
 * Shares the executions out over all targets and cores, in processes that start with `--disable-proto=throw`. What they
 * find is kept in `cases`, where the tests replay it.
 */

const { values: options } = parseArgs({
  options: {
    executions: { type: "string", default: "10000000" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 31)) },
    target: { type: "string", multiple: true },
    workers: { type: "string", default: String(availableParallelism()) },
    /** The negative controls instead of the library; what they find is no case. */
    planted: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});

const root = fileURLToPath(new URL("../..", import.meta.url));
const [executions, seed, workers] = [Number(options.executions), Number(options.seed), Number(options.workers)];
const all = options.planted ? plantedTargets : targets;
const chosen = all.filter(({ name }) => options.target?.some((wanted) => name.includes(wanted)) ?? true);
if (chosen.length === 0) throw new Error(`no such target; there are ${all.map(({ name }) => name).join(", ")}`);
const say = (line: string): void => void (options.json || console.log(line));

type Task = { readonly target: string; readonly executions: number; readonly seed: number };

/** Every target on every core, each with a seed of its own. */
const shares = chosen.reduce((sum, { share }) => sum + share, 0);
const tasks: readonly Task[] = chosen.flatMap(({ name, share }) =>
  Array.from({ length: workers }, (_, worker) => ({
    target: name,
    executions: Math.ceil((executions * share) / shares / workers),
    seed: (seed + worker * 0x9e3779b1) >>> 0,
  })),
);

const folder = mkdtempSync(join(mkdirSync(join(root, "temp"), { recursive: true }) ?? join(root, "temp"), "fuzz-"));
const script = join(folder, "work.mjs");
await build({
  entryPoints: [join(root, "test/fuzz/work.ts")],
  ...{ outfile: script, bundle: true, format: "esm", platform: "node", target: "node20", absWorkingDir: root, logLevel: "error" },
});

say(`seed ${seed}: ${executions.toLocaleString("en")} executions of ${chosen.length} targets on ${workers} cores`);
const began = performance.now();
const outcomes = await allDone(tasks, workers);
const seconds = (performance.now() - began) / 1_000;
rmSync(folder, { recursive: true, force: true });

const findings = distinct(outcomes.flatMap((outcome) => outcome.findings));
if (!options.planted) for (const finding of findings) keep(finding);
report();
process.exitCode = findings.length === 0 ? 0 : 1;

async function allDone(queue: readonly Task[], most: number): Promise<readonly Outcome[]> {
  const left = [...queue];
  const done: Outcome[] = [];
  const work = async (): Promise<void> => {
    for (let task = left.shift(); task !== undefined; task = left.shift()) {
      const stages = await started(task, left.length);
      done.push(...stages);
      say(lineOf(task.target, stages));
    }
  };
  await Promise.all(Array.from({ length: most }, work));
  return done;
}

/** First the guided stage, a small part of all executions, then the rest from what it has found. */
async function started(task: Task, index: number): Promise<readonly Outcome[]> {
  const guided = Math.min(task.executions, Math.max(1_000, Math.min(20_000, Math.floor(task.executions / 10))));
  const corpus = join(folder, `corpus-${index}.json`);
  const first = await stageOf({ ...task, executions: guided }, corpus, "guided");
  const rest = task.executions - guided;
  if (rest === 0 || first.executions < guided) return [first];
  return [first, await stageOf({ ...task, executions: rest, seed: task.seed ^ 0x5bd1e995 }, corpus, "plain")];
}

function stageOf({ target, seed: from, executions: count }: Task, corpus: string, stage: string): Promise<Outcome> {
  const args = ["--expose-gc", "--disable-proto=throw", script, target, String(from), String(count), corpus, stage];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  let out = "";
  child.stdout.on("data", (data) => {
    out += String(data);
  });
  return new Promise((resolve) =>
    child.on("close", (code, signal) => {
      if (code === 0) return resolve(JSON.parse(out) as Outcome);
      // A process that is gone is a finding: nothing that the library is given may end it.
      const gone: Finding = { kind: "throws", says: `the process ended: ${signal ?? code}`, target, seed: from, input: null };
      const nothing = { executions: 0, milliseconds: 0, seeds: 0, corpus: 0, found: [], known: [], reached: [], heap: [0], slowest: 0 };
      resolve({ ...nothing, target, findings: [gone] });
    }),
  );
}

/** Each fault once, however many processes found it. */
function distinct(found: readonly Finding[]): readonly Finding[] {
  return [...new Map(found.map((finding) => [`${finding.target} ${finding.kind} ${finding.says.slice(0, 60)}`, finding])).values()];
}

function keep({ target, kind, says, seed: found, input }: Finding): void {
  const text = JSON.stringify({ target, fault: `${kind}: ${says}`, seed: found, input }, null, 2);
  const name = `${target}-${kind}-${createHash("sha256").update(text).digest("hex").slice(0, 8)}.json`.replaceAll(".transition", "");
  writeFileSync(join(root, "test/fuzz/cases", name), `${text}\n`);
  say(`kept test/fuzz/cases/${name}`);
}

function report(): void {
  const total = outcomes.reduce((sum, outcome) => sum + outcome.executions, 0);
  if (options.json) return void console.log(JSON.stringify({ seed, executions: total, seconds, findings, blocks: blocksOf(outcomes) }));
  say("");
  for (const { name } of chosen) {
    say(
      lineOf(
        name,
        outcomes.filter(({ target }) => target === name),
      ),
    );
  }
  const { reached, known } = blocksOf(outcomes);
  say(`${total.toLocaleString("en")} executions in ${seconds.toFixed(0)} s, ${Math.round(total / seconds).toLocaleString("en")}/s`);
  say(`${reached} of ${known} blocks of src reached, ${outcomes.reduce((sum, { corpus }) => sum + corpus, 0)} inputs in the corpus`);
  for (const { target, kind, says, seed: found, input } of findings) {
    say(`FOUND ${target} (seed ${found}) ${kind}: ${says}\n  ${JSON.stringify(input).slice(0, 2_000)}`);
  }
  say(`${findings.length} findings`);
}

function blocksOf(of: readonly Outcome[]): { readonly reached: number; readonly known: number } {
  return { reached: new Set(of.flatMap(({ reached }) => reached)).size, known: new Set(of.flatMap(({ known }) => known)).size };
}

function lineOf(name: string, of: readonly Outcome[]): string {
  const sum = (each: (outcome: Outcome) => number): number => of.reduce((total, outcome) => total + each(outcome), 0);
  const { reached, known } = blocksOf(of);
  const rate = Math.round(sum(({ executions: count }) => count) / (sum(({ milliseconds }) => milliseconds) / 1_000));
  const [heap, slowest] = [Math.max(...of.flatMap((outcome) => outcome.heap)), Math.max(...of.map((outcome) => outcome.slowest))];
  const figures = [
    `${sum(({ executions: count }) => count)
      .toLocaleString("en")
      .padStart(10)} executions`,
    `${rate.toLocaleString("en").padStart(7)}/s a core`,
    `blocks ${reached}/${known}`,
    `seeds ${of[0]?.seeds}, corpus ${sum(({ corpus }) => corpus)}`,
    `heap ≤ ${heap} MiB`,
    `slowest ${slowest.toFixed(1)} ms`,
    `${sum((outcome) => outcome.findings.length)} findings`,
  ];
  return `${name.padEnd(32)} ${figures.join(" · ")}`;
}
