import { defineAccessFlow, type ResolvedTargets, type Resource, resolveTargets } from "../accessflow.js";
import { type Asked, asked, checkedByHand, filtered, flowFor, inNoOrder, makeResources } from "../inventory.js";
import { inventoryPeers } from "../inventory-peers.js";
import type { Case, Workload } from "../measure.js";

const floor = "filter and a set";
const checked = "by hand, records checked";
const ours = "resolveTargets, every record checked";

export const workload: Workload = {
  id: "b4b",
  title: "What a target gives on 100,000 resources, asked once",
  cases: async () => {
    const resources = makeResources(100_000);
    const cases: Case[] = [];
    for (const question of asked) cases.push(await caseOf(question.name, resources, question));
    cases.push(await caseOf("any, in no order of ids", inNoOrder(resources), asked[0] as Asked));
    return cases;
  },
  growth: [
    ...[floor, checked, ours].map((name) => ({
      name: `${name}, all four questions in turns`,
      unit: "resources",
      sizes: [100, 1_000, 10_000, 100_000],
      at: (size: number) => askInTurns(name, makeResources(size)),
    })),
  ],
};

async function caseOf(name: string, resources: readonly Resource[], question: Asked): Promise<Case> {
  const flow = flowFor(defineAccessFlow, question);
  const { peers, notes } = await inventoryPeers(resources, question);
  const found = (answer: unknown): number => (answer as readonly unknown[]).length;
  return {
    name,
    questions: 1,
    contenders: [
      { name: floor, role: "floor", run: () => filtered(resources, question), answer: found },
      { name: checked, role: "floor", run: () => checkedByHand(resources, question), answer: found },
      {
        name: ours,
        role: "accessflow",
        run: () => resolveTargets(flow, { resources }),
        answer: (answer) => (answer as ResolvedTargets).size,
      },
      ...peers.map((peer) => ({ ...peer, answer: found })),
    ],
    goals: [
      { of: ours, against: floor, atMost: 1.2 },
      { of: ours, against: checked, atMost: 1.2 },
    ],
    notes: [
      ...notes,
      `${floor} looks at nothing but names or tags; records have to be checked, and their ids compared, before they decide anything`,
    ],
  };
}

function askInTurns(name: string, resources: readonly Resource[]): (index: number) => unknown {
  const flows = asked.map((question) => flowFor(defineAccessFlow, question));
  const question = (index: number): Asked => asked[index % asked.length] as Asked;
  if (name === floor) return (index) => filtered(resources, question(index));
  if (name === checked) return (index) => checkedByHand(resources, question(index));
  return (index) => resolveTargets(flows[index % flows.length] as never, { resources });
}
