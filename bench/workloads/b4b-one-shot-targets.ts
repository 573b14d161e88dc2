import { defineAccessFlow, type ResolvedTargets, type Resource, resolveTargets } from "../accessflow.js";
import { asked, filtered, flowFor, makeResources } from "../inventory.js";
import type { Workload } from "../measure.js";

const floor = "filter and a set";

export const workload: Workload = {
  id: "b4b",
  title: "What a target gives on 100,000 resources, asked once",
  cases: async () => {
    const resources = makeResources(100_000);
    return asked.map((question) => {
      const flow = flowFor(defineAccessFlow, question);
      return {
        name: question.name,
        questions: 1,
        contenders: [
          {
            name: floor,
            role: "floor" as const,
            run: () => filtered(resources, question),
            answer: (answer) => (answer as readonly Resource[]).length,
          },
          {
            name: "resolveTargets, every record checked",
            role: "accessflow" as const,
            run: () => resolveTargets(flow, { resources }),
            answer: (answer) => (answer as ResolvedTargets).size,
          },
        ],
        goals: [{ of: "resolveTargets, every record checked", against: floor, atMost: 1.2 }],
      };
    });
  },
};
