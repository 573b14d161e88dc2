import { deepFreeze } from "../../src/core/kernel/deep-freeze.js";
import { success } from "../../src/core/kernel/result.js";
import type { RecordedRequestEvent } from "../../src/core/request/recorded-request-event.js";
import type { FactsRead, RequestEvent } from "../../src/core/request/request-event.js";
import type { RequestState } from "../../src/core/request/request-state.js";
import type { RequestStep } from "../../src/core/request/request-step.js";
import { makeRequest } from "../../src/core/request/state/made-requests.js";
import { nextRequestState } from "../../src/core/request/state/next-request-state.js";
import { requestBytes } from "../../src/core/request/state/request-size.js";
import { transitionRequest } from "../../src/core/request/transition-request.js";

/** What a host relies on: the steps, and the fold of what they recorded. */
export type Machine = {
  readonly step: (state: RequestState, event: RequestEvent) => RequestStep;
  readonly fold: (state: RequestState, recorded: RecordedRequestEvent) => RequestState;
};

export const requestMachine: Machine = { step: transitionRequest, fold: nextRequestState };

/** How often the machine whose effects come by chance was asked. */
let asked = 0;

/** Machines that do one thing wrong: each breaks the invariant of which it is the negative control. */
export const faultyMachines = {
  "facts however old": told((_, event) =>
    event.type === "factsRead" ? { ...event, facts: { ...event.facts, readAt: Number(event.at) } } : event,
  ),
  "active at once": altered((state, { type }) =>
    type === "factsRead" && state.status === "activating" ? { ...state, status: "active" } : state,
  ),
  "an end that changes": {
    ...requestMachine,
    step: (state, event) => {
      if (state.status !== "rejected" || event.type !== "withdraw" || Number(event.at) < state.lastAt)
        return transitionRequest(state, event);
      const concluded = { status: "withdrawn" } as const;
      const recorded = { revision: state.revision + 1, at: Number(event.at), by: event.by.id, type: "withdraw", concluded } as const;
      return success(deepFreeze({ state: made(nextRequestState(state, recorded)), effects: [], recorded }));
    },
  },
  "an approval that is lost": altered((state, { type }) => (type === "activated" ? { ...state, approval: null } : state)),
  "aliases left out": told((_, event) => (event.type === "vote" ? { ...event, voter: { ...event.voter, accounts: [] } } : event)),
  "who has left votes": told((_, event) => (event.type === "vote" ? { ...event, voter: { ...event.voter, active: true } } : event)),
  "a failed removal taken for one": told((state, event) =>
    event.type === "deactivationFailed" && state.status === "deactivating" ? { ...event, type: "deactivated" } : event,
  ),
  "a timer lost": altered((state) => ({ ...state, wakeAt: null })),
  "a timer late": told((state, event) => {
    const at = Number(event.at) - 1;
    return event.type === "timeReached" && at >= state.lastAt ? { ...event, at } : event;
  }),
  "a revision skipped": {
    ...requestMachine,
    step: (before, event) => {
      const step = transitionRequest(before, event);
      if (!step.ok || step.value.recorded === null) return step;
      const revision = step.value.state.revision + 1;
      const effects = step.value.effects.map((effect, position) => ({ ...effect, key: `r1:${revision}:${position}` }));
      const recorded = { ...step.value.recorded, revision };
      return success(deepFreeze({ state: made({ ...step.value.state, revision }), effects, recorded }));
    },
  },
  "a record that leaves out": {
    ...requestMachine,
    step: (before, event) => {
      const step = transitionRequest(before, event);
      if (!step.ok || step.value.recorded === null) return step;
      const { wakeAt: _, ...concluded } = step.value.recorded.concluded;
      return success(deepFreeze({ ...step.value, recorded: { ...step.value.recorded, concluded } }));
    },
  },
  "effects by chance": {
    ...requestMachine,
    step: (before, event) => {
      const step = transitionRequest(before, event);
      asked += 1;
      if (!step.ok || asked % 2 === 0) return step;
      // What nobody waits for, so that nothing else comes of it.
      return success({ ...step.value, effects: step.value.effects.filter(({ type }) => type !== "notify") });
    },
  },
  "a window that moves": altered((state, { type }) => {
    const { grant } = state;
    if (type !== "activated" || state.status !== "active" || grant === null || grant.window.end === null) return state;
    const end = grant.window.end - 1;
    return { ...state, wakeAt: end, grant: { ...grant, window: { ...grant.window, end } } };
  }),
  "a window too long": altered((state, { type }) => {
    const { grant } = state;
    if (type !== "factsRead" || state.status !== "activating" || grant === null || grant.window.end === null) return state;
    const end = grant.window.end + 1;
    return { ...state, wakeAt: end, grant: { ...grant, window: { ...grant.window, end } } };
  }),
  "active after the end": altered((state, { type, at }) =>
    type === "activated" && state.status === "deactivating" && state.cause === "ended"
      ? { ...state, status: "active", cause: null, wakeAt: at }
      : state,
  ),
  "what is unknown holds": told((state, event) =>
    event.type === "factsRead" || event.type === "extend" ? { ...event, facts: known(state, event.facts) } : event,
  ),
  "what is unknown extends": told((state, event) => (event.type === "extend" ? { ...event, facts: known(state, event.facts) } : event)),
  "an unknown grantee extends": told((state, event) =>
    event.type === "extend" ? { ...event, facts: { ...event.facts, grantee: known(state, event.facts).grantee } } : event,
  ),
  "an unknown flow extends": told((_, event) =>
    event.type === "extend" && event.facts.flow === "unknown" ? { ...event, facts: { ...event.facts, flow: "active" } } : event,
  ),
  "unknown coverage extends": told((_, event) =>
    event.type === "extend" && event.facts.notCovered === "unknown" ? { ...event, facts: { ...event.facts, notCovered: [] } } : event,
  ),
  "MFA however old": told((_, event) =>
    event.type === "completeMfa" ? { ...event, evidence: { ...event.evidence, at: Number(event.at) } } : event,
  ),
  "MFA of anybody": told(({ request }, event) =>
    event.type === "completeMfa" ? { ...event, by: { id: (request.grantee ?? request.requestor).id } } : event,
  ),
  "a late answer dated back": altered((state, { type, at }) => {
    const { grant, request } = state;
    const isLate = at - request.submittedAt >= 2 * 6 * 3_600_000;
    if (type !== "factsRead" || state.status !== "activating" || grant === null || grant.window.end === null || !isLate) return state;
    const start = request.submittedAt - 1;
    const end = grant.window.end - (grant.window.start - start);
    return { ...state, wakeAt: end, grant: { ...grant, window: { start, end } } };
  }),
} satisfies { readonly [fault: string]: Machine };

