import { reason } from "../../core/kernel/reason.js";
import { type Refusal, refuse } from "../../core/kernel/refusal.js";
import type { Result } from "../../core/kernel/result.js";
import type { RequestEvent } from "../../core/request/request-event.js";
import type { RequestState } from "../../core/request/request-state.js";
import { transitionRequest } from "../../core/request/transition-request.js";
import type { Instant } from "../../core/time/instant.js";
import type { Answer } from "../access-service.js";
import { commitEvent } from "../commit-event.js";
import { eventTime, readClock } from "../event-time.js";
import { refusingFailures } from "../guard/unavailable.js";
import type { ServiceContext } from "../service-context.js";
import { answerOf, repeatedAnswer } from "./answer.js";
import { commandOf, earlierAnswer } from "./earlier-answer.js";
import type { Sender } from "./sender.js";
import { readViewer, type Viewer } from "./viewer.js";

/** Makes the event of a command: reads what facts it needs, and says at what time the event would take place. */
export type EventMaker = (
  state: RequestState,
  viewer: Viewer,
) => Promise<Result<(at: Instant) => RequestEvent, Refusal>> | Result<(at: Instant) => RequestEvent, Refusal>;

/**
 * Carries a command on one request out: reads the request, lets the machine decide on facts of this moment, and
 * writes what it decided where the request is still the one that was read; else from the start. What is refused may
 * have been carried out before – the answer was lost, or is asked for again –, so the store is asked first.
 */
export function runCommand(
  context: ServiceContext,
  sender: Sender,
  request: string,
  makeEvent: EventMaker,
): Promise<Result<Answer, Refusal>> {
  return refusingFailures(async () => {
    for (let attempt = 0; attempt < context.settings.attempts; attempt += 1) {
      const answer = await tryCommand(context, sender, request, makeEvent);
      if (answer !== "conflict") return answer;
    }
    return refuse(reason("conflict", "L7", []));
  });
}

async function tryCommand(
  context: ServiceContext,
  sender: Sender,
  request: string,
  makeEvent: EventMaker,
): Promise<Result<Answer, Refusal> | "conflict"> {
  const state = await context.store.load(request);
  const viewer = await readViewer(context, sender.actor, state, await readClock(context));
  if (viewer === "unknown") return refuse(reason("directory_unavailable", "L11", []));
  if (viewer === null || state === null) return refuse(reason("request_not_found", "L11", []));
  const decided = await decide(context, state, viewer, makeEvent);
  if (!decided.ok) return (await earlierAnswer(context, sender, state)) ?? decided;
  const { recorded } = decided.value;
  if (recorded === null) return answerOf(decided.value.state, viewer);
  const outcome = await commitEvent(context, { ...decided.value, recorded }, { command: commandOf(sender) });
  switch (outcome.outcome) {
    case "committed":
      return answerOf(decided.value.state, viewer);
    case "repeated":
      return repeatedAnswer(context, sender.actor, outcome);
    case "keyReused":
      return refuse(reason("key_reused", "L7", []));
    case "conflict":
    case "leaseLost":
      return "conflict";
  }
}

async function decide(
  context: ServiceContext,
  state: RequestState,
  viewer: Viewer,
  makeEvent: EventMaker,
): Promise<ReturnType<typeof transitionRequest>> {
  const made = await makeEvent(state, viewer);
  if (!made.ok) return made;
  // After the facts were read: an answer that was long in coming does not make the event earlier.
  const at = eventTime(await readClock(context), state.lastAt);
  return at === null ? refuse(reason("clock_went_back", "L7", [], { lastAt: state.lastAt })) : transitionRequest(state, made.value(at));
}
