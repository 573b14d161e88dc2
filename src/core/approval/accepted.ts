import type { ApprovalEffect } from "./effect.js";
import type { RecordedApprovalEvent } from "./recorded-event.js";

/**
 * What an accepted event leads to. To be saved together: the state where the revision is still the one that
 * was loaded, the effects, the record for the log.
 *
 * `recorded` null: nothing has happened, and `state` is the very object that was given (after a start: a new
 * approval, with nothing in its log yet).
 */
export type Accepted<State, Effect = ApprovalEffect, Recorded = RecordedApprovalEvent> = {
  readonly state: State;
  readonly effects: readonly Effect[];
  readonly recorded: Recorded | null;
};
