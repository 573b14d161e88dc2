import { performance } from "node:perf_hooks";
import { Script } from "node:vm";
import type { Json } from "../../src/core/kernel/json.js";
import type { Coverage, News } from "./coverage.js";
import { freezeIntrinsics, intrinsicsNow, mendIntrinsics } from "./intrinsics.js";
import { type Care, type Fault, judge } from "./judge.js";
import { anyValue, type Dictionary, dictionaryOf, mutated } from "./mutate.js";
import { type Random, randomOf } from "./random.js";
import { shrunk } from "./shrink.js";
import type { Target } from "./targets.js";

/** What is wrong, and the input that shows it. */
export type Finding = Fault & { readonly target: string; readonly seed: number; readonly input: Json };

export type Outcome = {
  readonly target: string;
  readonly executions: number;
  readonly milliseconds: number;
  readonly seeds: number;
  readonly corpus: number;
  /** What reached something new. */
  readonly found: readonly Json[];
  readonly known: readonly number[];
  readonly reached: readonly number[];
  readonly findings: readonly Finding[];
  /** MiB in use after collections of garbage, one every so many executions. */
  readonly heap: readonly number[];
  readonly slowest: number;
};

/**
 * What an execution may take, in milliseconds, and for every thousand characters of its input. Only what takes longer three
 * times more, alone, is a finding. It tells what hangs from what does not: how fast things are, the benchmarks say.
 */
const mostTime = 50;
const mostTimePerThousand = 1;
/** What a batch may take before its execution under way is asked what it is doing. */
const mostBatchTime = 8_000;
/** What the heap may grow, in MiB, once the first part of a run is over. */
const mostGrowth = 64;
/** What the corpus may grow to, in characters. */
const mostFound = 4_000_000;
const hanging: Fault = { kind: "hangs", says: "it does not end" };

declare global {
  /** What the watched script runs. */
  var runBatchOfFuzzer: (() => void) | undefined;
}

/** What a run begins with. `found`: inputs that reached something, of an earlier run; `coverage`: guides this one. */
export type Start = {
  readonly seed: number;
  readonly executions: number;
  readonly found: readonly Json[];
  readonly coverage: Coverage | null;
};

/** Executes one target so many times, on inputs that a seed decides. */
export function fuzz(target: Target, { seed, executions, found: before, coverage }: Start, collect: () => void): Outcome {
  const random = randomOf(seed);
  const seeds = [...target.seeds(seed)].sort((left, right) => JSON.stringify(left).length - JSON.stringify(right).length);
  const dictionary = dictionaryOf(seeds);
  const found = boundedList(mostFound);
  const followed = boundedList(mostFound);
  for (const input of before) found.add(input);
  const findings = new Map<string, Finding>();
  const note = (fault: Fault, input: Json): void => {
    const key = `${fault.kind} ${fault.says.replaceAll(/[\d"'].*/g, "")}`;
    if (!findings.has(key) && findings.size < 20) findings.set(key, { ...fault, target: target.name, seed, input });
  };

  const isNoted = (wanted: Fault["kind"]): boolean => [...findings.values()].some(({ kind }) => kind === wanted);

  const snapshot = intrinsicsNow();
  for (const input of seeds) {
    for (const care of ["thorough", "unchanged", "frozen"] as const) {
      if (isNoted("hangs")) break;
      const run = (): void => {
        const { fault } = judge(target, input, care);
        if (fault !== null) note(fault, input);
      };
      if (!isDoneWithin(run, mostBatchTime)) note(hanging, input);
      const says = mendIntrinsics(snapshot);
      if (says !== null) note({ kind: "pollutes", says }, input);
    }
  }
  learnAll(coverage);

  const heap: number[] = [];
  const began = performance.now();
  let [done, slowest, size, isFrozen] = [0, 0, 250, false];
  const heapAfter = Math.max(1, Math.floor(executions / 5));
  // What hangs once hangs often: the first is enough to know.
  while (done < executions && !isNoted("hangs")) {
    if (!isFrozen && done * 2 >= executions) {
      freezeIntrinsics();
      isFrozen = true;
    }
    const inputs = Array.from({ length: Math.min(size, executions - done) }, () =>
      inputOf(target, [seeds, found.items, followed.items], dictionary, random),
    );
    const batchBegan = performance.now();
    slowest = Math.max(slowest, runBatch(target, inputs, done, note, followed.add));
    const batchTime = performance.now() - batchBegan;
    if (mendIntrinsics(snapshot) !== null) for (const input of inputs) notePollution(target, input, snapshot, note);
    const lookBegan = performance.now();
    const news = coverage?.news();
    if (coverage && news) {
      for (const input of reaching(target, inputs, coverage)) found.add(input);
      coverage.learn(news);
    }
    // Looking costs the same whatever was run: larger batches where it would be a large part of the time.
    if ((performance.now() - lookBegan) * 10 > batchTime && size < 2_000) size *= 2;
    if (Math.floor(done / heapAfter) !== Math.floor((done + inputs.length) / heapAfter)) heap.push(heapNow(collect));
    done += inputs.length;
  }
  const [first = 0] = heap;
  if (Math.max(...heap) > first + mostGrowth) note({ kind: "grows", says: `the heap grows: ${heap.join(", ")} MiB` }, null);
  const { known, reached } = coverage?.blocks() ?? { known: [], reached: [] };
  const milliseconds = performance.now() - began;
  const corpus = found.items.length + followed.items.length;
  return {
    ...{ target: target.name, executions: done, milliseconds, seeds: seeds.length, corpus, known, reached, heap, slowest },
    found: found.items,
    findings: [...findings.values()].map((finding) => shrunk(target, finding)),
  };
}

