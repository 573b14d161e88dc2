import type { NonEmptyArray } from "../core/kernel/non-empty-array.js";
import type { StoredEvent } from "./request-store.js";

/** Keeps a record of what happened: every event once or more, in order of revision within a request. */
export interface AuditSink {
  /** Resolves when they are kept. One that is rejected comes again, and so may one that was kept: tell them apart by request and revision. */
  record(entries: NonEmptyArray<StoredEvent>): Promise<void>;
}
