import { type AccessFlow, createInventoryIndex, defineAccessFlow, type InventoryIndex, type Resource } from "../accessflow.js";
import { asked, byHand, flowFor, makeResources } from "../inventory.js";
import type { Workload } from "../measure.js";

const count = 100_000;
const sizes = [100, 1_000, 10_000, 100_000];

export const workload: Workload = {
  id: "b4c",
  title: "Build and hold an index over 100,000 resources",
  cases: async () => {
    const resources = makeResources(count);
    const flows = asked.map((question) => flowFor(defineAccessFlow, question));
    const build = (): unknown => buildIndex(resources, flows);
    build();
    const held = heldBytes(build) / count;
    const timed = (make: () => unknown) => (): number => {
      const start = process.hrtime.bigint();
      make();
      return Number(process.hrtime.bigint() - start) / count;
    };
    const index = createInventoryIndex(resources);
    for (const flow of flows) index.count(flow);
    const added = { ...(resources[5] ?? { name: "", type: "", integration: "" }), id: "r-new" };
    return [
      {
        name: "a resource",
        rounds: 7,
        contenders: [
          { name: "positions by hand", role: "floor", sample: timed(() => byHand(resources)) },
          { name: "createInventoryIndex, names and tags in order", role: "accessflow", sample: timed(build) },
        ],
        goals: [],
        figures: [
          { name: "build, a resource", value: median(Array.from({ length: 7 }, timed(build))) / 1000, unit: "µs", atMost: 2 },
          { name: "held, a resource", value: held, unit: "B", atMost: 100 },
          {
            name: "one resource more, without a rebuild",
            value:
              (median(
                Array.from(
                  { length: 99 },
                  timed(() => index.with(added)),
                ),
              ) *
                count) /
              1000,
            unit: "µs",
            atMost: null,
          },
        ],
      },
    ];
  },
  growth: [
    { name: "positions by hand, all of them", unit: "resources", sizes, at: (size) => buildInTurns(size, byHand) },
    {
      name: "createInventoryIndex, all of it",
      unit: "resources",
      sizes,
      at: (size) => {
        const flows = asked.map((question) => flowFor(defineAccessFlow, question));
        return buildInTurns(size, (resources) => buildIndex(resources, flows));
      },
    },
  ],
};

/** Everything that is put in order when it is first asked for is asked for. */
function buildIndex(resources: readonly Resource[], flows: readonly AccessFlow[]): InventoryIndex {
  const index = createInventoryIndex(resources);
  for (const flow of flows) index.count(flow);
  return index;
}

function buildInTurns(size: number, build: (resources: readonly Resource[]) => unknown): () => unknown {
  const resources = makeResources(size);
  return () => build(resources);
}

/** What is measured must still be there when it is. */
const kept: unknown[] = [];

function heldBytes(make: () => unknown): number {
  const collect = (globalThis as { gc?: () => void }).gc ?? (() => {});
  const size = (): number => {
    for (let i = 0; i < 4; i += 1) collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = size();
  kept.push(make());
  return size() - before;
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}
