import type { Path } from "../core/kernel/path.js";
import type { AccessTargetV2, IntegrationV2, Maybe, ResourcesScopeV2 } from "./document-v2.js";
import { firstName } from "./read-conditions-v2.js";
import { addIssue, type Draft, hasIssueAt, madeFrom, type Reading } from "./reading.js";
import { filterWords, ourWord } from "./words.js";

/** What a flow or a bundle gives. */
export function readTargetsV2(reading: Reading, at: Path, targets: Maybe<readonly AccessTargetV2[]>): readonly Draft[] | undefined {
  return targets?.map((target, index) => readTarget(reading, [...at, index], target));
}

function readTarget(reading: Reading, at: Path, target: AccessTargetV2): Draft {
  const kinds = (["integration", "bundle", "access_scope"] as const).filter((kind) => Object.hasOwn(target, kind) && target[kind] !== null);
  if (kinds.length !== 1 && !hasIssueAt(reading, at)) {
    const says = "must have exactly one of `integration`, `bundle` and `access_scope`";
    addIssue(reading, kinds.length === 0 ? "missing_key" : "combination_means_nothing", at, says);
  }
  switch (kinds[0]) {
    case "bundle":
      return readReference(reading, [...at, "bundle"], target.bundle, "bundle", ["bundle_name", "bundle_reference", "name", "bundle_id"]);
    case "access_scope":
      return readReference(reading, [...at, "access_scope"], target.access_scope, "accessScope", [
        "access_scope_name",
        "access_scope_reference",
        "name",
        "access_scope_id",
      ]);
    case "integration":
      return readIntegration(reading, [...at, "integration"], target.integration ?? {});
    default:
      return madeFrom(reading, at, {}, { kind: [] });
  }
}

function readReference(
  reading: Reading,
  at: Path,
  names: { readonly [key: string]: unknown } | null | undefined,
  kind: "bundle" | "accessScope",
  keys: readonly [string, ...string[]],
): Draft {
  const { key, name } = firstName(reading, at, names ?? {}, keys);
  return madeFrom(reading, at, { kind, [kind]: name }, { [kind]: [key] });
}

function readIntegration(reading: Reading, at: Path, target: IntegrationV2): Draft {
  const { key, name } = firstName(reading, at, target, ["integration_name", "integration_reference", "integration_id"]);
  const resources = readScopes(reading, [...at, "resources_scopes"], target.resources_scopes);
  const made = {
    kind: "integration",
    integration: name,
    resourceType: target.resource_type ?? undefined,
    permissions: target.permissions ?? undefined,
    ...(resources === undefined ? {} : { resources }),
  };
  return madeFrom(reading, at, made, { integration: [key], resourceType: ["resource_type"], resources: ["resources_scopes"] });
}

/** A list that is there and empty could mean every resource or none, so it is an issue (TH2). */
function readScopes(reading: Reading, at: Path, scopes: Maybe<readonly ResourcesScopeV2[]>): Draft | undefined {
  if (scopes === null || scopes === undefined) return undefined;
  if (scopes.length === 0) addIssue(reading, "empty", at, "is empty: leave it out where every resource is meant");
  return selectionOf(
    reading,
    at,
    scopes.map((scope, index) => {
      const filter = readFilter(reading, [...at, index], scope);
      return { mode: scope.scope_mode === "include_resources" ? "include" : "exclude", filter };
    }),
  );
}

/** Filters sorted into what is included and what is excluded; each keeps its own place in the document. */
export function selectionOf(
  reading: Reading,
  at: Path,
  filters: readonly { readonly mode: "include" | "exclude"; readonly filter: Draft }[],
): Draft {
  const include = filters.filter(({ mode }) => mode === "include").map(({ filter }) => filter);
  const exclude = filters.filter(({ mode }) => mode === "exclude").map(({ filter }) => filter);
  const made = { ...(include.length === 0 ? {} : { include }), ...(exclude.length === 0 ? {} : { exclude }) };
  return madeFrom(reading, at, made, { include: [], exclude: [] });
}

function readFilter(reading: Reading, at: Path, scope: ResourcesScopeV2): Draft {
  const by = ourWord(filterWords, scope.type);
  const key = scope.key ?? undefined;
  if (by !== "tag" && by !== undefined && key !== undefined) {
    addIssue(reading, "combination_means_nothing", [...at, "key"], "has a meaning for type `TAG` only");
  }
  const made = by === "tag" ? { by, key, values: scope.values ?? undefined } : { by, values: scope.values ?? undefined };
  return madeFrom(reading, at, made, { by: ["type"] });
}
