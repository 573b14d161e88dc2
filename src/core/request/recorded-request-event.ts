import type { ApprovalState } from "../approval/approval-state.js";
import type { RecordedApprovalEvent, RecordedEvent } from "../approval/recorded-event.js";
import type { RequestEvent } from "./request-event.js";
import type { RequestState } from "./request-state.js";

/**
 * What was concluded from an event: the fields of the state that it changed, and nothing of the facts that led
 * there. `revision` and `lastAt` are those of the record itself; of an approval under way only its own record is
 * kept, not the state again.
 */
export type ConcludedRequest = Partial<Omit<RequestState, "kind" | "format" | "revision" | "lastAt" | "approval">> & {
  readonly approvalOpened?: ApprovalState;
  readonly approvalEvent?: RecordedApprovalEvent;
};

/** What goes into the log of a request. Folding these with `replay` gives the state again (L7). */
export type RecordedRequestEvent = RecordedEvent<"submitted" | RequestEvent["type"], ConcludedRequest>;
