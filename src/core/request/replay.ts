import { accessFlowError } from "../kernel/access-flow-error.js";
import type { RecordedRequestEvent } from "./recorded-request-event.js";
import type { RequestState } from "./request-state.js";
import { restoreRequestState } from "./restore-request-state.js";
import { firstRequestState, nextRequestState } from "./state/next-request-state.js";

/**
 * The state that recorded events lead to: a fold, which decides nothing again (L7). The events are all of one
 * request, from its submission on, in order.
 *
 * Throws AccessFlowError: `state_invalid` where the log does not begin with the submission, has a gap, or leads
 * to a state that the machine could not have come to.
 *
 * @example
 * const flow = defineAccessFlow({
 *   name: "Everybody reads",
 *   trigger: "automatic",
 *   requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
 *   targets: [{ kind: "bundle", bundle: "reports" }],
 * });
 * const granted = grantRequest(flow, {
 *   id: "g1", grantee: { id: "ada" }, entitlements: [{ resource: "db-1", permission: "read" }], at: 0,
 * });
 * granted.ok && granted.value.recorded && replay([granted.value.recorded]).status;
 * // => "scheduled"
 */
export function replay(recorded: readonly RecordedRequestEvent[]): RequestState {
  const [first, ...others] = recorded;
  const { request, status } = first?.concluded ?? {};
  if (first?.type !== "submitted" || first.revision !== 1 || request === undefined || status === undefined) {
    throw accessFlowError("state_invalid", "the log does not begin with a submission");
  }
  let state = firstRequestState(first, request, status);
  for (const event of others) {
    if (event.revision !== state.revision + 1)
      throw accessFlowError("state_invalid", `the log has no event of revision ${state.revision + 1}`);
    state = nextRequestState(state, event);
  }
  const restored = restoreRequestState(state);
  if (restored.ok) return restored.value;
  throw accessFlowError("state_invalid", restored.error.map((issue) => issue.message).join("\n"), restored.error);
}
