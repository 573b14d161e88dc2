import type { RequestEvent } from "../../src/core/request/request-event.js";
import type { RequestState } from "../../src/core/request/request-state.js";
import type { RequestStep } from "../../src/core/request/request-step.js";
import { transitionRequest } from "../../src/core/request/transition-request.js";

export type Machine = (state: RequestState, event: RequestEvent) => RequestStep;

/** Machines that do one thing wrong: each breaks the invariant of which it is the negative control. */
export const faultyMachines = {
  "facts however old": (state, event) =>
    transitionRequest(state, event.type === "factsRead" ? { ...event, facts: { ...event.facts, readAt: Number(event.at) } } : event),
  "aliases left out": (state, event) =>
    transitionRequest(state, event.type === "vote" ? { ...event, voter: { ...event.voter, accounts: [] } } : event),
  "a timer lost": (state, event) => withState(transitionRequest(state, event), (next) => ({ ...next, wakeAt: null })),
  "a timer late": (state, event) => {
    const at = Number(event.at) - 1;
    return transitionRequest(state, event.type === "timeReached" && at >= state.lastAt ? { ...event, at } : event);
  },
  "a revision skipped": (state, event) =>
    withState(transitionRequest(state, event), (next) => (next === state ? next : { ...next, revision: next.revision + 1 })),
  "keys by chance": (state, event) => {
    const step = transitionRequest(state, event);
    if (!step.ok) return step;
    return { ...step, value: { ...step.value, effects: step.value.effects.map((effect) => ({ ...effect, key: `${effect.key}?` })) } };
  },
  "a window that moves": (state, event) =>
    withState(transitionRequest(state, event), (next) => {
      const { grant } = next;
      if (event.type !== "activated" || grant === null || grant.window.end === null) return next;
      return { ...next, grant: { ...grant, window: { ...grant.window, end: grant.window.end + 1 } } };
    }),
  "what is unknown holds": (state, event) => {
    if (event.type !== "factsRead" || event.facts.requestor !== "unknown") return transitionRequest(state, event);
    const { id } = state.request.requestor;
    return transitionRequest(state, { ...event, facts: { ...event.facts, requestor: { id, attributes: { group: ["staff"] } } } });
  },
} satisfies { readonly [fault: string]: Machine };

function withState(step: RequestStep, change: (state: RequestState) => RequestState): RequestStep {
  return step.ok ? { ...step, value: { ...step.value, state: change(step.value.state) } } : step;
}