/** What is executed next: seldom anything at all, mostly something known with a few changes. */
function inputOf(target: Target, known: readonly (readonly Json[])[], dictionary: Dictionary, random: Random): Json {
  if (random.oneIn(20)) return anyValue(dictionary, random, 5);
  const filled = known.filter((list) => list.length > 0);
  const list = filled[random.below(filled.length)] ?? [];
  // Rather the small ones: they take less time, and show as much.
  const most = Math.max(1, list.length);
  const base = list[Math.min(random.below(most), random.below(most))] ?? null;
  const { part } = target;
  if (part === undefined || typeof base !== "object" || base === null || random.oneIn(8)) return mutated(base, dictionary, random);
  const record = base as { readonly [key: string]: Json };
  return { ...record, [part]: mutated(record[part] ?? null, dictionary, random) };
}

/** Executes inputs one after the other, under a watch that ends what never ends. The longest time that one took. */
function runBatch(
  target: Target,
  inputs: readonly Json[],
  before: number,
  note: (fault: Fault, input: Json) => void,
  follow: (next: Json) => void,
): number {
  let [at, slowest] = [0, 0];
  const run = (): void => {
    for (; at < inputs.length; at += 1) {
      const input = inputs[at] as Json;
      const began = performance.now();
      const { fault, next } = judge(target, input, careOf(before + at));
      const took = performance.now() - began;
      if (took > slowest) slowest = took;
      if (fault !== null) note(fault, input);
      if (took > mostTime && isSlowAlone(target, input))
        note({ kind: "slow", says: `it takes more than ${mostTime} ms, each time` }, input);
      if (next !== undefined) follow(next);
    }
  };
  while (at < inputs.length) {
    if (isDoneWithin(run, mostBatchTime)) break;
    const input = inputs[at] as Json;
    if ([1, 2, 3].every(() => !isDoneWithin(() => void judge(target, input, "quick"), 1_000))) {
      note(hanging, input);
      break;
    }
    at += 1;
  }
  return slowest;
}

/** Most executions are only judged by their answer; one in ten is looked at more closely. */
function careOf(execution: number): Care {
  switch (execution % 30) {
    case 0:
      return "thorough";
    case 10:
      return "unchanged";
    case 20:
      return "frozen";
    default:
      return "quick";
  }
}

/** Other processes make anything slow: what counts is three times more alone, in time of the processor. */
function isSlowAlone(target: Target, input: Json): boolean {
  const most = mostTime + (mostTimePerThousand * JSON.stringify(input).length) / 1_000;
  return [1, 2, 3].every(() => {
    const began = process.cpuUsage();
    judge(target, input, "quick");
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1_000 > most;
  });
}

const watched = new Script("runBatchOfFuzzer()");

/** Whether something comes to an end within so many milliseconds; what does not is ended. */
function isDoneWithin(run: () => void, timeout: number): boolean {
  globalThis.runBatchOfFuzzer = run;
  try {
    watched.runInThisContext({ timeout });
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return false;
    throw error;
  } finally {
    // Kept, not deleted: the names of the global object are part of what is watched.
    globalThis.runBatchOfFuzzer = undefined;
  }
}
globalThis.runBatchOfFuzzer = undefined;

function notePollution(
  target: Target,
  input: Json,
  snapshot: ReturnType<typeof intrinsicsNow>,
  note: (fault: Fault, input: Json) => void,
): void {
  judge(target, input, "quick");
  const says = mendIntrinsics(snapshot);
  if (says !== null) note({ kind: "pollutes", says }, input);
}

/** The inputs of a batch by which something ran that never ran before, a few of them, each looked for by halves. */
function reaching(target: Target, inputs: readonly Json[], coverage: Coverage): Json[] {
  const newsOf = (part: readonly Json[]): News | null => {
    for (const input of part) judge(target, input, "quick");
    return coverage.news();
  };
  const reached: Json[] = [];
  for (let rounds = 0; rounds < 4; rounds += 1) {
    let [from, to] = [0, inputs.length];
    while (to - from > 1) {
      const middle = (from + to) >> 1;
      if (newsOf(inputs.slice(from, middle)) === null) from = middle;
      else to = middle;
    }
    const one = inputs.slice(from, to);
    const news = newsOf(one);
    // What runs only the first time is reached by nothing that could be kept.
    if (news === null) break;
    coverage.learn(news);
    reached.push(...one);
  }
  return reached;
}

function learnAll(coverage: Coverage | null): void {
  const news = coverage?.news();
  if (coverage && news) coverage.learn(news);
}

function heapNow(collect: () => void): number {
  collect();
  return Math.round(process.memoryUsage().heapUsed / 2 ** 20);
}

/** A list that forgets its oldest entries, so that all together stay under so many characters. */
function boundedList(most: number): { readonly items: Json[]; readonly add: (item: Json) => void } {
  const items: Json[] = [];
  const sizes: number[] = [];
  let total = 0;
  const add = (item: Json): void => {
    const size = JSON.stringify(item).length;
    // What is large is slow, and mostly large in one place.
    if (size > 6_000) return;
    items.push(item);
    sizes.push(size);
    total += size;
    while (total > most) {
      items.shift();
      total -= sizes.shift() ?? 0;
    }
  };
  return { items, add };
}
