/* Chapter Q: a reader of queries that answers at once; null where the text is no query. */
import type { Catalog } from "../../../src/core/facts/catalog.js";
import type { Permission, Resource } from "../../../src/core/facts/resource.js";
import { all, negated, nfc, own, some, type Truth } from "./conditions.js";

export type Pair = { resource: Resource; permission: Permission; catalog: Catalog | undefined };
export type Question = (pair: Pair) => Truth;
type Token = { kind: "word" | "text" | "sign"; text: string };

const simpleFields: { [field: string]: (pair: Pair) => string | undefined } = {
  resource_type: ({ resource }) => resource.type,
  resource_name: ({ resource }) => resource.name,
  resource_path: ({ resource }) => resource.path,
  resource: ({ resource }) => resource.id,
  resource_source_id: ({ resource }) => resource.sourceId,
  resource_status: ({ resource }) => resource.status,
  resource_risk_level: ({ resource }) => resource.riskLevel,
  permission: ({ permission }) => entity(permission).id ?? entity(permission).name,
  permission_name: ({ permission }) => entity(permission).name,
  permission_risk_level: ({ permission }) => entity(permission).riskLevel,
  integration: ({ resource }) => resource.integration,
  integration_name: ({ resource, catalog }) => catalog?.integrations?.find(({ id }) => nfc(id) === nfc(resource.integration))?.name,
};
const entryFields: { [field: string]: (pair: Pair) => { readonly [key: string]: string } | undefined } = {
  resource_tag: ({ resource }) => resource.tags,
  resource_context: ({ resource }) => resource.context,
  permission_tag: ({ permission }) => entity(permission).tags,
  permission_context: ({ permission }) => entity(permission).context,
};
const comparisons: { [operator: string]: (seen: string, listed: string) => boolean } = {
  "=": (seen, listed) => seen === listed,
  in: (seen, listed) => seen === listed,
  contains: (seen, listed) => seen.includes(listed),
  starts_with: (seen, listed) => seen.startsWith(listed),
  ends_with: (seen, listed) => seen.endsWith(listed),
};
const negatives: { [operator: string]: string } = { "!=": "=", not_in: "in", not_contains: "contains" };

function entity(permission: Permission): Exclude<Permission, string> {
  return typeof permission === "string" ? { name: permission } : permission;
}

function tokensOf(text: string): Token[] | null {
  const tokens: Token[] = [];
  const pattern = /\s+|([a-zA-Z_][a-zA-Z_0-9]*)|"((?:[^"\\\n\r]|\\["\\])*)"|(!=|[=()[\],])/gy;
  while (pattern.lastIndex < text.length) {
    const found = pattern.exec(text);
    if (found === null) return null;
    if (found[1] !== undefined) tokens.push({ kind: "word", text: found[1] });
    if (found[2] !== undefined) tokens.push({ kind: "text", text: found[2].replace(/\\(.)/g, "$1") });
    if (found[3] !== undefined) tokens.push({ kind: "sign", text: found[3] });
  }
  return tokens;
}

export function readQuery(text: string): Question | null {
  const tokens = tokensOf(text);
  if (tokens === null) return null;
  const bad = Symbol("no query");
  const isNext = (kind: Token["kind"], ...texts: string[]) => tokens[0]?.kind === kind && texts.includes(tokens[0].text);
  const take = (kind: Token["kind"], ...texts: string[]): string => {
    const token = tokens.shift();
    if (token?.kind !== kind || (texts.length > 0 && !texts.includes(token.text))) throw bad;
    return token.text;
  };
  const either = (words: string[], next: () => Question, joinTruths: (truths: Truth[]) => Truth): Question => {
    const members = [next()];
    while (isNext("word", ...words)) {
      tokens.shift();
      members.push(next());
    }
    return (pair) => joinTruths(members.map((member) => member(pair)));
  };
  const anyOf = (): Question => either(["or", "OR"], allOf, some);
  const allOf = (): Question => either(["and", "AND"], single, all);
  const single = (): Question => {
    if (isNext("word", "not", "NOT")) {
      tokens.shift();
      const inner = single();
      return (pair) => negated(inner(pair));
    }
    if (!isNext("sign", "(")) return comparison();
    take("sign", "(");
    const inner = anyOf();
    take("sign", ")");
    return inner;
  };
  const comparison = (): Question => {
    const field = take("word", ...Object.keys(simpleFields), ...Object.keys(entryFields));
    const entries = own(entryFields, field) as (typeof entryFields)[string] | undefined;
    let read = simpleFields[field];
    if (entries !== undefined) {
      take("sign", "[");
      const key = take("text");
      take("sign", "]");
      read = (pair) => Object.entries(entries(pair) ?? {}).find(([name]) => nfc(name) === nfc(key))?.[1];
    }
    const operator = isNext("sign", "=", "!=") ? take("sign") : take("word", ...Object.keys(comparisons), ...Object.keys(negatives));
    const positive = negatives[operator] ?? operator;
    const listed: string[] = [];
    if (positive === "in") {
      take("sign", "(");
      do listed.push(take("text"));
      while (isNext("sign", ",") && take("sign"));
      take("sign", ")");
    } else listed.push(take("text"));
    if (!["=", "in"].includes(positive) && listed.includes("")) throw bad;
    return (pair) => {
      const seen = read?.(pair);
      if (seen === undefined) return "unknown";
      const truth = listed.some((text) => comparisons[positive]?.(nfc(seen), nfc(text))) ? "holds" : "fails";
      return positive === operator ? truth : negated(truth);
    };
  };
  try {
    const question = anyOf();
    return tokens.length === 0 ? question : null;
  } catch (error) {
    if (error === bad) return null;
    throw error;
  }
}
