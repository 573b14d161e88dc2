/*
 * How often answers about windows are wrong, under several zones of the machine: the parent starts a process for each, and
 * adds up. What is right is found by going forward minute by minute on a table of the zone's offsets, without any of the
 * arithmetic that contenders use.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { defineAccessFlow, isOpen, nextOpening } from "./accessflow.js";
import { clockPeers, smallHours, type Window, workTime } from "./clock-peers.js";
import { placeIn, type Table, tableOf, zoneNames } from "./clocks.js";
import type { Figure } from "./measure.js";
import { seededChance } from "./people.js";
import { schedulesOf } from "./schedules.js";
import { zoneTables } from "./zones.js";

export const hostZones: readonly string[] = ["UTC", "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"];

type Wrong = { readonly asked: number; readonly wrong: { readonly [contender: string]: number } };
type Question = { readonly zone: number; readonly at: number; readonly window: Window };

/** The figures of a page: questions are those of `kind`, in every zone of the machine. */
export function wrongAnswers(kind: "inside" | "next"): readonly Figure[] {
  const runs = hostZones.map((zone) => {
    const child = spawnSync(process.execPath, ["--import", "tsx", fileURLToPath(import.meta.url), kind], {
      encoding: "utf8",
      env: { ...process.env, TZ: zone },
    });
    if (child.status !== 0) throw new Error(`under ${zone}: ${child.stderr.slice(0, 500)}`);
    return JSON.parse(child.stdout) as Wrong;
  });
  const asked = runs.reduce((sum, run) => sum + run.asked, 0);
  return Object.keys(runs[0]?.wrong ?? {}).map((name) => ({
    name: `${name}, wrong of ${asked}, the machine in ${hostZones.length} zones`,
    value: runs.reduce((sum, { wrong }) => sum + (wrong[name] ?? 0), 0),
    unit: "answers",
    // Pinned zones are of another tz release than the runtime's, which is what is right here.
    atMost: name === "accessflow" ? 0 : null,
  }));
}

const minute = 60_000;
const tables: readonly Table[] = zoneNames.map(tableOf);

function isRightInside({ days, from, to }: Window, table: Table, at: number): boolean {
  const local = new Date(at + (table.offsets[placeIn(table, at)] ?? 0));
  const minutes = local.getUTCHours() * 60 + local.getUTCMinutes();
  return days.includes(local.getUTCDay() || 7) && minutes >= from && minutes < to;
}

function rightStart(window: Window, table: Table, at: number): number {
  if (isRightInside(window, table, at)) return at;
  let next = Math.ceil(at / minute) * minute;
  while (!isRightInside(window, table, next)) next += minute;
  return next;
}

/** Any instants, and some around every change of a zone's clocks, where answers go wrong. */
function questions(anywhere: number, hoursAround: readonly number[]): readonly Question[] {
  const random = seededChance(5);
  const [first, last] = [Date.UTC(1990, 0, 1), Date.UTC(2035, 0, 1)];
  return tables.flatMap(({ starts }, zone) => {
    const instants = Array.from({ length: anywhere }, () => Math.floor(first + random() * (last - first)));
    for (const start of starts) {
      if (start < first || start >= last) continue;
      for (const hours of hoursAround) instants.push(start + hours * 60 * minute + 20 * minute - 1);
    }
    return instants.flatMap((at) => [workTime, smallHours].map((window) => ({ zone, at, window })));
  });
}

type Answer = (question: Question) => unknown;

async function contenders(kind: string): Promise<ReadonlyMap<string, Answer>> {
  const schedules = new Map([workTime, smallHours].map((window) => [window, schedulesOf(defineAccessFlow, window)]));
  const scheduleOf = ({ window, zone }: Question): never => schedules.get(window)?.[zone] as never;
  const ask = kind === "inside" ? isOpen : nextOpening;
  const { peers } = await clockPeers();
  return new Map<string, Answer>([
    ["accessflow", (question) => ask(scheduleOf(question), question.at)],
    ["accessflow, pinned zones", (question) => ask(scheduleOf(question), question.at, zoneTables)],
    ...peers.map((peer): [string, Answer] => [
      peer.name,
      ({ window, zone, at }) => peer[kind === "inside" ? "isInside" : "nextStart"](window, zoneNames[zone] ?? "", at),
    ]),
  ]);
}

async function countWrong(kind: string): Promise<Wrong> {
  // When a window begins is asked less often: a library of dates takes a millisecond for it.
  const asked = kind === "inside" ? questions(400, [-30, -3, -1, -0.25, 0, 1, 3]) : questions(20, [-30, -1, 0]);
  const right = asked.map(({ window, zone, at }) => (kind === "inside" ? isRightInside : rightStart)(window, tables[zone] as Table, at));
  const wrong: Record<string, number> = {};
  for (const [name, answer] of await contenders(kind)) {
    wrong[name] = asked.filter((question, index) => answer(question) !== right[index]).length;
  }
  return { asked: asked.length, wrong };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(JSON.stringify(await countWrong(process.argv[2] ?? "")));
