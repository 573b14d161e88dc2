import type { Truth } from "../../kernel/truth.js";
import { enoughDistinct } from "../vote/distinct-approvers.js";
import { type Steps, spend } from "./search-steps.js";
import type { Way } from "./ways-to-vote.js";

/**
 * Whether different people can be chosen and shared out, each to one group, so that each group gets as many as it
 * requires (A3). `people` are circles, each with the ways in which it can vote, and for each voter their groups.
 * Unknown: not found out within the steps. Only circles with several ways must be tried.
 */
export function canShareOut(required: readonly number[], people: readonly (readonly Way[])[], steps: Steps): Truth {
  const scarce = withoutPlenty(required, people);
  const demand = scarce.reduce((sum, count) => sum + count, 0);
  const sure = people.flatMap((ways) => (ways.length === 1 ? (ways[0] ?? []) : []));
  const torn = people.filter((ways) => ways.length > 1);
  const hopeless = new Set<string>();
  return attempt(0, []);

  function attempt(next: number, chosen: Way): Truth {
    const open = torn.slice(next);
    const known = [...sure, ...chosen];
    const freely = open.flatMap(withoutChoosing);
    if (!enoughDistinct(scarce, [...known, ...freely])) return "fails";
    if (enoughDistinct(scarce, [...known, ...open.flatMap(([way = []]) => way)])) return "holds";
    const position = JSON.stringify([next, chosen.map((groups) => groups.join()).sort()]);
    if (hopeless.has(position)) return "fails";
    if (!spend(steps, known.length + freely.length + demand)) return "unknown";
    for (const way of torn[next] ?? []) {
      const found = attempt(next + 1, [...chosen, ...way]);
      if (found !== "fails") return found;
    }
    hopeless.add(position);
    return "fails";
  }
}

/** As many voters as the largest way has, each in every group of any way: at least as good as each of them. */
function withoutChoosing(ways: readonly Way[]): Way {
  const groups = [...new Set(ways.flat(2))];
  const most = ways.reduce((longest, way) => Math.max(longest, way.length), 0);
  return Array.from({ length: most }, () => groups);
}

/** What is required, without the groups that as many circles can serve as people are required in all: enough are left at the end. */
function withoutPlenty(required: readonly number[], people: readonly (readonly Way[])[]): readonly number[] {
  const able: number[] = [];
  for (const ways of people) for (const group of new Set(ways.flat(2))) able[group] = (able[group] ?? 0) + 1;
  let scarce = required;
  for (;;) {
    const demand = scarce.reduce((sum, count) => sum + count, 0);
    const next = scarce.map((count, group) => ((able[group] ?? 0) >= demand ? 0 : count));
    if (next.every((count, group) => count === scarce[group])) return scarce;
    scarce = next;
  }
}
