import { defineAccessFlow, isOpen } from "../accessflow.js";
import { formatterOf } from "../clocks.js";
import type { Workload } from "../measure.js";
import { scheduleIn } from "../schedules.js";

/** Zones that nothing has asked for yet; each can be new only once in a process. */
const unseen: readonly string[] = Intl.supportedValuesOf("timeZone").filter((name) => name.includes("/") && !name.startsWith("Etc/"));

const at = Date.UTC(2026, 2, 2, 9);

export const workload: Workload = {
  id: "b3c",
  title: "The first question in a zone, warm process",
  cases: async () => {
    // A zone is asked for at its definition; what is timed is that and the first question.
    isOpen(scheduleIn(defineAccessFlow, "Europe/Paris"), at);
    const times: number[] = [];
    const formatters: number[] = [];
    for (const name of unseen.slice(0, 200)) {
      const start = process.hrtime.bigint();
      isOpen(scheduleIn(defineAccessFlow, name), at);
      times.push(Number(process.hrtime.bigint() - start));
    }
    for (const name of unseen.slice(200, 300)) {
      const start = process.hrtime.bigint();
      formatterOf(name).formatToParts(at);
      formatters.push(Number(process.hrtime.bigint() - start));
    }
    const held = heldBytes();
    let next = 0;
    let formatter = 0;
    return [
      {
        name: "a zone that nothing asked for before",
        rounds: 100,
        contenders: [
          {
            name: "a formatter of Intl, and one look",
            role: "floor",
            sample: () => formatters[formatter++ % formatters.length] ?? Number.NaN,
          },
          { name: "definition and isOpen", role: "accessflow", sample: () => times[next++ % times.length] ?? Number.NaN },
        ],
        goals: [],
        figures: [
          { name: "first question in a zone, median", value: median(times) / 1e6, unit: "ms", atMost: 0.4 },
          { name: "held for a zone, all of 1990 to 2035 asked", value: held / 1024, unit: "kB", atMost: 24 },
        ],
        notes: ["no curve: a zone is new once, and what it costs does not depend on how many there are"],
      },
    ];
  },
};

/** What forty zones hold on the heap after every week of 45 years was asked for; the formatters themselves are of the runtime, and not on it. */
function heldBytes(): number {
  const names = unseen.slice(300, 340);
  const schedules = names.map((name) => scheduleIn(defineAccessFlow, name));
  const collect = (globalThis as { gc?: () => void }).gc ?? (() => {});
  collect();
  const before = process.memoryUsage();
  for (const schedule of schedules) for (let t = Date.UTC(1990, 0, 1); t < Date.UTC(2035, 0, 1); t += 7 * 86_400_000) isOpen(schedule, t);
  collect();
  const after = process.memoryUsage();
  return (after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / names.length;
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}
