import type { Duration, Instant, ReasonCode } from "accessflow";
import type { Host } from "./host/host.js";
import type { Entry, Scene } from "./story.js";

/** What a step has to tell; when, and in which scene, is the step's own. `reasons`: of a request that was refused. */
export type Told = Pick<Entry, "request" | "kind" | "text" | "because"> & { readonly reasons?: readonly ReasonCode[] };

/** One thing that is done at a moment of the week. Under its key it can be done again: nothing happens twice. */
export type Step = {
  readonly key: string;
  readonly at: Instant;
  readonly scene: string;
  readonly run: (host: Host, key: string) => Promise<readonly Told[]>;
};

/** What somebody asks for. */
export type Ask = {
  /** File name of the flow. */
  readonly flow: string;
  readonly requestor: string;
  readonly grantee?: string;
  readonly permission: string;
  readonly resources: readonly string[];
  readonly requestedDuration?: Duration;
  readonly startAt?: string;
  readonly justification?: string;
};

/** A request of the script. Its id follows from who asks and the key of the step, so it is known before it is made. */
export type Asked = { readonly number: number; readonly id: string; readonly ask: Ask; readonly at: Instant; readonly scene: string };

/** The week as it was written: the same steps under the same keys on every run. */
export type Script = {
  readonly scenes: readonly Scene[];
  readonly steps: readonly Step[];
  readonly requests: readonly Asked[];
  /** In which scene an automatic flow first comes up, by its id. */
  readonly reconciled: ReadonlyMap<string, string>;
};