/** Facts with what is unknown taken to hold. */
function known({ request }: RequestState, facts: FactsRead): FactsRead {
  const { requestor, grantee, flow, notCovered } = facts;
  return {
    ...facts,
    requestor: requestor === "unknown" ? { id: request.requestor.id, attributes: { group: ["staff"] } } : requestor,
    grantee: grantee === "unknown" ? { id: request.grantee?.id ?? "", attributes: { group: ["leads"] } } : grantee,
    flow: flow === "unknown" ? "active" : flow,
    notCovered: notCovered === "unknown" ? [] : notCovered,
  };
}

/** The machine, told something else than what has happened. */
function told(instead: (state: RequestState, event: RequestEvent) => RequestEvent): Machine {
  return { ...requestMachine, step: (state, event) => transitionRequest(state, deepFreeze(instead(state, event))) };
}

/** The machine with another state than it should come to, in its fold, too. */
function altered(change: (state: RequestState, recorded: RecordedRequestEvent) => RequestState): Machine {
  return {
    step: (before, event) => {
      const step = transitionRequest(before, event);
      if (!step.ok || step.value.recorded === null) return step;
      return success(deepFreeze({ ...step.value, state: made(change(step.value.state, step.value.recorded)) }));
    },
    fold: (before, recorded) => change(nextRequestState(before, recorded), recorded),
  };
}

/** A state that the machine itself would take for its own. */
export function made(state: RequestState): RequestState {
  const copy = { ...state };
  return makeRequest(copy, requestBytes(copy));
}
