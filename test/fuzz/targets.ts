import * as fc from "fast-check";
import { fromApono, toApono } from "../../src/apono/index.js";
import type { Json } from "../../src/core/kernel/json.js";
import {
  type ApprovalEvent,
  type ApprovalState,
  ApprovalStateMachine,
  parseQuery,
  printQuery,
  type RequestEvent,
  type RequestState,
  RequestStateMachine,
  restoreApprovalState,
  restoreRequestState,
  wakeAt,
} from "../../src/index.js";
import { parseAccessFlow } from "../../src/schema/parse-access-flow.js";
import { flowArbitrary, flowDefinitionArbitrary, queryTextArbitrary } from "../../src/testing/arbitraries/index.js";
import { flowV1, flowV2 } from "../apono/documents.js";
import { jsonArbitrary } from "../arbitrary/json.js";
import { courseArbitrary } from "../laws/approval-course.js";
import { requestCourseArbitrary } from "../laws/request-course.js";
import { isDeeplyFrozen, refusalFault, resultFault } from "./answers.js";

/** A door of the library that takes what strangers wrote. */
export type Target = {
  readonly name: string;
  /** How many of all executions are its own, beside the others. */
  readonly share: number;
  /** Valid inputs, the same for the same seed. */
  readonly seeds: (seed: number) => readonly Json[];
  /** The part of an input that is changed mostly; undefined: all of it. */
  readonly part?: string;
  /** Calls the door and examines its answer: what is wrong with it. `thorough`: with all that takes longer. */
  readonly run: (input: Json, thorough: boolean) => Answer;
};

/** `fault`: what is wrong with the answer. `next`: an input that follows from it. */
export type Answer = { readonly fault: string | null; readonly next?: Json };

const fine: Answer = { fault: null };
const wrong = (fault: string | null): Answer => (fault === null ? fine : { fault });

const jsonOf = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;
const isSameJson = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

function samples<T>(arbitrary: fc.Arbitrary<T>, count: number, seed: number): T[] {
  return fc.sample(arbitrary, { numRuns: count, seed });
}

/** A door for documents: a Result, frozen, and what it has accepted it accepts again, unchanged. */
function door<T>(name: string, share: number, seeds: Target["seeds"], read: (json: unknown) => Result<T>): Target {
  return {
    ...{ name, share, seeds },
    run(input, thorough) {
      const result = read(input);
      const fault = resultFault(result);
      if (fault !== null || !thorough) return wrong(fault);
      if (!isDeeplyFrozen(result)) return wrong("the answer is not frozen");
      if (!result.ok) return fine;
      const second = read(jsonOf(result.value));
      if (!second.ok) return wrong(`what was accepted is refused the second time: ${JSON.stringify(second.error)}`);
      return wrong(isSameJson(second.value, result.value) ? null : "what was accepted reads otherwise the second time");
    },
  };
}

type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

const aponoDocuments: readonly Json[] = [
  flowV2(),
  flowV1(),
  { name: "buckets", access_targets: [{ integration: { integration_name: "aws", resource_type: "s3", permissions: ["read"] } }] },
  { name: "critical", query: 'resource_type = "db" and resource_tag["env"] in ("prod", "stage")' },
];

/** What an approval or request has come to, kept beside the JSON that says it: the machine's own state is no copy. */
const made = new WeakMap<object, unknown>();

function pairOf(state: unknown, event: unknown): Json {
  const json = jsonOf(state) as object;
  made.set(json, state);
  return { state: json as Json, event: jsonOf(event) };
}

type Machine<State, Event> = { readonly transition: (state: State, event: Event) => Result<Stepped<State>> };
type Stepped<State> = { readonly state: State; readonly effects: readonly { readonly key: string }[]; readonly recorded: object | null };

