import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./bundle.js";
import { missing, nodeOf, type Outcome, together, turkish, zones } from "./runtimes.js";

/*
 * The test suite under each Node.js, in each zone, and under a Turkish locale. What is about the package, the compiler,
 * database servers and killed processes has nothing to do with any of these: `npm test` has it.
 */

const elsewhere = ["test/package/**", "test/types/**", "test/adapters/**", "test/torture/**", "test/fuzz/**", "test/demo/resume.test.ts"];
const pure = [
  "test/core",
  "test/answers",
  "test/oracle",
  "test/conformance",
  "test/zones",
  "test/apono",
  "test/schema",
  "test/laws",
  "test/threats",
];

/** The suite, or a part of it, with its closing line read. */
function tests(node: string | null, parts: readonly string[], env: Readonly<Record<string, string>>): Outcome {
  if (node === null) return missing("this version of Node.js is not installed");
  const args = [join(root, "scripts", "test.mjs"), ...parts, ...elsewhere.flatMap((path) => ["--exclude", path])];
  const run = spawnSync(node, args, {
    ...{ cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 2 ** 28 },
    // Fewer random cases: a runtime or a zone makes a difference to all of them or to none.
    env: { ACCESSFLOW_CASES: "1000", ...process.env, ...env },
  });
  const [, passed, failed] = /^(\d+) passed, (\d+) failed$/m.exec(run.stdout) ?? [];
  const names = [...run.stdout.matchAll(/^.*(?:FAIL|×).*$/gm)].map(([line]) => line.trim()).slice(0, 20);
  if (passed === undefined) return { passed: 0, failed: 1, notes: [`no closing line: ${run.stderr.slice(-2_000)}`] };
  // A run that ended badly has failed, whatever it counted.
  return { passed: Number(passed), failed: Math.max(Number(failed), run.status === 0 ? 0 : 1), notes: names };
}

export const suites: { readonly [name: string]: () => Outcome } = {
  "suite-node20": () => tests(nodeOf("20"), [], {}),
  "suite-node22": () => tests(nodeOf("22"), [], {}),
  "suite-node24": () => tests(nodeOf("24"), [], {}),
  "suite-zones": () => together(zones.map((zone) => tests(process.execPath, pure, { TZ: zone }))),
  "suite-turkish": () => (isTurkish() ? tests(process.execPath, pure, turkish) : missing("Node.js did not take on the Turkish locale")),
};

/**
 * Whether the locale takes effect: the language of the process is Turkish, months are, and in that language a large I is a
 * small one without its dot. (V8 asks no locale of the process for `toLocaleLowerCase()`, only one that is named.)
 */
function isTurkish(): boolean {
  const script = `const { locale } = Intl.DateTimeFormat().resolvedOptions();
    const month = new Date(0).toLocaleDateString(undefined, { month: "long" });
    console.log(JSON.stringify([locale, month, "I".toLocaleLowerCase(locale)]));`;
  const { stdout } = spawnSync(process.execPath, ["-e", script], { encoding: "utf8", env: { ...process.env, ...turkish } });
  console.log(`   the locale, a month, a small I: ${stdout.trim()}`);
  return stdout.trim() === JSON.stringify(["tr-TR", "Ocak", "\u0131"]);
}
