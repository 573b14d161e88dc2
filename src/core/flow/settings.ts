import type { Duration } from "../time/duration.js";

/** What else a request has to bring or to keep to. */
export type Settings = {
  readonly labels: readonly string[];
  readonly requireMfa: boolean;
  readonly requireJustification: boolean;
  readonly requireApproverReason: boolean;
  readonly requestorCannotApproveSelf: boolean;
  readonly requireDuration: boolean;
  readonly mfaWithin: Duration;
  readonly activateWithin: Duration;
  /** How far ahead a start may be asked for; null: only now (W1). */
  readonly startWithin: Duration | null;
  readonly maxExtensions: number;
  readonly extension: Duration;
};
