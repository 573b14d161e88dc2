/* Chapter Q: a reader of queries that answers at once; null where the text is no query. */
import type { Catalog, Permission, Resource } from "../../../src/index.js";
import { all, nfc, not, same, some, type Truth, truthOf } from "./conditions.js";

type Pair = { resource: Resource; permission: Permission; catalog?: Catalog | undefined };
export type Question = (pair: Pair) => Truth;

/** What a field reads (Q1, Q5, Q6); of those with a key in brackets, all that is there. */
function fieldsOf({ resource, permission: named, catalog }: Pair): { [field: string]: unknown } {
  const permission = typeof named === "string" ? { name: named } : named;
  return {
    ...{ resource_type: resource.type, resource_name: resource.name, resource_path: resource.path, resource: resource.id },
    ...{ resource_source_id: resource.sourceId, resource_status: resource.status, resource_risk_level: resource.riskLevel },
    ...{ permission: permission.id ?? permission.name, permission_name: permission.name, permission_risk_level: permission.riskLevel },
    integration: resource.integration,
    integration_name: catalog?.integrations?.find(({ id }) => same(id, resource.integration))?.name,
    ...{ resource_tag: resource.tags, resource_context: resource.context },
    ...{ permission_tag: permission.tags, permission_context: permission.context },
  };
}
const positives: { [operator: string]: (seen: string, listed: string) => boolean } = {
  "=": (seen, listed) => seen === listed,
  in: (seen, listed) => seen === listed,
  contains: (seen, listed) => seen.includes(listed),
  starts_with: (seen, listed) => seen.startsWith(listed),
  ends_with: (seen, listed) => seen.endsWith(listed),
};
const negatives: { [operator: string]: string } = { "!=": "=", not_in: "in", not_contains: "contains" };
const keyed = ["resource_tag", "resource_context", "permission_tag", "permission_context"];

export function readQuery(text: string): Question | null {
  const tokens = text.match(/[a-zA-Z_][a-zA-Z_0-9]*|"(?:[^"\\\n\r]|\\["\\])*"|!=|\S/g) ?? [];
  // Reads what must stand next, and is over where something else does.
  const take = (allowed: (token: string) => boolean): string => {
    const token = tokens.shift() ?? "";
    if (!allowed(token)) throw new SyntaxError(token);
    return token;
  };
  const word = (...words: string[]) => take((token) => words.includes(token));
  const isNext = (...words: string[]) => words.includes(tokens[0] ?? "") && word(...words) !== "";
  const value = () =>
    take((token) => /^".*"$/s.test(token))
      .slice(1, -1)
      .replace(/\\(.)/g, "$1");
  const listOf = <Item>(item: () => Item, ...between: string[]): Item[] => [
    item(),
    ...(isNext(...between) ? listOf(item, ...between) : []),
  ];
  const anyOf = (): Question => {
    const members = listOf(allOf, "or", "OR");
    return (pair) => some(members.map((member) => member(pair)));
  };
  const allOf = (): Question => {
    const members = listOf(single, "and", "AND");
    return (pair) => all(members.map((member) => member(pair)));
  };
  const single = (): Question => {
    if (isNext("not", "NOT")) {
      const inner = single();
      return (pair) => not(inner(pair));
    }
    if (!isNext("(")) return comparison();
    const inner = anyOf();
    word(")");
    return inner;
  };
  const comparison = (): Question => {
    const field = take((token) => Object.hasOwn(fieldsOf({ resource: {} as Resource, permission: "" }), token));
    const key = keyed.includes(field) ? [word("["), value(), word("]")][1] : undefined;
    const operator = word(...Object.keys(positives), ...Object.keys(negatives));
    const positive = negatives[operator] ?? operator;
    const listed = positive === "in" && word("(") ? listOf(value, ",") : [value()];
    if (positive === "in") word(")");
    else if (positive !== "=" && listed.includes("")) throw new SyntaxError("an empty text is part of every text (Q3)");
    return (pair) => {
      const there = fieldsOf(pair)[field];
      const seen = key === undefined ? there : Object.entries(there ?? {}).find(([name]) => same(name, key))?.[1];
      if (typeof seen !== "string") return "unknown";
      const truth = truthOf(listed.some((text) => positives[positive]?.(nfc(seen), nfc(text))));
      return positive === operator ? truth : not(truth);
    };
  };
  try {
    const question = anyOf();
    return tokens.length === 0 ? question : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
