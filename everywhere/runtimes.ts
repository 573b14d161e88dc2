import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { EdgeVM } from "@edge-runtime/vm";
import { type Bundles, root } from "./bundle.js";
import type { Checked } from "./checks.js";

/** What came of a run. `notRun`: why it was not; it has then shown nothing. */
export type Outcome = { readonly passed: number; readonly failed: number; readonly notes: readonly string[]; readonly notRun?: string };

const folder = join(root, "everywhere", "node_modules");
const platform = `${process.platform}-${process.arch}`;
/** As the packages of each runtime call this platform. */
const places = {
  bun: `@oven/bun-${platform.replace("arm64", "aarch64")}/bin/bun`,
  deno: `@deno/${process.platform === "linux" ? `${platform}-glibc` : platform}/deno`,
  workerd: `@cloudflare/workerd-${platform.replace("linux-x64", "linux-64")}/bin/workerd`,
};

/** The environment under which a program speaks Turkish, where it goes by the environment. */
export const turkish = { LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8" } as const;

export const zones = ["UTC", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe", "Asia/Kathmandu"] as const;

/** The Node.js of a major version: the one that runs this, or the one beside this file. */
export function nodeOf(major: string): string | null {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const path = join(folder, `node-${major}-${platform}`, "bin", "node");
  return existsSync(path) ? path : null;
}

/** Runs a program and reads the result of the checks from what it prints. */
function checked(program: string | null, args: readonly string[], env: Readonly<Record<string, string>> = {}): Outcome {
  if (program === null || !existsSync(program)) return missing(`no binary for ${platform} is installed`);
  const run = spawnSync(program, args, { encoding: "utf8", env: { ...process.env, ...env }, maxBuffer: 2 ** 28, timeout: 300_000 });
  return outcomeOf(run.stdout, `${run.error?.message ?? ""} ${run.stderr}`, env["TZ"]);
}

/** What came of runs of a program, with its version before it. */
function withVersion(program: string | null, outcome: Outcome): Outcome {
  if (program === null || outcome.notRun !== undefined) return outcome;
  const { stdout } = spawnSync(program, ["--version"], { encoding: "utf8" });
  return { ...outcome, notes: [stdout.split("\n")[0]?.replace(/ \(.*/, "").trim() || "unknown version", ...outcome.notes] };
}

/** Checks in another zone than was asked for have shown nothing of that zone. */
function outcomeOf(printed: string, otherwise: string, asked?: string): Outcome {
  const line = printed.split("\n").find((each) => each.startsWith("RESULT "));
  if (line === undefined) return { passed: 0, failed: 1, notes: [`no result: ${otherwise.slice(0, 2_000)}`] };
  const { passed, failed, timeZone, locale } = JSON.parse(line.slice("RESULT ".length)) as Checked;
  if (asked !== undefined && canonical(asked) !== canonical(timeZone)) return missing(`TZ=${asked} did not take effect: ${timeZone}`);
  const seen = `${timeZone}, ${locale}: ${passed} passed, ${failed.length} failed`;
  return { passed, failed: failed.length, notes: [seen, ...failed.slice(0, 20)] };
}

/** One name for a zone that has several: runtimes differ in which they say. */
function canonical(zone: string): string {
  return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
}

export function missing(reason: string): Outcome {
  return { passed: 0, failed: 0, notes: [], notRun: reason };
}

/** Sums of runs; where one was not run, all of them were not. */
export function together(outcomes: readonly Outcome[]): Outcome {
  const gone = outcomes.find(({ notRun }) => notRun !== undefined);
  if (gone !== undefined) return gone;
  const sum = (each: (outcome: Outcome) => number): number => outcomes.reduce((total, outcome) => total + each(outcome), 0);
  return { passed: sum(({ passed }) => passed), failed: sum(({ failed }) => failed), notes: outcomes.flatMap(({ notes }) => notes) };
}

/**
 * The checks of the built package, found by its name, in every time zone, and once under a Turkish environment. The notes
 * say which language each went by: Bun follows no variable.
 */
const inZones = (program: string | null, args: readonly string[]): Outcome =>
  withVersion(
    program,
    together([...zones.map((zone) => checked(program, args, { TZ: zone })), checked(program, args, { TZ: "UTC", ...turkish })]),
  );

export const runtimes: { readonly [name: string]: (bundles: Bundles) => Outcome | Promise<Outcome> } = {
  node20: ({ byName }) => inZones(nodeOf("20"), [byName]),
  node22: ({ byName }) => inZones(nodeOf("22"), [byName]),
  node24: ({ byName }) => inZones(nodeOf("24"), [byName]),
  bun: ({ byName }) => inZones(join(folder, places.bun), ["run", byName]),
  deno: ({ byName }) => inZones(join(folder, places.deno), ["run", "--no-remote", "--node-modules-dir=manual", byName]),

  workerd({ worker }) {
    const config = join(dirname(worker), "workerd.capnp");
    const modules = `[(name = "worker", esModule = embed "${worker.slice(dirname(worker).length + 1)}")]`;
    const service = `(name = "checks", worker = (modules = ${modules}, compatibilityDate = "2026-04-01"))`;
    writeFileSync(config, `using Workerd = import "/workerd/workerd.capnp";\nconst config :Workerd.Config = (services = [${service}]);\n`);
    const program = join(folder, places.workerd);
    return withVersion(program, checked(program, ["test", config]));
  },

  async edge({ script }) {
    const vm = new EdgeVM();
    vm.evaluate(readFileSync(script, "utf8"));
    return outcomeOf((await vm.evaluate<Promise<string>>("checkAll()")) as string, "");
  },

  async chromium({ script }) {
    const names = ["chromium", "chromium-browser", "google-chrome"].flatMap((name) =>
      (process.env["PATH"] ?? "").split(":").map((place) => join(place, name)),
    );
    const path = process.env["ACCESSFLOW_CHROMIUM"] ?? names.find((each) => existsSync(each));
    if (path === undefined || !existsSync(path)) return missing("no Chromium: none on PATH, and ACCESSFLOW_CHROMIUM names none");
    const library = join(folder, "playwright-core", "index.mjs");
    if (!existsSync(library)) return missing("playwright-core is not installed");
    const { chromium } = (await import(library)) as { chromium: Launcher };
    const browser = await chromium.launch({ executablePath: path, args: ["--no-sandbox"] });
    try {
      const page = await browser.newPage();
      await page.addScriptTag({ content: readFileSync(script, "utf8") });
      return outcomeOf(await page.evaluate("checkAll()"), "");
    } finally {
      await browser.close();
    }
  },
};

/** The part of playwright-core that is used: it is installed here only. */
type Launcher = {
  readonly launch: (options: { executablePath: string; args: readonly string[] }) => Promise<{
    readonly newPage: () => Promise<{
      readonly addScriptTag: (tag: { content: string }) => Promise<unknown>;
      readonly evaluate: (expression: string) => Promise<string>;
    }>;
    readonly close: () => Promise<void>;
  }>;
};
