/* What was measured, as text for the terminal and as a page of the documentation. */
import { writeFileSync } from "node:fs";
import type { CaseResult, GrowthResult } from "./measure.js";

export type WorkloadResult = {
  readonly id: string;
  readonly title: string;
  readonly cases: readonly CaseResult[];
  readonly growth: readonly GrowthResult[];
};

export type Results = {
  readonly machine: {
    readonly node: string;
    readonly system: string;
    readonly processor: string;
    readonly cores: number;
    readonly memory: string;
    /** Processes that wanted a processor in the last minute of the run. */
    readonly load: number;
  };
  readonly peers: { readonly [name: string]: string };
  readonly workloads: { readonly [id: string]: WorkloadResult };
};

export function printWorkload({ id, title, cases, growth }: WorkloadResult): string {
  const lines = [`\n${id}  ${title}`];
  for (const { name, timings, goals, figures, notes } of cases) {
    lines.push(`  ${name}`);
    for (const timing of timings) {
      const columns = [timing.name.padEnd(44), printTime(timing.median).padStart(10), `±${percent(timing.spread)}`.padStart(6)];
      lines.push(`    ${columns.join(" ")} ${`${short(timing.toFloor)} ×`.padStart(10)}`);
    }
    for (const goal of goals) {
      lines.push(
        `    ${goal.reached ? "reached" : "MISSED "} ${goal.of} ≤ ${short(goal.atMost)} × ${goal.against}: ${short(goal.measured)}`,
      );
    }
    for (const figure of figures) {
      const mark = figure.atMost === null ? "       " : figure.value <= figure.atMost ? "reached" : "MISSED ";
      lines.push(
        `    ${mark} ${figure.name}: ${short(figure.value)} ${figure.unit}${figure.atMost === null ? "" : ` (goal ≤ ${figure.atMost})`}`,
      );
    }
    for (const note of notes) lines.push(`    note: ${note}`);
  }
  for (const { name, unit, points, exponent } of growth) {
    lines.push(
      `  ${name}: ${points.map(({ size, nanoseconds }) => `${size} ${unit} ${printTime(nanoseconds)}`).join(", ")}; exponent ${exponent.toFixed(2)}`,
    );
  }
  return lines.join("\n");
}

export function writePage({ machine, peers, workloads }: Results, path: string): void {
  const all = Object.values(workloads);
  const lines = [
    "# Performance",
    "",
    "Written by `npm run bench -- --write`; the figures are those of one run, in `bench/results.json`.",
    "",
    `Node ${machine.node} on ${machine.system}, ${machine.cores} × ${machine.processor}, ${machine.memory}; load average ${machine.load}. Where it is above the number of cores, times of whole processes (B6) say more about the load.`,
    `Peers: ${Object.entries(peers)
      .map(([name, version]) => `${name} ${version}`)
      .join(", ")}.`,
    "",
    "All contenders of a workload first give their answers to the same questions; they are compared, and only then timed, in",
    "turns, in one process. *Floor* is code written by hand for that one question. A ratio is the median of the ratios of the",
    "rounds; the spread is the distance of the quartiles over the median.",
    "",
  ];
  lines.push(...summaryOf(all));
  for (const workload of all) lines.push(...sectionOf(workload));
  writeFileSync(path, `${lines.join("\n").trimEnd()}\n`);
}

/** Every goal in one table. */
function summaryOf(workloads: readonly WorkloadResult[]): readonly string[] {
  const rows = workloads.flatMap(({ id, cases }) => cases.flatMap((each) => goalsOf(each).map((goal) => ({ id, ...goal }))));
  const reached = rows.filter((row) => row.reached).length;
  return [
    `## Goals: ${reached} of ${rows.length} reached`,
    "",
    "| | question | goal | measured | |",
    "|---|---|--:|--:|---|",
    ...rows.map(({ id, question, goal, measured, reached: isReached }) => {
      return `| ${id.toUpperCase()} | ${question} | ${goal} | ${measured} | ${isReached ? "reached" : "**not reached**"} |`;
    }),
    "",
  ];
}

type GoalRow = { readonly question: string; readonly goal: string; readonly measured: string; readonly reached: boolean };

function goalsOf({ name, goals, figures }: CaseResult): readonly GoalRow[] {
  const ratios = goals.map((goal) => ({
    question: `${name}: ${goal.of}`,
    goal: `≤ ${short(goal.atMost)} × ${goal.against}`,
    measured: `${short(goal.measured)} ×`,
    reached: goal.reached,
  }));
  const amounts = figures.flatMap(({ name: of, value, unit, atMost }) => {
    if (atMost === null) return [];
    return [{ question: `${name}: ${of}`, goal: `≤ ${atMost} ${unit}`, measured: `${short(value)} ${unit}`, reached: value <= atMost }];
  });
  return [...ratios, ...amounts];
}

function sectionOf({ id, title, cases, growth }: WorkloadResult): readonly string[] {
  const lines = [`## ${id.toUpperCase()} ${title}`, ""];
  for (const { name, timings, goals, figures, notes } of cases) {
    if (timings.length > 0) {
      lines.push(`| ${name} | median | spread | × floor |`, "|---|--:|--:|--:|");
      for (const { name: who, median, spread, toFloor } of timings)
        lines.push(`| ${who} | ${printTime(median)} | ${percent(spread)} | ${short(toFloor)} |`);
      lines.push("");
    }
    for (const goal of goals) {
      lines.push(
        `- ${goal.of} ≤ ${short(goal.atMost)} × ${goal.against}: ${short(goal.measured)}, ${goal.reached ? "reached" : "**not reached**"}`,
      );
    }
    for (const figure of figures) {
      const reached =
        figure.atMost === null ? "" : ` (goal ≤ ${figure.atMost}, ${figure.value <= figure.atMost ? "reached" : "**not reached**"})`;
      lines.push(`- ${name}, ${figure.name}: ${short(figure.value)} ${figure.unit}${reached}`);
    }
    for (const note of notes) lines.push(`- ${note}`);
    if (goals.length + figures.length + notes.length > 0) lines.push("");
  }
  if (growth.length > 0) {
    for (const { name, unit, points, exponent } of growth) {
      lines.push(
        `| ${name} | ${points.map(({ size }) => `${size} ${unit}`).join(" | ")} | exponent |`,
        `|---|${"--:|".repeat(points.length + 1)}`,
      );
      lines.push(`| time | ${points.map(({ nanoseconds }) => printTime(nanoseconds)).join(" | ")} | ${exponent.toFixed(2)} |`, "");
    }
  }
  return lines;
}

function printTime(nanoseconds: number): string {
  if (nanoseconds < 1e3) return `${short(nanoseconds)} ns`;
  if (nanoseconds < 1e6) return `${short(nanoseconds / 1e3)} µs`;
  return nanoseconds < 1e9 ? `${short(nanoseconds / 1e6)} ms` : `${short(nanoseconds / 1e9)} s`;
}

function short(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (Number.isInteger(value)) return String(value);
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(value < 0.1 ? 3 : 2);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
