import { pathToFileURL } from "node:url";
import type { Sampled, Workload } from "../measure.js";
import { distFile, nanosecondsOf } from "../processes.js";

const imported = `const { isOpen } = await import(${JSON.stringify(pathToFileURL(distFile).href)});`;
const ask = (timeZone: string): string =>
  `isOpen({ kind: "onlyOn", days: ["monday"], from: "09:00", to: "17:30", timeZone: ${JSON.stringify(timeZone)} }, Date.UTC(2026, 2, 2, 9))`;
const timed = (setUp: string, question: string): string =>
  `${setUp} const start = process.hrtime.bigint(); if (${question} !== true) throw new Error("closed"); console.log(Number(process.hrtime.bigint() - start));`;
/** Whoever asks Intl for anything fails. */
const withoutIntl = "globalThis.Intl = new Proxy({}, { get() { throw new Error('Intl was asked'); } });";

export const workload: Workload = {
  id: "b6b",
  title: "The first question about a window in a fresh process",
  cases: async () => {
    const intl = `new Intl.DateTimeFormat("en-US", { timeZone: "Europe/Paris", hour: "numeric", hourCycle: "h23" }).format(Date.UTC(2026, 2, 2, 9)) === "10"`;
    const contenders: Sampled[] = [
      { name: "Intl itself", role: "floor", sample: () => nanosecondsOf(timed("", intl)) },
      { name: "isOpen in Europe/Paris", role: "accessflow", sample: () => nanosecondsOf(timed(imported, ask("Europe/Paris"))) },
      { name: "isOpen in UTC, without Intl", role: "accessflow", sample: () => nanosecondsOf(timed(imported + withoutIntl, ask("UTC"))) },
      {
        name: "isOpen always, without Intl",
        role: "accessflow",
        sample: () => nanosecondsOf(timed(imported + withoutIntl, `isOpen({ kind: "always" }, 0)`)),
      },
    ];
    const notes: string[] = [];
    const luxon = timed(
      `const { DateTime } = await import("luxon");`,
      `(DateTime.fromMillis(Date.UTC(2026, 2, 2, 9), { zone: "Europe/Paris" }).hour === 10)`,
    );
    try {
      nanosecondsOf(luxon);
      contenders.push({ name: "luxon", role: "peer", sample: () => nanosecondsOf(luxon) });
    } catch (error) {
      notes.push(`luxon is missing: ${(error as Error).message.split("\n")[0]}`);
    }
    return [
      {
        name: "first question",
        rounds: 15,
        contenders,
        // 12 ms where the first use of Intl took 10.5.
        goals: [{ of: "isOpen in Europe/Paris", against: "Intl itself", atMost: 12 / 10.5 }],
        notes: [...notes, "no curve: it is one question"],
      },
    ];
  },
};
