import type { NonEmptyArray } from "../core/kernel/non-empty-array.js";
import type { RequestView } from "../core/request/request-view.js";

/** Tells people, at least once by `key`. It gets a view, so it cannot show what L8 hides. */
export interface Notifier {
  /** Resolves when it is on its way. One that is rejected comes again later, under its key; no decision waits for it. */
  notify(notice: Notice): Promise<void>;
}

/** One message to people who may all see the same of a request. */
export type Notice = {
  readonly key: string;
  /** Ids of people, who share one view. Nobody who is excluded by A6 is asked to vote. */
  readonly to: NonEmptyArray<string>;
  /** What happened, as the effect says it: `requestMfa`, `askApprovers`, or what a `notify` is about. */
  readonly about: string;
  readonly view: RequestView;
};
