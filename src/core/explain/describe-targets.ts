import type { Filter, ResourceSelection, Target } from "../flow/target.js";
import { unreachable } from "../kernel/defect.js";
import { quotedText } from "../kernel/quoted.js";
import { joined } from "./join-words.js";

/** What one target gives (T1, T2, T5). */
export function describeTarget(target: Target): string {
  switch (target.kind) {
    case "integration":
      return (
        `${joined(target.permissions.map(quotedText), "and")} on ${describeSelection(target.resources)} of type ${quotedText(target.resourceType)}` +
        ` in integration ${quotedText(target.integration)}`
      );
    case "bundle":
      return `everything in bundle ${quotedText(target.bundle)}`;
    case "accessScope":
      return `everything that access scope ${quotedText(target.accessScope)} selects`;
    default:
      return unreachable(target);
  }
}

function describeSelection(selection: ResourceSelection): string {
  if (selection === "any") return "every resource";
  const include = selection.include === undefined ? "every resource" : `each resource with ${describeFilters(selection.include)}`;
  return selection.exclude === undefined ? include : `${include}, but none with ${describeFilters(selection.exclude)},`;
}

function describeFilters(filters: readonly Filter[]): string {
  return filters.map(describeFilter).join(", or with ");
}

function describeFilter(filter: Filter): string {
  const values = joined(filter.values.map(quotedText), "or");
  switch (filter.by) {
    case "name":
      return `the name ${values}`;
    case "id":
      return `the id ${values}`;
    case "tag":
      return `the tag ${quotedText(filter.key)} being ${values}`;
    default:
      return unreachable(filter);
  }
}
