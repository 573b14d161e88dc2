import type { Actor } from "../../core/approval/actor.js";
import { Defect } from "../../core/kernel/defect.js";
import { reason } from "../../core/kernel/reason.js";
import { type Refusal, refuse } from "../../core/kernel/refusal.js";
import { type Result, success } from "../../core/kernel/result.js";
import { replay } from "../../core/request/replay.js";
import type { RequestState } from "../../core/request/request-state.js";
import { viewFor } from "../../core/request/view-for.js";
import type { Answer } from "../access-service.js";
import type { ServiceContext } from "../service-context.js";
import { knownViewer, type Viewer } from "./viewer.js";

/** What the sender of a command may see of the request after it. */
export function answerOf(state: RequestState, { identity, administrator }: Viewer): Result<Answer, never> {
  return success(Object.freeze({ view: viewFor(state, { identity, administrator, at: state.lastAt }), revision: state.revision }));
}

/**
 * The answer that a command got when it was carried out, given again: the state that it led to is folded from the
 * recorded events, so that what happened since does not change it.
 */
export async function repeatedAnswer(
  context: ServiceContext,
  actor: Actor,
  { id, revision }: { readonly id: string; readonly revision: number },
): Promise<Result<Answer, Refusal>> {
  const events = await context.store.events(id, 0);
  const upTo = events.filter((event) => event.revision <= revision).map(({ request: _request, ...recorded }) => recorded);
  const state = replay(upTo);
  const viewer = knownViewer(actor, state);
  // Whoever has carried out a command is part of the request ever after; an administrator may be one no longer.
  if (viewer === null) return refuse(reason("request_not_found", "L11", []));
  if (state.revision !== revision) throw new Defect(`the events of request \`${id}\` do not lead to revision ${revision}`);
  return answerOf(state, viewer);
}
