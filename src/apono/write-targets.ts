import type { Filter, ResourceSelection, Target } from "../core/flow/target.js";
import { unreachable } from "../core/kernel/defect.js";
import { filterWords } from "./words.js";
import type { JsonRecord } from "./writing.js";

/** Every target can be said. */
export function writeTarget(target: Target): JsonRecord {
  switch (target.kind) {
    case "integration":
      return {
        integration: {
          integration_name: target.integration,
          resource_type: target.resourceType,
          permissions: target.permissions,
          ...writeSelection(target.resources),
        },
      };
    case "bundle":
      return { bundle: { bundle_name: target.bundle } };
    case "accessScope":
      return { access_scope: { access_scope_name: target.accessScope } };
    default:
      return unreachable(target);
  }
}

function writeSelection(selection: ResourceSelection): JsonRecord {
  if (selection === "any") return {};
  const include = (selection.include ?? []).map((filter) => writeFilter("include_resources", filter));
  const exclude = (selection.exclude ?? []).map((filter) => writeFilter("exclude_resources", filter));
  return { resources_scopes: [...include, ...exclude] };
}

function writeFilter(mode: string, filter: Filter): JsonRecord {
  const key = filter.by === "tag" ? { key: filter.key } : {};
  return { scope_mode: mode, type: filterWords[filter.by], ...key, values: filter.values };
}
