import { acceptFlow } from "../../core/define/accept.js";
import { errorOfFaults } from "../../core/evaluate/error-of-faults.js";
import type { AccessFlow } from "../../core/flow/access-flow.js";
import { accessFlowError } from "../../core/kernel/access-flow-error.js";
import { quotedText } from "../../core/kernel/quoted.js";
import { compareText } from "../../core/kernel/text.js";
import type { FlowSource } from "../../ports/flow-source.js";

/** A flow source whose flows can be changed while it serves. */
export type MemoryFlows = FlowSource & {
  /** Puts a flow in, in place of the one with its id. */
  set(flow: AccessFlow): void;
  /** Takes a flow out; an id that is not there is none the less gone. */
  remove(id: string): void;
};

/**
 * Access flows kept in memory: for tests, demos, and hosts that write their flows in code.
 *
 * Flows are given in the order of their ids. `version` counts the changes. An id names one flow, exactly.
 *
 * Throws `AccessFlowError` for a flow that is none (the code of its first fault), and `facts_invalid` for two
 * flows of one id.
 *
 * @example
 * const flow = defineAccessFlow({
 *   name: "Reports",
 *   requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
 *   targets: [{ kind: "bundle", bundle: "reports" }],
 * });
 * const flows = memoryFlows([flow]);
 * (await flows.flow("reports"))?.name;
 * // => "Reports"
 * flows.remove("reports");
 * await flows.flow("reports");
 * // => null
 */
export function memoryFlows(flows: Iterable<AccessFlow> = []): MemoryFlows {
  const kept = new Map<string, AccessFlow>();
  let version = 0;
  for (const given of flows) {
    const flow = acceptedFlow(given);
    if (kept.has(flow.id)) throw accessFlowError("facts_invalid", `two flows have the id ${quotedText(flow.id)}`);
    kept.set(flow.id, flow);
  }
  return Object.freeze<MemoryFlows>({
    async flow(id) {
      return kept.get(id) ?? null;
    },
    async flows() {
      const sorted = [...kept.values()].sort((left, right) => compareText(left.id, right.id));
      return Object.freeze({ flows: Object.freeze(sorted), version: String(version) });
    },
    set(given) {
      const flow = acceptedFlow(given);
      kept.set(flow.id, flow);
      version += 1;
    },
    remove(id) {
      if (kept.delete(id)) version += 1;
    },
  });
}

function acceptedFlow(flow: AccessFlow): AccessFlow {
  const accepted = acceptFlow(flow);
  if (!accepted.ok) throw errorOfFaults(accepted.error);
  return accepted.value;
}
