import { checkPart } from "../define/check-part.js";
import { accessFlowError } from "../kernel/access-flow-error.js";
import { quotedText } from "../kernel/quoted.js";
import { kindOf, lengthOf, valueAt } from "../kernel/read-json.js";
import type { RecordedRequestEvent } from "./recorded-request-event.js";
import type { RequestState } from "./request-state.js";
import { restoreRequestState } from "./restore-request-state.js";
import { firstRequestState, nextRequestState } from "./state/next-request-state.js";
import { recordedRequestEventShape } from "./state/recorded-shape.js";
import { requestWalk } from "./state/request-walk.js";

/**
 * The state that recorded events lead to: a fold, which decides nothing again (L7). The events are all of one
 * request, from its submission on, in order; as a machine recorded them, or as a store gives them, with the id of
 * their request.
 *
 * Throws AccessFlowError: `state_invalid` where the log is not of the stated shape, does not begin with the
 * submission, has a gap, goes back in time, holds an event of another request, or leads to a state that the machine
 * could not have come to.
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
  const [first, ...others] = readLog(recorded);
  const { request, status } = first?.concluded ?? {};
  if (first?.type !== "submitted" || first.revision !== 1 || request === undefined || status === undefined) {
    throw accessFlowError("state_invalid", "the log does not begin with a submission");
  }
  if ([first, ...others].some((event) => event.request !== undefined && event.request !== request.id))
    throw accessFlowError("state_invalid", `the log holds an event of another request than ${quotedText(request.id)}`);
  let state = firstRequestState(first, request);
  for (const event of others) {
    if (event.revision !== state.revision + 1)
      throw accessFlowError("state_invalid", `the log has no event of revision ${state.revision + 1}`);
    if (event.at < state.lastAt) throw accessFlowError("state_invalid", `the log goes back in time at revision ${event.revision}`);
    if (event.concluded.request !== undefined)
      throw accessFlowError("state_invalid", `the log has a second submission at revision ${event.revision}`);
    state = nextRequestState(state, event);
  }
  const restored = restoreRequestState(state);
  if (restored.ok) return restored.value;
  throw accessFlowError("state_invalid", restored.error.map((issue) => issue.message).join("\n"), restored.error);
}

/** An event with the id of its request, where it comes from a store. */
type LoggedEvent = RecordedRequestEvent & { readonly request?: string };

/** The events of a log that may be anything: all of the stated shape, or an error that says what is wrong. */
export function readLog(recorded: unknown): readonly LoggedEvent[] {
  const length = kindOf(recorded) === "list" ? lengthOf(recorded as object) : null;
  if (length === null) throw accessFlowError("state_invalid", "the log is no list of events");
  return Array.from({ length }, (_, position) => {
    const checked = checkPart<LoggedEvent>(recordedRequestEventShape, valueAt(recorded as object, position), requestWalk);
    if (checked.ok) return checked.value;
    throw accessFlowError("state_invalid", checked.error.map((issue) => issue.message).join("\n"), checked.error);
  });
}
