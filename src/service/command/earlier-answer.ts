import { reason } from "../../core/kernel/reason.js";
import { type Refusal, refuse } from "../../core/kernel/refusal.js";
import type { Result } from "../../core/kernel/result.js";
import type { RequestState } from "../../core/request/request-state.js";
import type { RequestWrite } from "../../ports/request-store.js";
import type { Answer } from "../access-service.js";
import type { ServiceContext } from "../service-context.js";
import { repeatedAnswer } from "./answer.js";
import type { Sender } from "./sender.js";

/**
 * The answer to a command that was carried out before, `key_reused` where its key was used with another content,
 * null where neither is so.
 *
 * The store is asked by a write that cannot be made: the one that led to the state just read. Its revision is taken,
 * and revisions never come back, so that the store can only know the key or answer `conflict`.
 */
export async function earlierAnswer(context: ServiceContext, sender: Sender, state: RequestState): Promise<Result<Answer, Refusal> | null> {
  const { id } = state.request;
  const known: RequestWrite = {
    id,
    expected: state.revision - 1,
    state,
    event: { request: id, revision: state.revision, at: state.lastAt, by: sender.actor.id, type: "timeReached", concluded: {} },
    effects: [],
    settle: null,
    command: commandOf(sender),
  };
  const outcome = await context.store.commit(known);
  if (outcome.outcome === "repeated") return repeatedAnswer(context, sender.actor, outcome);
  return outcome.outcome === "keyReused" ? refuse(reason("key_reused", "L7", [])) : null;
}

/** The command as the store keeps it. */
export function commandOf({ actor, key, bodyHash }: Sender): NonNullable<RequestWrite["command"]> {
  return { actor: actor.id, key, bodyHash };
}
