import { acceptFlow } from "../../core/define/accept.js";
import type { AccessFlow } from "../../core/flow/access-flow.js";
import { withinTime } from "../guard/within-time.js";
import type { ServiceContext } from "../service-context.js";

/** The flow as it is now. `"unknown"`: the source did not answer, or not with a flow of that id. */
export async function readFlow(context: ServiceContext, id: string): Promise<AccessFlow | "gone" | "unknown"> {
  const asked = await withinTime(context.settings.portTimeoutMs, () => context.ports.flows.flow(id));
  if (!asked.answered) return "unknown";
  if (asked.value === null) return "gone";
  const accepted = acceptFlow(asked.value);
  return accepted.ok && accepted.value.id === id ? accepted.value : "unknown";
}