/** A machine: an accepted event is one revision, a refused or empty one nothing, and every state can be stored. */
function machine<State extends { readonly revision: number }, Event>(
  name: string,
  seeds: Target["seeds"],
  { transition }: Machine<State, Event>,
  restore: (json: unknown) => Result<State>,
): Target {
  return {
    ...{ name, share: 3, seeds, part: "event" },
    run(input, thorough) {
      const { state: json, event } = (typeof input === "object" && input !== null ? input : {}) as { state?: Json; event?: Json };
      const state = ((typeof json === "object" && json !== null && made.get(json)) || json) as State;
      const answer = transition(state, event as Event);
      if (!answer.ok)
        return wrong(refusalFault(answer.error) ?? (thorough && !isDeeplyFrozen(answer) ? "the refusal is not frozen" : null));
      const { state: after, effects, recorded } = answer.value;
      if (recorded === null)
        return wrong(after === state && effects.length === 0 ? null : "nothing is recorded, and something has changed");
      if (after.revision !== state.revision + 1) return wrong(`revision ${state.revision} is followed by ${after.revision}`);
      if (new Set(effects.map(({ key }) => key)).size !== effects.length) return wrong("two effects have one key");
      if (!thorough) return fine;
      if (!isDeeplyFrozen(answer.value)) return wrong("the answer is not frozen");
      const again = restore(jsonOf(after));
      if (!again.ok) return wrong(`the new state cannot be restored: ${JSON.stringify(again.error)}`);
      if (!isSameJson(again.value, after)) return wrong("the new state is restored otherwise");
      wakeAt(after as never);
      return { fault: null, next: pairOf(after, event) };
    },
  };
}

export const targets: readonly Target[] = [
  door("parseAccessFlow", 2, (seed) => [...samples(flowDefinitionArbitrary(), 300, seed).map(jsonOf), ...anything(seed)], parseAccessFlow),
  {
    name: "parseQuery",
    share: 4,
    seeds: (seed) => [...samples(queryTextArbitrary(), 300, seed), ...anything(seed)],
    run(input, thorough) {
      const result = parseQuery(input as string);
      const fault = resultFault(result);
      if (fault !== null || !thorough) return wrong(fault);
      if (!isDeeplyFrozen(result)) return wrong("the answer is not frozen");
      if (!result.ok) return fine;
      const again = parseQuery(printQuery(result.value));
      return wrong(again.ok && isSameJson(again.value, result.value) ? null : "the query is printed otherwise than it was read");
    },
  },
  {
    name: "fromApono",
    share: 2,
    seeds: (seed) => [...aponoDocuments, ...samples(flowArbitrary(), 300, seed).flatMap(asApono), ...anything(seed)],
    run(input, thorough) {
      const result = fromApono(input);
      const fault = resultFault(result);
      if (fault !== null || !thorough) return wrong(fault);
      if (!isDeeplyFrozen(result)) return wrong("the answer is not frozen");
      if (!result.ok || result.value.kind !== "flow") return fine;
      const { flow } = result.value;
      const checked = parseAccessFlow(jsonOf(flow));
      if (!checked.ok || !isSameJson(checked.value, flow)) return wrong("the flow is not in normal form");
      const [written] = asApono(flow);
      if (written === undefined) return fine;
      const again = fromApono(written);
      const isSame = again.ok && again.value.kind === "flow" && isSameJson(again.value.flow, flow);
      return wrong(isSame ? null : "the flow is written otherwise than it was read");
    },
  },
  door(
    "restoreApprovalState",
    1,
    (seed) => [...samples(courseArbitrary(), 200, seed).map(({ end }) => jsonOf(end)), ...anything(seed)],
    restoreApprovalState,
  ),
  door(
    "restoreRequestState",
    1,
    (seed) => [...samples(requestCourseArbitrary(), 200, seed).map(({ end }) => jsonOf(end)), ...anything(seed)],
    restoreRequestState,
  ),
  machine<ApprovalState, ApprovalEvent>(
    "ApprovalStateMachine.transition",
    (seed) => samples(courseArbitrary(), 150, seed).flatMap(({ steps }) => steps.map(({ before, event }) => pairOf(before, event))),
    ApprovalStateMachine,
    restoreApprovalState,
  ),
  machine<RequestState, RequestEvent>(
    "RequestStateMachine.transition",
    (seed) => samples(requestCourseArbitrary(), 100, seed).flatMap(({ steps }) => steps.map(({ before, event }) => pairOf(before, event))),
    RequestStateMachine,
    restoreRequestState,
  ),
];

function anything(seed: number): Json[] {
  return samples(jsonArbitrary(), 40, seed).filter((json) => depthOf(json) < 200);
}

function asApono(flow: Parameters<typeof toApono>[0]): Json[] {
  const written = toApono(flow);
  return written.ok ? [jsonOf(written.value)] : [];
}

function depthOf(json: Json): number {
  let [depth, level] = [0, [json]];
  while (level.length > 0 && depth < 1_000) {
    level = level.flatMap((value) => (typeof value === "object" && value !== null ? (Object.values(value) as Json[]) : []));
    depth += 1;
  }
  return depth;
}
