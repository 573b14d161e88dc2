import type { AccessFlow } from "../core/flow/access-flow.js";

/** Gives access flows: normal forms with ids of their own. */
export interface FlowSource {
  /** The flow as it is now; null: no such flow is left. */
  flow(id: string): Promise<AccessFlow | null>;
  /** All of them; `version` changes when anything does. */
  flows(): Promise<{ readonly flows: readonly AccessFlow[]; readonly version: string }>;
}
