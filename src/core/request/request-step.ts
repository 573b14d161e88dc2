import type { Accepted } from "../approval/accepted.js";
import type { Refusal } from "../kernel/refusal.js";
import type { Result } from "../kernel/result.js";
import type { RecordedRequestEvent } from "./recorded-request-event.js";
import type { Effect } from "./request-effect.js";
import type { RequestState } from "./request-state.js";

/** What an accepted event of a request leads to: to be saved together. */
export type AcceptedRequest = Accepted<RequestState, Effect, RecordedRequestEvent>;

/** What the machine answers to an event. */
export type RequestStep = Result<AcceptedRequest, Refusal>;
