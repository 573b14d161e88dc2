import type { NonEmptyArray } from "../core/kernel/non-empty-array.js";
import type { RequestView } from "../core/request/request-view.js";

/** Tells people, at least once by `key`. It gets a view, so it cannot show what L8 hides. */
export interface Notifier {
  notify(notice: Notice): Promise<void>;
}

export type Notice = {
  readonly key: string;
  /** Ids of people, who share one view. Nobody who is excluded by A6 is asked to vote. */
  readonly to: NonEmptyArray<string>;
  readonly about: string;
  readonly view: RequestView;
};
