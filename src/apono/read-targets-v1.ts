import type { Path } from "../core/kernel/path.js";
import { selectionOf } from "./read-targets-v2.js";
import { addIssue, type Draft, madeFrom, type Reading } from "./reading.js";
import { type FilterV1, type FlowV1, filterWordsV1, type IntegrationTargetV1 } from "./shape-v1.js";
import { ourWord } from "./words.js";

/** Two lists of theirs are one here: the integrations first. */
export function readTargetsV1(reading: Reading, { integration_targets: integrations, bundle_targets: bundles }: FlowV1): readonly Draft[] {
  return [
    ...(integrations ?? []).map((target, index) => readIntegration(reading, ["integration_targets", index], target)),
    ...(bundles ?? []).map((target, index) => {
      const made = { kind: "bundle", bundle: target.name ?? undefined };
      return madeFrom(reading, ["bundle_targets", index], made, { bundle: ["name"] });
    }),
  ];
}

function readIntegration(reading: Reading, at: Path, target: IntegrationTargetV1): Draft {
  const filters = [
    ...readFilters(reading, [...at, "resource_include_filters"], target.resource_include_filters, "include"),
    ...readFilters(reading, [...at, "resource_exclude_filters"], target.resource_exclude_filters, "exclude"),
  ];
  const made = {
    kind: "integration",
    integration: target.name ?? undefined,
    resourceType: target.resource_type ?? undefined,
    permissions: target.permissions ?? undefined,
    ...(filters.length === 0 ? {} : { resources: selectionOf(reading, at, filters) }),
  };
  return madeFrom(reading, at, made, { integration: ["name"], resourceType: ["resource_type"], resources: [] });
}

type Mode = "include" | "exclude";

function readFilters(
  reading: Reading,
  at: Path,
  filters: IntegrationTargetV1["resource_include_filters"],
  mode: Mode,
): { mode: Mode; filter: Draft }[] {
  if (filters?.length === 0) addIssue(reading, "empty", at, "is empty: leave it out where nothing is meant");
  return (filters ?? []).map((filter, index) => ({ mode, filter: readFilter(reading, [...at, index], filter) }));
}

/** One value a filter; a tag's key stands under `key`, or, in earlier versions, under `name`. */
function readFilter(reading: Reading, at: Path, filter: FilterV1): Draft {
  const by = ourWord(filterWordsV1, filter.type);
  const values = madeFrom(reading, [...at, "value"], filter.value === null || filter.value === undefined ? [] : [filter.value], { 0: [] });
  const keys = (["key", "name"] as const).filter((key) => (filter[key] ?? null) !== null);
  const [key, other] = keys;
  if (by === "tag") {
    if (other !== undefined) addIssue(reading, "combination_means_nothing", [...at, other], "stands beside `key`: write one of them");
    const made = { by, key: key === undefined ? undefined : (filter[key] ?? undefined), values };
    return madeFrom(reading, at, made, { by: ["type"], key: [key ?? "key"], values: ["value"] });
  }
  for (const each of by === undefined ? [] : keys)
    addIssue(reading, "combination_means_nothing", [...at, each], "has a meaning for type `tag` only");
  return madeFrom(reading, at, { by, values }, { by: ["type"], values: ["value"] });
}
