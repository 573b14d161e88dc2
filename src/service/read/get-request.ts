import type { Actor } from "../../core/approval/actor.js";
import { accessFlowError } from "../../core/kernel/access-flow-error.js";
import type { RequestView } from "../../core/request/request-view.js";
import { viewFor } from "../../core/request/view-for.js";
import { readIdentity, readViewer } from "../command/viewer.js";
import { readClock } from "../event-time.js";
import type { ServiceContext } from "../service-context.js";
import { acceptQuestion } from "./accept-question.js";

/** A request as the actor may see it now. */
export async function getRequest(
  context: ServiceContext,
  question: { readonly actor: Actor; readonly request: string },
): Promise<RequestView | null> {
  const { actor, request } = acceptQuestion("get", question);
  const state = await context.store.load(request);
  const at = await readClock(context);
  const viewer = await readViewer(context, actor, state, at);
  if (viewer === "unknown") throw accessFlowError("directory_unavailable", "the directory did not answer");
  if (viewer === null || state === null) return null;
  const identity = viewer.administrator ? await readIdentity(context, actor) : viewer.identity;
  return viewFor(state, { identity, administrator: viewer.administrator, at });
}
