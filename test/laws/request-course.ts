import type * as fc from "fast-check";
import { defineAccessFlow } from "../../src/core/define/check-access-flow.js";
import type { AccessFlow } from "../../src/core/flow/access-flow.js";
import { deepFreeze } from "../../src/core/kernel/deep-freeze.js";
import type { RecordedRequestEvent } from "../../src/core/request/recorded-request-event.js";
import type { RequestEvent } from "../../src/core/request/request-event.js";
import type { RequestState } from "../../src/core/request/request-state.js";
import type { AcceptedRequest, RequestStep } from "../../src/core/request/request-step.js";
import { submitRequest } from "../../src/core/request/submit-request.js";
import { transitionRequest } from "../../src/core/request/transition-request.js";
import { eventOf, type RequestCase, requestCaseArbitrary } from "../arbitrary/request-case.js";

/** A request that has been played from its submission on. */
export type RequestCourse = {
  readonly flow: AccessFlow;
  readonly start: RequestCase;
  readonly opening: AcceptedRequest;
  readonly steps: readonly { readonly before: RequestState; readonly event: RequestEvent; readonly answer: RequestStep }[];
  readonly log: readonly RecordedRequestEvent[];
  readonly states: readonly RequestState[];
  readonly end: RequestState;
};

export function requestCourseArbitrary(): fc.Arbitrary<RequestCourse> {
  return requestCaseArbitrary().map(courseOf);
}

function courseOf(start: RequestCase): RequestCourse {
  const flow = defineAccessFlow(start.definition);
  const submitted = submitRequest(flow, deepFreeze(start.input));
  if (!submitted.ok) throw new Error(`refused: ${JSON.stringify(submitted.error)}`);
  const steps: RequestCourse["steps"][number][] = [];
  const log = submitted.value.recorded === null ? [] : [submitted.value.recorded];
  const states = [submitted.value.state];
  let end = submitted.value.state;
  for (const happening of start.happenings) {
    const event = deepFreeze(eventOf(happening, end));
    const answer = transitionRequest(end, event);
    steps.push({ before: end, event, answer });
    if (!answer.ok || answer.value.recorded === null) continue;
    end = answer.value.state;
    log.push(answer.value.recorded);
    states.push(end);
  }
  return { flow, start, opening: submitted.value, steps, log, states, end };
}
