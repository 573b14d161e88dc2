import type { Resource } from "../facts/resource.js";
import type { Filter, ResourceSelection } from "../flow/target.js";
import { normalText } from "../kernel/text.js";
import { and, not, or, type Truth, truthOf } from "../kernel/truth.js";
import { entriesUnder } from "../query/entries-under.js";

/** Whether a selection picks a resource; unknown where only its tags could tell, and they are unknown. */
export type ResourceTest = (resource: Resource) => Truth;

/** A filter with everything it compares in normal form, each value once. */
export type NormalFilter =
  | { readonly by: "name" | "id"; readonly values: readonly string[] }
  | { readonly by: "tag"; readonly key: string; readonly values: readonly string[] };

/** A selection in normal form; null: no such filters. */
export type NormalSelection =
  | "any"
  | { readonly include: readonly NormalFilter[] | null; readonly exclude: readonly NormalFilter[] | null };

export function normalSelection(selection: ResourceSelection): NormalSelection {
  if (selection === "any") return "any";
  const { include, exclude } = selection;
  return { include: include?.map(normalFilter) ?? null, exclude: exclude?.map(normalFilter) ?? null };
}

function normalFilter(filter: Filter): NormalFilter {
  const values = [...new Set(filter.values.map(normalText))];
  return filter.by === "tag" ? { by: "tag", key: normalText(filter.key), values } : { by: filter.by, values };
}

/**
 * Turns a selection into a function (T2, T3). Only what holds is picked: so unknown tags match no `include`
 * filter, and keep a resource that an `exclude` filter might match out.
 */
export function compileSelection(selection: NormalSelection): ResourceTest {
  if (selection === "any") return () => "holds";
  const include = selection.include === null ? null : anyOf(selection.include);
  const exclude = selection.exclude === null ? null : anyOf(selection.exclude);
  return (resource) => and([include?.(resource) ?? "holds", not(exclude?.(resource) ?? "fails")]);
}

function anyOf(filters: readonly NormalFilter[]): ResourceTest {
  const tests = filters.map(compileFilter);
  return (resource) => or(tests.map((test) => test(resource)));
}

function compileFilter(filter: NormalFilter): ResourceTest {
  const values = new Set(filter.values);
  switch (filter.by) {
    case "name":
      return (resource) => truthOf(values.has(normalText(resource.name)));
    case "id":
      return (resource) => truthOf(values.has(normalText(resource.id)));
    case "tag":
      return (resource) => {
        if (resource.tags === undefined) return "unknown";
        return truthOf(entriesUnder(resource.tags, filter.key).some((value) => values.has(value)));
      };
  }
}
