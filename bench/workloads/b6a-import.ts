import { pathToFileURL } from "node:url";
import type { Figure, Sampled, Workload } from "../measure.js";
import { bundle, distFile, importTime } from "../processes.js";

const peers = ["@casl/ability", "xstate", "casbin", "date-fns-tz", "json-logic-engine", "luxon"];
const ours = pathToFileURL(distFile).href;

export const workload: Workload = {
  id: "b6a",
  title: "Import of the root entry in a fresh process, as it is and bundled into one file",
  cases: async () => {
    const figures: Figure[] = [];
    const notes: string[] = [];
    const own = await bundle("accessflow", distFile);
    figures.push({ name: "accessflow, bundled, gzip", value: own.bytes / 1000, unit: "kB", atMost: 20 });
    const contenders: Sampled[] = [
      { name: "an empty file", role: "floor", sample: () => importTime("data:text/javascript,export {}") },
      { name: "accessflow", role: "accessflow", sample: () => importTime(ours) },
      { name: "accessflow, bundled", role: "accessflow", sample: () => importTime(own.file) },
    ];
    for (const name of peers) {
      try {
        const bundled = await bundle(name, name);
        importTime(name);
        importTime(bundled.file);
        contenders.push(
          { name, role: "peer", sample: () => importTime(name) },
          { name: `${name}, bundled`, role: "peer", sample: () => importTime(bundled.file) },
        );
        figures.push({ name: `${name}, bundled, gzip`, value: bundled.bytes / 1000, unit: "kB", atMost: null });
      } catch (error) {
        notes.push(`${name} is missing: ${(error as Error).message.split("\n")[0]}`);
      }
    }
    return [
      {
        name: "import",
        rounds: 15,
        contenders,
        // 3 ms and 1.5 ms where casl took 8 and 1.3: milliseconds of another machine are none of this one.
        goals: [
          { of: "accessflow", against: "@casl/ability", atMost: 3 / 8 },
          { of: "accessflow, bundled", against: "@casl/ability, bundled", atMost: 1.5 / 1.3 },
        ],
        figures,
        notes: [...notes, "no curve: an import has no size but its own"],
      },
    ];
  },
};
