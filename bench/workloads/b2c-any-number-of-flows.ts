import { type AccessFlow, createFlowIndex, defineAccessFlow, type FlowIndex } from "../accessflow.js";
import { fleetGroups, floorIndex, makeFlows } from "../fleet.js";
import { type Case, type Figure, growthQuestions, type Workload } from "../measure.js";
import { makePeople, type Person } from "../people.js";

const monday = Date.UTC(2026, 2, 2, 9);
const sizes = [100, 1_000, 10_000, 100_000];
const people = makePeople(growthQuestions, fleetGroups);
const person = (index: number): Person => people[index] as Person;

export const workload: Workload = {
  id: "b2c",
  title: "From 100 to 100,000 flows; what the index costs; one flow more or less",
  cases: async () => [oneFlowMore(10_000)],
  growth: [
    { name: "index by hand", unit: "flows", sizes, at: (size) => askFloor(size) },
    { name: "FlowIndex.eligible", unit: "flows", sizes, at: (size) => askIndex(size) },
    {
      name: "FlowIndex.eligible, as many flows for this person whatever the fleet",
      unit: "flows",
      sizes,
      at: (size) => askIndex(size, 100),
    },
  ],
};

function askFloor(size: number): (index: number) => unknown {
  const floor = floorIndex(makeFlows(size));
  return (index) => floor(person(index), monday);
}

/** `relevant`: so many of the flows are about this company's groups, the others about another's. */
function askIndex(size: number, relevant = size): (index: number) => unknown {
  const others = makeFlows(size - relevant, 12).map((flow) => ({ ...flow, id: `other-${flow.id}`, requestors: elsewhere }));
  const index = createFlowIndex([...makeFlows(relevant), ...others].map(defineAccessFlow));
  return (number) => index.eligible(person(number), monday);
}

const elsewhere = { combinator: "and" as const, conditions: [{ attribute: "group", operator: "is" as const, values: ["elsewhere"] }] };

function oneFlowMore(size: number): Case {
  const flows = makeFlows(size).map(defineAccessFlow);
  const index = createFlowIndex(flows);
  const added = makeFlows(64, 99).map((flow) => defineAccessFlow({ ...flow, id: `added-${flow.id}` }));
  const add = (number: number): AccessFlow => added[number] as AccessFlow;
  const first = (made: unknown): unknown => (made as FlowIndex).eligible(person(0), monday).length;
  return {
    name: `${size} flows`,
    questions: added.length,
    contenders: [
      { name: "made anew with one more", role: "floor", run: (number) => createFlowIndex([...flows, add(number)]), answer: first },
      { name: "with one more", role: "accessflow", run: (number) => index.with(add(number)), answer: first },
      {
        name: "with one more, then without it",
        role: "accessflow",
        run: (number) => index.with(add(number)).without(add(number).id).with(add(number)),
        answer: first,
      },
    ],
    goals: [{ of: "with one more", against: "made anew with one more", atMost: 0.05 }],
    figures: sizes.slice(1).flatMap(costs),
  };
}

/** What an index costs beside the flows themselves. */
function costs(size: number): readonly Figure[] {
  const flows = makeFlows(size).map(defineAccessFlow);
  const collect = (globalThis as { gc?: () => void }).gc ?? (() => {});
  const times: number[] = [];
  for (let round = 0; round < (size > 10_000 ? 3 : 9); round += 1) {
    // The processor's time, other threads of this process included: a build is longer than a turn on a busy machine.
    const start = process.cpuUsage();
    createFlowIndex(flows);
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / size);
  }
  collect();
  const before = process.memoryUsage();
  const kept = createFlowIndex(flows);
  collect();
  const after = process.memoryUsage();
  const bytes = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
  if (kept.size !== size) throw new Error("flows are missing");
  const build = times.sort((left, right) => left - right)[Math.floor(times.length / 2)] ?? 0;
  return [
    { name: `memory a flow, of ${size}`, value: bytes / size, unit: "bytes", atMost: 700 },
    { name: `build a flow, of ${size}`, value: build, unit: "µs", atMost: 6 },
  ];
}
