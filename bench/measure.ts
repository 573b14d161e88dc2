/*
 * How contenders are compared: first their answers, then their times, in turns and in one process, so that
 * whatever else the machine does falls on all of them alike. What counts is the ratio within one round.
 */

export type Role = "accessflow" | "floor" | "peer" | "bound";

/** Somebody who answers a workload's questions. */
export type Contender = {
  readonly name: string;
  /**
   * `floor`: written by hand for this one question; the first one is what the others are compared with. `bound`: a part of the
   * work that every answer of this library needs; it decides nothing, and gives the answers it was told.
   */
  readonly role: Role;
  /** Answers the question of that number, 0 ≤ index < `questions`. Timed in batches. */
  readonly run: (index: number) => unknown;
  /** Whether answers are promises, which are then awaited one by one. */
  readonly asynchronous?: boolean | undefined;
  /** Turns an answer into what is compared, where forms differ. Not timed. */
  readonly answer?: ((answer: unknown) => unknown) | undefined;
};

/** Somebody who takes its own time, in nanoseconds: a process that starts, an import. */
export type Sampled = { readonly name: string; readonly role: Role; readonly sample: () => number | Promise<number> };

/** What a ratio is held against. `best peer` is the fastest of them. */
export type Goal = { readonly of: string; readonly against: string; readonly atMost: number };

/** An absolute figure: bytes, milliseconds. */
export type Figure = { readonly name: string; readonly value: number; readonly unit: string; readonly atMost: number | null };

export type Case = {
  readonly name: string;
  /** How many questions there are; every one is asked of everybody before anything is timed. */
  readonly questions: number;
  readonly contenders: readonly Contender[];
  readonly goals: readonly Goal[];
  readonly figures?: readonly Figure[] | undefined;
  /** Which peers are missing, and why. */
  readonly notes?: readonly string[] | undefined;
};

export type SampledCase = Omit<Case, "questions" | "contenders"> & { readonly rounds: number; readonly contenders: readonly Sampled[] };

/** How the time of one question grows with a size. */
export type Growth = {
  readonly name: string;
  readonly unit: string;
  readonly sizes: readonly number[];
  readonly at: (size: number) => (index: number) => unknown;
};

export type Workload = {
  readonly id: string;
  readonly title: string;
  readonly cases: () => Promise<readonly (Case | SampledCase)[]>;
  readonly growth?: readonly Growth[] | undefined;
};

export type Timing = {
  readonly name: string;
  readonly role: Role;
  readonly median: number;
  readonly spread: number;
  readonly toFloor: number;
};

export type GoalResult = Goal & { readonly measured: number; readonly reached: boolean };

export type CaseResult = {
  readonly name: string;
  readonly timings: readonly Timing[];
  readonly goals: readonly GoalResult[];
  readonly figures: readonly Figure[];
  readonly notes: readonly string[];
};

export type GrowthResult = {
  readonly name: string;
  readonly unit: string;
  readonly points: readonly { readonly size: number; readonly nanoseconds: number }[];
  /** The slope of log time over log size: 0 is independent of the size, 1 is in proportion to it. */
  readonly exponent: number;
};

type Timed = Pick<Contender, "run" | "asynchronous">;

/** A growth curve asks that many questions at each of its sizes. */
export const growthQuestions = 16;
const growthRounds = 31;

/** Many short batches: what disturbs a few of them does not show in the median. */
const mostRounds = 101;
const fewestRounds = 7;
const batchNanoseconds = 2e6;
/** Of the processor's time: optimised code comes from threads that a busy machine keeps waiting. */
const warmUpMicroseconds = 250e3;
const caseNanoseconds = 20e9;

export async function measureCase(asked: Case | SampledCase): Promise<CaseResult> {
  const samples = "rounds" in asked ? await sampleInTurns(asked) : await timeInTurns(asked);
  const floor = asked.contenders.find((contender) => contender.role === "floor") ?? asked.contenders[0];
  const timings = asked.contenders.map(({ name, role }): Timing => {
    const own = samples.get(name) ?? [];
    const middle = median(own);
    const spread = (quantile(own, 0.75) - quantile(own, 0.25)) / middle;
    return { name, role, median: middle, spread, toFloor: ratio(own, samples.get(floor?.name ?? "") ?? own) };
  });
  // A peer that is missing is no measure.
  const held = asked.goals.filter(({ against }) => against === "best peer" || samples.has(against));
  const goals = held.map((goal) => {
    const other = goal.against === "best peer" ? bestPeer(timings) : goal.against;
    const measured = ratio(samples.get(goal.of) ?? [], samples.get(other) ?? []);
    return {
      ...goal,
      against: goal.against === "best peer" ? `best peer (${other})` : goal.against,
      measured,
      reached: measured <= goal.atMost,
    };
  });
  return { name: asked.name, timings, goals, figures: asked.figures ?? [], notes: asked.notes ?? [] };
}

