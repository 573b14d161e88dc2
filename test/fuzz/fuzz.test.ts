import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import type { Json } from "../../src/core/kernel/json.js";
import type { Finding } from "./fuzzer.js";
import { judgeWholly } from "./judge.js";
import { targets } from "./targets.js";

/*
 * A short run of `npm run fuzz` (README beside this file), every input that ever showed a fault, and doors with planted
 * faults, which the same fuzzer has to find.
 */

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = new URL("./cases/", import.meta.url);
const cases = readdirSync(folder).filter((name) => name.endsWith(".json"));

type Report = {
  readonly seed: number;
  readonly executions: number;
  readonly findings: readonly Finding[];
  readonly blocks: { readonly reached: number };
};

function fuzzed(...options: readonly string[]): Report {
  const run = spawnSync(process.execPath, ["--import", "tsx", "test/fuzz/run.ts", "--json", "--workers", "1", ...options], {
    ...{ cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: 2 ** 28 },
    // Without the variables that vitest sets for the tests of its own.
    env: { PATH: process.env["PATH"] },
  });
  return JSON.parse(run.stdout) as Report;
}

describe("the doors for what strangers wrote", () => {
  it("TH9, TH20, TH21: a short run finds nothing that throws, pollutes, changes its input, thaws, grows or does not end", () => {
    const { seed, executions, findings, blocks } = fuzzed("--executions", "14000");
    console.info(`fuzz: seed ${seed}, ${executions} executions, ${blocks.reached} blocks reached`);
    expect(findings).toEqual([]);
    expect(executions).toBeGreaterThanOrEqual(14_000);
    expect(blocks.reached).toBeGreaterThan(1_000);
  });

  it("are fuzzed each", () => {
    expect(targets.map(({ name }) => name)).toEqual([
      ...["parseAccessFlow", "parseQuery", "fromApono", "restoreApprovalState", "restoreRequestState"],
      ...["ApprovalStateMachine.transition", "RequestStateMachine.transition"],
    ]);
  });

  it("answer rightly to everything that once showed a fault", () => {
    const wrong = cases.flatMap((name) => {
      const { target: wanted, input } = JSON.parse(readFileSync(new URL(name, folder), "utf8")) as { target: string; input: Json };
      const target = targets.find((each) => each.name === wanted);
      return target === undefined ? [`${name}: no target ${wanted}`] : judgeWholly(target, input).map(({ says }) => `${name}: ${says}`);
    });
    expect(wrong).toEqual([]);
  });
});

/* Each of these faults shows by a change or two of a valid document: it is found whatever the seed. */
describe("doors with a planted fault", () => {
  let found: readonly string[] = [];
  beforeAll(() => {
    found = fuzzed("--planted", "--executions", "28000").findings.map(({ target, kind }) => `${target}: ${kind}`);
  });

  it.each(["throws", "pollutes", "mutates", "slow", "hangs", "grows"])("the one that %s is found", (kind) => {
    expect(found).toContain(`planted ${kind}: ${kind}`);
  });

  it("the one that answers what it must not is found", () => {
    expect(found).toContain("planted answers otherwise: answer");
  });
});
