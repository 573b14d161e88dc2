import { isNonEmpty } from "../../core/kernel/non-empty-array.js";
import type { Effect } from "../../core/request/request-effect.js";
import type { RequestState } from "../../core/request/request-state.js";
import type { RequestView } from "../../core/request/request-view.js";
import { mayRead, viewFor } from "../../core/request/view-for.js";
import type { Instant } from "../../core/time/instant.js";
import type { Notice } from "../../ports/notifier.js";
import type { ClaimedEffect } from "../../ports/request-store.js";
import { granteeIdOf } from "../commit-event.js";
import { eventTime, readClock } from "../event-time.js";
import { withinTime } from "../guard/within-time.js";
import { hex, sha256 } from "../hash/sha-256.js";
import { utf8 } from "../hash/utf-8.js";
import type { ServiceContext } from "../service-context.js";
import { retryAfter, settleAgain, settleDone, type Worked } from "./effect-work.js";
import { approversToAsk, type Recipient, recipientsOf } from "./recipients.js";

export type TellingEffect = Extract<Effect, { readonly type: "notify" | "askApprovers" | "requestMfa" }>;

/**
 * Tells people about a request, each what they may see of it (L8): one notice for each distinct view. Where somebody
 * could not be found out or told, all are told again later, under the same keys.
 */
export async function notifyEffect(context: ServiceContext, claimed: ClaimedEffect, effect: TellingEffect): Promise<Worked> {
  const { notifier } = context.ports;
  const state = await context.store.load(claimed.request);
  if (notifier === undefined || state === null) return settleDone(context, claimed);
  const recipients = await recipientsFor(context, state, effect);
  const now = await readClock(context);
  if (recipients === "unknown") return settleAgain(context, claimed, retryAfter(now, claimed.attempt));
  const about = effect.type === "notify" ? effect.about : effect.type;
  const notices = noticesOf(state, recipients, effect.key, about, eventTime(now, state.lastAt) ?? state.lastAt);
  const told = await Promise.all(notices.map((notice) => withinTime(context.settings.portTimeoutMs, () => notifier.notify(notice))));
  return told.every(({ answered }) => answered)
    ? settleDone(context, claimed)
    : settleAgain(context, claimed, retryAfter(await readClock(context), claimed.attempt));
}

function recipientsFor(
  context: ServiceContext,
  state: RequestState,
  effect: TellingEffect,
): readonly Recipient[] | Promise<readonly Recipient[] | "unknown"> {
  switch (effect.type) {
    case "notify":
      return recipientsOf(context, state, effect);
    case "askApprovers":
      return approversToAsk(context, state, effect);
    case "requestMfa":
      return state.status === "awaitingMfa" ? [{ identity: { id: granteeIdOf(state) }, administrator: false }] : [];
  }
}

/** The same recipients of the same view have the same key at every attempt. */
function noticesOf(state: RequestState, recipients: readonly Recipient[], key: string, about: string, at: Instant): readonly Notice[] {
  const byView = new Map<string, { readonly view: RequestView; readonly ids: Set<string> }>();
  for (const { identity, administrator } of recipients) {
    const viewer = { identity, administrator, at };
    if (!mayRead(state, viewer)) continue;
    const view = viewFor(state, viewer);
    const text = JSON.stringify(view);
    const known = byView.get(text) ?? { view, ids: new Set<string>() };
    byView.set(text, { view, ids: known.ids.add(identity.id) });
  }
  return [...byView.values()].flatMap(({ view, ids }) => {
    const to = [...ids].sort();
    return isNonEmpty(to) ? [{ key: `${key}:${shortHash(to)}`, to, about, view }] : [];
  });
}

function shortHash(to: readonly string[]): string {
  return hex(sha256(utf8(JSON.stringify(to)))).slice(0, 16);
}
