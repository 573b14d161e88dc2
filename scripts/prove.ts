// Compares library and reference over ten million random cases, in as many processes as there are cores:
//   npm run prove -- [--cases 10000000] [--seed 1]
// Rounds of at most half a million cases each have a seed of their own; a seed reruns its round alone.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

type Line = { readonly part: string; readonly cases: number; readonly seed: number; readonly disagreement: unknown };

const { values } = parseArgs({ options: { cases: { type: "string" }, seed: { type: "string" } } });
const asked = Number(values.cases ?? 10_000_000);
const firstSeed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 30));
const roundSize = Math.min(asked, 500_000);
const rounds = Math.ceil(asked / roundSize);

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "accessflow-prove-"));
const perChapter = new Map<string, number>();
const disagreements: unknown[] = [];
let [compared, next, failedRounds] = [0, 0, 0];
const begun = Date.now();

await Promise.all(Array.from({ length: Math.min(rounds, availableParallelism()) }, worker));
rmSync(folder, { recursive: true });

const seconds = Math.round((Date.now() - begun) / 1000);
console.log(`\n${compared.toLocaleString("en")} cases compared in ${seconds} s, seeds ${firstSeed} to ${firstSeed + rounds - 1}`);
for (const [chapter, count] of [...perChapter].sort()) console.log(`  ${chapter}  ${count.toLocaleString("en")}`);
console.log(`${disagreements.length} disagreements`);
for (const each of disagreements) console.log(JSON.stringify(each, null, 2));
process.exitCode = disagreements.length > 0 || failedRounds > 0 || compared === 0 ? 1 : 0;

async function worker(): Promise<void> {
  while (next < rounds) {
    const round = next;
    next += 1;
    const seed = firstSeed + round;
    const report = join(folder, `round-${round}`);
    const { code, output } = await run(seed, report);
    const lines = existsSync(report) ? readFileSync(report, "utf8").trim().split("\n") : [];
    for (const { part, cases, disagreement } of lines.map((line) => JSON.parse(line) as Line)) {
      compared += cases;
      const chapter = part.charAt(0);
      perChapter.set(chapter, (perChapter.get(chapter) ?? 0) + cases);
      if (disagreement !== null) disagreements.push(disagreement);
    }
    if (code !== 0) {
      failedRounds += 1;
      console.log(output);
      console.log(`again: ACCESSFLOW_SEED=${seed} ACCESSFLOW_CASES=${roundSize} npx vitest run test/oracle`);
    }
    console.log(
      `round ${round + 1} of ${rounds}, seed ${seed}: ${compared.toLocaleString("en")} cases, ${disagreements.length} disagreements`,
    );
  }
}

/** One round of every comparison, in a process of its own. */
function run(seed: number, report: string): Promise<{ readonly code: number | null; readonly output: string }> {
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  // What a comparison of few cases says of its classes, and the controls, belong to the tests.
  const args = [
    vitest,
    "run",
    "test/oracle",
    "--exclude",
    "test/oracle/{support,independence}.test.ts",
    "--maxWorkers=1",
    "--reporter=dot",
  ];
  const env = { ...process.env, ACCESSFLOW_CASES: String(roundSize), ACCESSFLOW_SEED: String(seed), ACCESSFLOW_REPORT: report };
  const child = spawn(process.execPath, args, { cwd: root, env });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, output })));
}