export async function measureGrowth(growth: Growth): Promise<GrowthResult> {
  const points: { readonly size: number; readonly nanoseconds: number }[] = [];
  for (const size of growth.sizes) {
    const timed = { run: growth.at(size) };
    const batch = await calibrate(timed, growthQuestions);
    const times: number[] = [];
    for (let round = 0; round < growthRounds; round += 1) times.push(await timeBatch(timed, batch, growthQuestions));
    points.push({ size, nanoseconds: median(times) });
  }
  return {
    name: growth.name,
    unit: growth.unit,
    points,
    exponent: slope(points.map(({ size, nanoseconds }) => [Math.log(size), Math.log(nanoseconds)])),
  };
}

/** Every contender's answer to every question, compared with the first one's. */
async function checkAnswers({ name, contenders, questions }: Case): Promise<void> {
  const [first, ...others] = contenders;
  if (first === undefined) throw new Error(`${name}: nobody to ask`);
  const kinds = new Set<string>();
  for (let index = 0; index < questions; index += 1) {
    const expected = await answerOf(first, index);
    kinds.add(expected);
    for (const other of others) {
      const given = await answerOf(other, index);
      if (given !== expected) throw new Error(`${name}, question ${index}: ${other.name} says ${given}, ${first.name} says ${expected}`);
    }
  }
  // Where all answers are alike, a contender that looks at nothing would pass.
  if (kinds.size < 2 && questions > 1) throw new Error(`${name}: all ${questions} questions have the same answer`);
}

async function answerOf({ run, answer }: Contender, index: number): Promise<string> {
  const given = await run(index);
  return JSON.stringify(answer === undefined ? given : answer(given)) ?? "undefined";
}

async function timeInTurns(asked: Case): Promise<ReadonlyMap<string, readonly number[]>> {
  await checkAnswers(asked);
  const { contenders, questions } = asked;
  const batches: number[] = [];
  for (const contender of contenders) batches.push(await calibrate(contender, questions));
  const samples = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  const start = process.hrtime.bigint();
  for (let round = 0; round < mostRounds; round += 1) {
    if (round >= fewestRounds && Number(process.hrtime.bigint() - start) > caseNanoseconds) break;
    // Another one begins in every round.
    for (let turn = 0; turn < contenders.length; turn += 1) {
      const position = (round + turn) % contenders.length;
      const contender = contenders[position];
      if (contender !== undefined) samples.get(contender.name)?.push(await timeBatch(contender, batches[position] ?? 1, questions));
    }
  }
  return samples;
}

async function sampleInTurns({ contenders, rounds: count }: SampledCase): Promise<ReadonlyMap<string, readonly number[]>> {
  const samples = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < count; round += 1) {
    for (const { name, sample } of contenders) samples.get(name)?.push(await sample());
  }
  return samples;
}

/** Warms up, and finds how many calls take about a batch's time. */
async function calibrate(timed: Timed, questions: number): Promise<number> {
  const start = process.cpuUsage();
  let fastest = Number.POSITIVE_INFINITY;
  for (let batch = 1; ; batch = Math.min(batch * 2, 1 << 16)) {
    // Too short a batch measures nothing.
    const taken = await timeBatch(timed, batch, questions);
    if (taken * batch > 50e3) fastest = Math.min(fastest, taken);
    if (fastest < Number.POSITIVE_INFINITY && process.cpuUsage(start).user > warmUpMicroseconds)
      return Math.max(1, Math.round(batchNanoseconds / fastest));
  }
}

/** Kept, so that no answer can be optimised away. */
let lastAnswer: unknown;

/**
 * Nanoseconds of the processor's time, whatever else the machine does: this process's, its threads for collection and
 * compilation included.
 */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1e3;
}

/** Nanoseconds for one call, over a batch. */
async function timeBatch({ run, asynchronous }: Timed, batch: number, questions: number): Promise<number> {
  if (asynchronous) return timeAwaiting(run, batch, questions);
  const start = processorTime();
  let index = 0;
  for (let i = 0; i < batch; i += 1) {
    lastAnswer = run(index);
    index += 1;
    if (index === questions) index = 0;
  }
  return (processorTime() - start) / batch;
}

async function timeAwaiting(run: Timed["run"], batch: number, questions: number): Promise<number> {
  const start = processorTime();
  for (let i = 0; i < batch; i += 1) lastAnswer = await run(i % questions);
  return (processorTime() - start) / batch;
}

export function takenAnswer(): unknown {
  return lastAnswer;
}

function bestPeer(timings: readonly Timing[]): string {
  const peers = timings.filter(({ role }) => role === "peer").sort((left, right) => left.median - right.median);
  return peers[0]?.name ?? "";
}

/** The median of the rounds' own ratios: what disturbs one round disturbs both sides of it. */
function ratio(own: readonly number[], other: readonly number[]): number {
  return median(own.map((value, round) => value / (other[round] ?? Number.NaN)));
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function slope(points: readonly (readonly [number, number])[]): number {
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  const over = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return over / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}
