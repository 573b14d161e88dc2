import type { Actor } from "../../core/approval/actor.js";
import { hasSameId } from "../../core/facts/person-keys.js";
import { accessFlowError } from "../../core/kernel/access-flow-error.js";
import type { RequestState } from "../../core/request/request-state.js";
import type { RequestView } from "../../core/request/request-view.js";
import { mayRead, viewFor } from "../../core/request/view-for.js";
import type { Instant } from "../../core/time/instant.js";
import type { Page } from "../../ports/page.js";
import type { RequestQuery } from "../../ports/request-store.js";
import { knownViewer, readIdentity, voterNeeds } from "../command/viewer.js";
import { readClock } from "../event-time.js";
import { unitedNeeds } from "../facts/person-needs.js";
import { readPerson } from "../facts/read-person.js";
import type { ServiceContext } from "../service-context.js";
import { acceptQuestion } from "./accept-question.js";

const largestPage = 200;

/** How many pages of the store are read for one page of views: most of what is stored may be somebody else's. */
const mostPages = 10;

/** A page of views of those requests that the actor may read (L11); the others leave no trace but the page's cursor. */
export async function listRequests(
  context: ServiceContext,
  question: { readonly actor: Actor; readonly query: RequestQuery },
): Promise<Page<RequestView>> {
  const { actor, query } = acceptQuestion("list", question);
  const limit = Math.min(query.limit, largestPage);
  const at = await readClock(context);
  const views: RequestView[] = [];
  let after = query.after;
  for (let pages = 0; pages < mostPages; pages += 1) {
    // Never more than there is room for: what the store's cursor has passed is not shown again.
    const page = await context.store.list({ ...query, after, limit: limit - views.length });
    views.push(...(await viewsOf(context, actor, page.items, at)));
    after = page.next ?? undefined;
    if (after === undefined || views.length >= limit) break;
  }
  return Object.freeze({ items: Object.freeze(views), next: after ?? null });
}

async function viewsOf(
  context: ServiceContext,
  actor: Actor,
  states: readonly RequestState[],
  at: Instant,
): Promise<readonly RequestView[]> {
  if (actor.administrator === true) {
    const viewer = { identity: await readIdentity(context, actor), administrator: true, at };
    return states.map((state) => viewFor(state, viewer));
  }
  const others = states.filter((state) => knownViewer(actor, state) === null);
  // Only who might vote on a pending request reads one that they are no part of.
  const pending = others.filter(({ approval }) => approval?.status === "pending");
  const identity = pending.length === 0 ? "gone" : await readPerson(context, actor.id, unitedNeeds(pending.map(voterNeeds)));
  if (identity === "unknown") throw accessFlowError("directory_unavailable", "the directory did not answer");
  return states.flatMap((state) => {
    const known = knownViewer(actor, state);
    if (known !== null) return [viewFor(state, { identity: known.identity, at })];
    if (identity === "gone" || !hasSameId(identity, actor)) return [];
    const viewer = { identity, at };
    return mayRead(state, viewer) ? [viewFor(state, viewer)] : [];
  });
}
