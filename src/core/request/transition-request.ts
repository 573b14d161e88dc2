import { reason } from "../kernel/reason.js";
import { type Refusal, refuse } from "../kernel/refusal.js";
import type { Result } from "../kernel/result.js";
import { awaitAccess } from "./event/await-access.js";
import { awaitActivation } from "./event/await-activation.js";
import { awaitApproval } from "./event/await-approval.js";
import { awaitMfa } from "./event/await-mfa.js";
import { awaitRemoval } from "./event/await-removal.js";
import { unchangedRequest } from "./event/conclude-request.js";
import { holdAccess } from "./event/hold-access.js";
import { type ReadRequestEvent, readRequestEvent } from "./event/read-request-event.js";
import type { RequestEvent } from "./request-event.js";
import type { RequestState } from "./request-state.js";
import { isEnd } from "./request-status.js";
import type { AcceptedRequest, RequestStep } from "./request-step.js";
import { acceptRequest } from "./state/accept-request.js";

/**
 * The next state of a request after an event, with the effects to carry out, or a refusal that changes nothing
 * (L2–L7, L10, A). A pure function: the same state and event give the same answer, byte for byte.
 *
 * Save the answer where the stored revision is still `state.revision`, or start again from what is stored. What
 * `timeReached` or `factsRead` finds nothing to do for gives back the very object that was given, and records
 * nothing. `timeReached` past several due points acts once a call: repeat until the state stays the same.
 *
 * Refused: `state_foreign`, `state_newer` for what is no state of this library · `event_unknown` ·
 * `instant_invalid` and `facts_invalid` for what is not of the stated shape · `clock_went_back` for an event
 * earlier than the last · `request_over` in the six ends · `request_decided` for votes once approval is over ·
 * `effect_stale` for a report of another generation, or facts that nobody asked for · `already_ending` ·
 * `status_forbids` for what this status has no place for · and what the event itself is refused for: the reasons
 * of votes (see `transitionApproval`), `not_the_grantee`, `mfa_too_old`, `mfa_in_future`, `request_expired`,
 * `not_allowed_to_withdraw`, `not_allowed_to_revoke`, `facts_too_old`, `grant_over`, `grant_indefinite`,
 * `extensions_used_up`, `no_longer_eligible`, `no_longer_covered`, `flow_inactive`, `facts_unknown`,
 * `schedule_closed`, `duration_out_of_range`.
 *
 * @example
 * const flow = defineAccessFlow({
 *   name: "Reports",
 *   requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
 *   targets: [{ kind: "integration", integration: "pg", resourceType: "database", permissions: ["read"] }],
 * });
 * const ada = { id: "ada", emails: [], accounts: [], attributes: { group: ["staff"] } };
 * const submitted = submitRequest(flow, {
 *   id: "r1", requestor: ada, at: 0,
 *   entitlements: [{ resource: "db-1", permission: "read" }],
 *   resources: [{ id: "db-1", name: "reports", type: "database", integration: "pg", tags: {}, permissions: ["read"] }],
 * });
 * const facts = { requestor: ada, grantee: null, flow: "active", notCovered: [], readAt: 900 } as const;
 * const next = submitted.ok ? transitionRequest(submitted.value.state, { type: "factsRead", facts, at: 1000 }) : submitted;
 * next.ok && [next.value.state.status, next.value.effects[0]];
 * // => ["activating", { key: "r1:2:0", type: "activate", generation: 1, notBefore: null }]
 */
export function transitionRequest(state: RequestState, event: RequestEvent): Result<AcceptedRequest, Refusal> {
  const accepted = acceptRequest(state);
  if (!accepted.ok) return refuse(accepted.error);
  const read = readRequestEvent(event);
  if (!read.ok) return refuse(...read.error);
  const current = accepted.value;
  if (read.value.at < current.lastAt) return refuse(reason("clock_went_back", "L7", [], { lastAt: current.lastAt }));
  const step = take(current, read.value);
  if (step !== null) return step;
  // Nothing to do: the very object that was given, be it a state made here or plain JSON.
  const isEmpty = read.value.type === "timeReached" || (read.value.type === "factsRead" && current.status === "active");
  return isEmpty ? unchangedRequest(state) : refuse(whyNot(current, read.value));
}

/** null: the status has nothing to do for the event. */
function take(state: RequestState, event: ReadRequestEvent): RequestStep | null {
  if (isEnd(state.status)) return null;
  // What is reported about another order changes nothing, whatever has happened since (L6).
  if ("generation" in event && event.generation !== state.grant?.generation) return refuse(reason("effect_stale", "L6", []));
  if ("reports" in event && event.reports.some(({ entitlement }) => entitlement >= state.request.entitlements.length))
    return refuse(reason("facts_invalid", "C4", [], { argument: "event", at: ["reports"] }));
  switch (state.status) {
    case "awaitingMfa":
      return awaitMfa(state, event);
    case "awaitingApproval":
      return awaitApproval(state, event);
    case "scheduled":
      return awaitActivation(state, event);
    case "activating":
      return awaitAccess(state, event);
    case "active":
      return holdAccess(state, event);
    case "deactivating":
      return awaitRemoval(state, event);
    default:
      return null;
  }
}

function whyNot(state: RequestState, event: ReadRequestEvent): ReturnType<typeof reason> {
  const { status } = state;
  if (isEnd(status)) return reason("request_over", "L7", [], { status });
  // `awaitingApproval` takes votes; past it, it is decided: an approval that nobody needs was given at once (A1).
  if (event.type === "vote" && status !== "awaitingMfa")
    return reason("request_decided", "A4", [], { status: state.approval?.status ?? "approved" });
  return reason("status_forbids", "L7", [], { status });
}
