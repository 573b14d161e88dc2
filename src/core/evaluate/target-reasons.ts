import type { Reason } from "../kernel/reason.js";
import { compareText } from "../kernel/text.js";

/** Reasons in an order that does not depend on the inventory's, none twice: by target, then by what they say. */
export function sortReasons(reasons: readonly Reason[]): readonly Reason[] {
  const byText = new Map(reasons.map((reason) => [JSON.stringify(reason), reason]));
  return [...byText]
    .sort(([left, one], [right, other]) => positionOf(one) - positionOf(other) || compareText(left, right))
    .map(([, reason]) => reason);
}

/** The target a reason is about; those about none come first. */
function positionOf(reason: Reason): number {
  const [, position] = reason.path;
  return typeof position === "number" ? position : -1;
}
