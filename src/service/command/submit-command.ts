import { reason } from "../../core/kernel/reason.js";
import { type Refusal, refuse } from "../../core/kernel/refusal.js";
import type { Result } from "../../core/kernel/result.js";
import type { RequestState } from "../../core/request/request-state.js";
import type { Answer, SubmitCommand } from "../access-service.js";
import { refusingFailures } from "../guard/unavailable.js";
import type { ServiceContext } from "../service-context.js";
import { acceptCommand } from "./accept-command.js";
import { earlierAnswer } from "./earlier-answer.js";
import { makeRequest } from "./make-request.js";
import type { Sender } from "./sender.js";

/**
 * Asks for access: one request, whose id follows from actor and key, so that a command that is sent again finds what
 * it made. Everything that decides is read from the ports now.
 */
export async function submitCommand(context: ServiceContext, command: SubmitCommand): Promise<Result<Answer, Refusal>> {
  const accepted = acceptCommand("submit", command);
  if (!accepted.ok) return accepted;
  const { body, bodyHash } = accepted.value;
  const sender: Sender = { actor: body.actor, key: body.key, bodyHash };
  return refusingFailures(async () => {
    for (let attempt = 0; attempt < context.settings.attempts; attempt += 1) {
      const answer = await trySubmit(context, sender, body);
      if (answer !== "conflict") return answer;
    }
    return refuse(reason("conflict", "L7", []));
  });
}

async function trySubmit(context: ServiceContext, sender: Sender, body: SubmitCommand): Promise<Result<Answer, Refusal> | "conflict"> {
  const id = context.ports.ids.requestId({ actor: sender.actor.id, key: sender.key });
  const existing = await context.store.load(id);
  if (existing !== null) return answerOfExisting(context, sender, existing);
  const answer = await makeRequest(context, sender, body, id);
  if (answer === "conflict" || answer.ok) return answer;
  // The same command may have been sent twice at once, and the other one been carried out.
  const double = await context.store.load(id);
  return double === null ? answer : answerOfExisting(context, sender, double);
}

/** A store that has forgotten the key still knows the request: it is not made again. */
async function answerOfExisting(context: ServiceContext, sender: Sender, existing: RequestState): Promise<Result<Answer, Refusal>> {
  return (await earlierAnswer(context, sender, existing)) ?? refuse(reason("key_reused", "L7", []));
}
