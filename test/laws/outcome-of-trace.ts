import type { TraceStep } from "../../src/core/kernel/trace.js";
import type { Truth } from "../../src/core/kernel/truth.js";

/**
 * The outcome as the steps alone give it, the combinations computed anew from their members: a `combine` joins
 * the steps before it that lie below its path and that no earlier one has joined.
 */
export function outcomeOfTrace(steps: readonly TraceStep[]): "eligible" | "ineligible" {
  let open: { readonly path: string; readonly outcome: Truth }[] = [];
  for (const step of steps) {
    const path = pathText(step.path);
    if (step.kind !== "combine") {
      open.push({ path, outcome: step.outcome });
      continue;
    }
    const members = open.filter((each) => each.path !== path && each.path.startsWith(path)).map((each) => each.outcome);
    open = open.filter((each) => each.path === path || !each.path.startsWith(path));
    const [deciding, otherwise]: readonly [Truth, Truth] = step.combinator === "and" ? ["fails", "holds"] : ["holds", "fails"];
    open.push({ path, outcome: members.includes(deciding) ? deciding : members.includes("unknown") ? "unknown" : otherwise });
  }
  return open.every((each) => each.outcome === "holds") ? "eligible" : "ineligible";
}

/** Ends in a separator, so that one path begins with another exactly when it lies below it or is the same. */
function pathText(path: readonly (string | number)[]): string {
  return path.map((step) => `${step}/`).join("");
}
