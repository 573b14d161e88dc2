import type { Resource } from "../facts/resource.js";
import type { Filter, ResourceSelection } from "../flow/target.js";
import { normalText } from "../kernel/text.js";
import { and, not, or, type Truth, truthOf } from "../kernel/truth.js";
import { entriesUnder } from "../query/entries-under.js";

/** Whether a selection picks a resource; unknown where only its tags could tell, and they are unknown. */
export type ResourceTest = (resource: Resource) => Truth;

/**
 * Turns a selection into a function (T2, T3). Only what holds is picked: so unknown tags match no `include`
 * filter, and keep a resource that an `exclude` filter might match out.
 */
export function compileSelection(selection: ResourceSelection): ResourceTest {
  if (selection === "any") return () => "holds";
  const include = selection.include === undefined ? null : anyOf(selection.include);
  const exclude = selection.exclude === undefined ? null : anyOf(selection.exclude);
  return (resource) => and([include?.(resource) ?? "holds", not(exclude?.(resource) ?? "fails")]);
}

function anyOf(filters: readonly Filter[]): ResourceTest {
  const tests = filters.map(compileFilter);
  return (resource) => or(tests.map((test) => test(resource)));
}

function compileFilter(filter: Filter): ResourceTest {
  const values = new Set(filter.values.map(normalText));
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
