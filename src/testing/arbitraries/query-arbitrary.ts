import * as fc from "fast-check";
import { oneOfNames } from "./name-pools.js";
import { mostlyFirst, resourcePools } from "./resource-arbitrary.js";

const pools: readonly (readonly [field: string, values: readonly string[]])[] = [
  ["resource_type", resourcePools.types],
  ["resource_name", resourcePools.names],
  ["resource_path", resourcePools.paths],
  ["resource", resourcePools.ids],
  ["resource_source_id", ["s-1"]],
  ["resource_status", ["active", "error", "deleted"]],
  ["resource_risk_level", ["high", "low"]],
  ["permission", ["read", "p-1"]],
  ["permission_name", resourcePools.permissions],
  ["permission_risk_level", ["high", "low"]],
  ["integration", resourcePools.integrations],
  ["integration_name", ["prod", "production", "aws-prod"]],
];

/** The text of an access-scope query (Q) that parses: every field and operator, both cases of the joining words. */
export function queryTextArbitrary(): fc.Arbitrary<string> {
  return fc.letrec<{ query: string; leaf: string }>((tie) => ({
    leaf: comparisonArbitrary(),
    query: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      { weight: 4, arbitrary: tie("leaf") },
      { weight: 2, arbitrary: fc.tuple(tie("query"), oneOfNames(["and", "AND"]), tie("query")).map((parts) => parts.join(" ")) },
      { weight: 2, arbitrary: fc.tuple(tie("query"), oneOfNames(["or", "OR"]), tie("query")).map((parts) => parts.join(" ")) },
      { weight: 1, arbitrary: fc.tuple(oneOfNames(["not", "NOT"]), tie("query")).map(([word, inner]) => `${word} (${inner})`) },
      { weight: 1, arbitrary: fc.tuple(oneOfNames(["not", "NOT"]), tie("leaf")).map(([word, inner]) => `${word} ${inner}`) },
      { weight: 1, arbitrary: tie("query").map((inner) => `(${inner})`) },
      { weight: 1, arbitrary: tie("query").map((inner) => `( ${inner}\n)`) },
    ),
  })).query;
}

/** Such a text with one character or word lost, doubled or changed: most of them no longer parse. */
export function brokenQueryTextArbitrary(): fc.Arbitrary<string> {
  const extra = fc.constantFrom("", '"', "'", "(", ")", "and", "Not", "\\", ",", "=", "[", " ", "resource_kind", "é", "\n");
  return fc.tuple(queryTextArbitrary(), fc.nat(), fc.integer({ min: 0, max: 2 }), extra).map(([text, at, removed, inserted]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + inserted + text.slice(place + removed);
  });
}

function comparisonArbitrary(): fc.Arbitrary<string> {
  const field = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...pools) }, { weight: 1, arbitrary: entryFieldArbitrary() });
  return field.chain(([name, values]) => {
    const value = fc.oneof({ weight: 4, arbitrary: mostlyFirst(values) }, { weight: 1, arbitrary: oneOfNames(["x", 'a"b\\c']) });
    // Substring operators take no empty text (Q3).
    const part = fc.tuple(value, fc.integer({ min: 1, max: 9 })).map(([text, length]) => text.slice(0, length) || "x");
    return fc.oneof(
      { weight: 2, arbitrary: fc.tuple(oneOfNames(["=", "!="]), value).map(([operator, text]) => `${name} ${operator} ${quote(text)}`) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(oneOfNames(["contains", "not_contains", "starts_with", "ends_with"]), part)
          .map(([operator, text]) => `${name} ${operator} ${quote(text)}`),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(oneOfNames(["in", "not_in"]), fc.array(value, { minLength: 1, maxLength: 3 }))
          .map(([operator, texts]) => `${name} ${operator} (${texts.map(quote).join(", ")})`),
      },
    );
  });
}

/** `resource_tag["k"]` and its like. */
function entryFieldArbitrary(): fc.Arbitrary<readonly [string, readonly string[]]> {
  return fc
    .tuple(oneOfNames(["resource_tag", "resource_context", "permission_tag", "permission_context"]), oneOfNames(resourcePools.tagKeys))
    .map(([field, key]) => [`${field}[${quote(key)}]`, resourcePools.tagValues] as const);
}

function quote(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}
