import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Json } from "../../src/core/kernel/json.js";
import { watchCoverage } from "./coverage.js";
import { fuzz } from "./fuzzer.js";
import { plantedTargets } from "./planted.js";
import { targets } from "./targets.js";

/*
 * One process of the fuzzer: `work.mjs target seed executions corpus stage`. Watching what runs makes everything slower, so
 * the stage `guided` looks for inputs that reach something and leaves them in the file `corpus`, and `plain` goes on from there.
 * The outcome is the only line.
 */

const [name, seed, executions, corpus = "", stage] = process.argv.slice(2);
const target = [...targets, ...plantedTargets].find((each) => each.name === name);
const { gc } = globalThis;
if (target === undefined || gc === undefined) throw new Error("started by run.ts, with a target and --expose-gc");

const script = fileURLToPath(import.meta.url);
const coverage = stage === "guided" ? watchCoverage(import.meta.url, readFileSync(script, "utf8")) : null;
const found = stage === "guided" ? [] : (JSON.parse(readFileSync(corpus, "utf8")) as Json[]);
const outcome = fuzz(target, { seed: Number(seed), executions: Number(executions), found, coverage }, gc);
if (stage === "guided") writeFileSync(corpus, JSON.stringify(outcome.found));
console.log(JSON.stringify({ ...outcome, found: [] }));
