import { type ReasonCode, type RequestState, toActivityRow } from "accessflow";
import { dayMs, week } from "./calendar.js";
import { tellLog } from "./chronicle.js";
import type { Company } from "./company.js";
import type { Host } from "./host/host.js";
import { rowOf } from "./rows.js";
import type { Script } from "./script.js";
import type { Entry, Story } from "./story.js";

/**
 * Lives through the week: carries the steps out in the order of time, and hands over each day when it is past. The
 * story is made of what the steps have seen, and of the log: of nothing that a killed process would take with it.
 */
export async function tellWeek(script: Script, company: Company, host: Host, onDay: (entries: readonly Entry[]) => void): Promise<Story> {
  const timeline: Entry[] = [];
  const refused = new Map<number, readonly ReasonCode[]>();
  // Sorting is stable: what happens at one instant stays in the order in which it was written.
  const steps = [...script.steps].sort((left, right) => left.at - right.at);
  for (let day = week.start; day < week.end; day += dayMs) {
    const isToday = ({ at }: { readonly at: number }): boolean => at >= day && at < day + dayMs;
    const seen: Entry[] = [];
    for (const { at, scene, key, run } of steps.filter(isToday)) {
      await host.passTime(at);
      for (const { reasons, ...told } of await run(host, key)) {
        seen.push({ at, scene, ...told });
        if (reasons !== undefined && told.request !== null) refused.set(told.request, reasons);
      }
    }
    await host.passTime(day + dayMs);
    const recorded = tellLog(await host.log(day), script, company).filter(isToday);
    const today = [...seen, ...recorded].sort((left, right) => left.at - right.at);
    onDay(today);
    timeline.push(...today);
  }
  const states = (await host.log(0)).map(({ state }) => state);
  const { flows, identities, resources, catalog } = company;
  return {
    format: "accessflow-demo/v1",
    company: {
      flows: flows.size,
      identities: identities.length,
      resources: resources.length,
      integrations: catalog.integrations?.length ?? 0,
    },
    week,
    scenes: script.scenes,
    timeline,
    requests: script.requests.map((asked) => {
      const state = states.find(({ request }) => request.id === asked.id) ?? null;
      return rowOf(asked, state, refused.get(asked.number) ?? [], company);
    }),
    activity: [...states].sort(bySubmission).map((state) => toActivityRow(state, { identities, resources, catalog })),
  };
}

function bySubmission({ request: left }: RequestState, { request: right }: RequestState): number {
  return left.submittedAt - right.submittedAt || (left.requestor.id < right.requestor.id ? -1 : 1);
}
