import type { Accepted } from "../core/approval/accepted.js";
import type { RecordedRequestEvent } from "../core/request/recorded-request-event.js";
import { type Effect, laneOf } from "../core/request/request-effect.js";
import type { RequestState } from "../core/request/request-state.js";
import type { Instant } from "../core/time/instant.js";
import type { CommitOutcome, RequestWrite } from "../ports/request-store.js";
import type { ServiceContext } from "./service-context.js";
import type { AccessServicePorts } from "./service-ports.js";

/** An accepted event that changed something. */
export type Happened = Accepted<RequestState, Effect, RecordedRequestEvent> & { readonly recorded: RecordedRequestEvent };

/**
 * Writes what an event led to: state, event, effects, the command that sent it or the effect that it settles, all in
 * one commit. Nothing is carried out before it is written, so that a crash in between loses nothing.
 */
export function commitEvent(
  context: ServiceContext,
  { state, effects, recorded }: Happened,
  cause: { readonly settle?: RequestWrite["settle"]; readonly command?: RequestWrite["command"] },
): Promise<CommitOutcome> {
  const { id } = state.request;
  const grantee = granteeIdOf(state);
  const own = effects
    .filter((effect) => isHeard(effect, context.ports))
    .map((effect) => ({ effect, lane: laneOf(effect, grantee), notBefore: notBeforeOf(effect, recorded.at) }));
  const audit = {
    effect: { key: `${id}:${recorded.revision}:audit`, type: "audit" as const },
    lane: `audit:${id}`,
    notBefore: recorded.at,
  };
  for (const { notBefore } of own) if (notBefore > recorded.at) context.upcoming.note(notBefore);
  return context.store.commit({
    id,
    expected: recorded.revision === 1 ? null : recorded.revision - 1,
    state,
    event: { ...recorded, request: id },
    effects: context.ports.audit === undefined ? own : [...own, audit],
    settle: cause.settle ?? null,
    command: cause.command ?? null,
  });
}

/** Who holds the access. */
export function granteeIdOf({ request }: RequestState): string {
  return (request.grantee ?? request.requestor).id;
}

/** Whether there is a port that carries an effect out. */
function isHeard(effect: Effect, { wake, notifier }: AccessServicePorts): boolean {
  switch (effect.type) {
    case "wake":
      return wake !== undefined;
    case "notify":
    case "askApprovers":
    case "requestMfa":
      return notifier !== undefined;
    default:
      return true;
  }
}

function notBeforeOf(effect: Effect, at: Instant): Instant {
  switch (effect.type) {
    case "activate":
    case "deactivate":
    case "changeEnd":
      return effect.notBefore ?? at;
    default:
      return at;
  }
}
