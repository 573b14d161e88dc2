import type { Resource } from "../facts/resource.js";
import type { Filter, ResourceSelection } from "../flow/target.js";
import { hasOtherSpellings, normalText } from "../kernel/text.js";
import { not, type Truth, truthOf } from "../kernel/truth.js";
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
  return (resource) => {
    const included = include === null ? "holds" : include(resource);
    if (exclude === null || included === "fails") return included;
    const kept = not(exclude(resource));
    return kept === "holds" ? included : kept;
  };
}

function anyOf(filters: readonly NormalFilter[]): ResourceTest {
  const tests = filters.map(compileFilter);
  return (resource) => {
    let truth: Truth = "fails";
    for (const test of tests) {
      const one = test(resource);
      if (one === "holds") return one;
      if (one === "unknown") truth = one;
    }
    return truth;
  };
}

function compileFilter(filter: NormalFilter): ResourceTest {
  const isListed = listTest(filter.values);
  switch (filter.by) {
    case "name":
      return (resource) => truthOf(isListed(resource.name));
    case "id":
      return (resource) => truthOf(isListed(resource.id));
    case "tag": {
      const entries = entriesUnder(filter.key);
      return ({ tags }) => (tags === undefined ? "unknown" : truthOf(entries(tags).some(isListed)));
    }
  }
}

/** Whether a text is one of those listed, in normal form. Where no listed text has another spelling, only the same text is equal to it. */
function listTest(values: readonly string[]): (text: string) => boolean {
  const listed: ReadonlySet<string> = new Set(values);
  if (!values.some(hasOtherSpellings)) return (text) => listed.has(text);
  return (text) => listed.has(text) || listed.has(normalText(text));
}
