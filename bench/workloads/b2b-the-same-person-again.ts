import { createFlowIndex, defineAccessFlow, prepareIdentity } from "../accessflow.js";
import { fleetGroups, floorIndex, makeFlows } from "../fleet.js";
import { growthQuestions, type Workload } from "../measure.js";
import { makePeople, type Person } from "../people.js";

const monday = Date.UTC(2026, 2, 2, 9);

export const workload: Workload = {
  id: "b2b",
  title: "The same prepared person again, unchanged, as time goes on",
  cases: async () => {
    const plain = makeFlows(10_000);
    const floor = floorIndex(plain);
    const index = createFlowIndex(plain.map(defineAccessFlow));
    const [first] = makePeople(1, fleetGroups) as readonly [Person];
    const prepared = prepareIdentity(first);
    const at = (number: number): number => monday + number * 1_800_000;
    const sorted = (ids: unknown): unknown => [...(ids as string[])].sort();
    return [
      {
        name: "10,000 flows",
        questions: 16,
        contenders: [
          { name: "index by hand, from the start", role: "floor", run: (number) => floor(first, at(number)), answer: sorted },
          {
            name: "FlowIndex.eligible, prepared",
            role: "accessflow",
            run: (number) => index.eligible(prepared, at(number)),
            answer: sorted,
          },
        ],
        goals: [{ of: "FlowIndex.eligible, prepared", against: "index by hand, from the start", atMost: 0.06 }],
      },
    ];
  },
  growth: [
    {
      name: "FlowIndex.eligible, prepared",
      unit: "flows",
      sizes: [100, 1_000, 10_000, 100_000],
      at: (size) => {
        const index = createFlowIndex(makeFlows(size).map(defineAccessFlow));
        const prepared = makePeople(growthQuestions, fleetGroups).map(prepareIdentity);
        return (number) => index.eligible(prepared[number] as (typeof prepared)[number], monday);
      },
    },
  ],
};
