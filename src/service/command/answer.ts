import type { Actor } from "../../core/approval/actor.js";
import { deepFreeze } from "../../core/kernel/deep-freeze.js";
import { Defect } from "../../core/kernel/defect.js";
import { reason } from "../../core/kernel/reason.js";
import { type Refusal, refuse } from "../../core/kernel/refusal.js";
import { type Result, success } from "../../core/kernel/result.js";
import { replay } from "../../core/request/replay.js";
import type { RequestState } from "../../core/request/request-state.js";
import type { RequestView } from "../../core/request/request-view.js";
import { viewFor } from "../../core/request/view-for.js";
import type { Answer } from "../access-service.js";
import type { ServiceContext } from "../service-context.js";
import { knownViewer, type Viewer } from "./viewer.js";

/**
 * What the sender of a command may see of the request after it. An administrator may be the requestor under another
 * id, and no command of theirs waits for the directory to say so: the reasons of approvals are left to `get`.
 */
export function answerOf(state: RequestState, { identity, administrator }: Viewer): Result<Answer, never> {
  const view = viewFor(state, { identity, administrator, at: state.lastAt });
  return success(Object.freeze({ view: administrator ? withoutReasons(view) : view, revision: state.revision }));
}

function withoutReasons(view: RequestView): RequestView {
  return deepFreeze({ ...view, votes: view.votes.map((vote) => (vote.decision === "approve" ? { ...vote, reason: null } : vote)) });
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
  const state = replay(events.filter((event) => event.revision <= revision));
  const viewer = knownViewer(actor, state);
  // Whoever has carried out a command is part of the request ever after; an administrator may be one no longer.
  if (viewer === null) return refuse(reason("request_not_found", "L11", []));
  if (state.revision !== revision) throw new Defect(`the events of request \`${id}\` do not lead to revision ${revision}`);
  return answerOf(state, viewer);
}
