/* Chapter Q: a reader of queries that answers at once; null where the text is no query. */
import type { Catalog, Permission, Resource } from "../../../src/index.js";
import { all, nfc, not, same, some, type Truth, truthOf } from "./conditions.js";

type Pair = { resource: Resource; permission: Permission; catalog?: Catalog | undefined };
export type Question = (pair: Pair) => Truth;

/** What a field reads (Q1, Q5, Q6); of those with a key in brackets, all that is there. */
function fieldsOf({ resource, permission: named, catalog }: Pair): { [field: string]: unknown } {
  const permission = typeof named === "string" ? { name: named } : named;
  const integration = catalog?.integrations?.find(({ id }) => same(id, resource.integration));
  return {
    ...{ resource_type: resource.type, resource_name: resource.name, resource_path: resource.path, resource: resource.id },
    ...{ resource_source_id: resource.sourceId, resource_status: resource.status, resource_risk_level: resource.riskLevel },
    ...{ permission: permission.id ?? permission.name, permission_name: permission.name, permission_risk_level: permission.riskLevel },
    ...{ integration: resource.integration, integration_name: integration?.name },
    ...{ resource_tag: resource.tags, resource_context: resource.context },
    ...{ permission_tag: permission.tags, permission_context: permission.context },
  };
}
const fields = Object.keys(fieldsOf({ resource: {} as Resource, permission: "" }));
const positives = ["=", "in", "contains", "starts_with", "ends_with"];
const negatives: { [operator: string]: string } = { "!=": "=", not_in: "in", not_contains: "contains" };

function compares(seen: string, operator: string, listed: string): boolean {
  if (operator === "contains") return seen.includes(listed);
  return operator === "starts_with" ? seen.startsWith(listed) : operator === "ends_with" ? seen.endsWith(listed) : seen === listed;
}

export function readQuery(text: string): Question | null {
  const tokens: string[] = text.match(/[a-zA-Z_][a-zA-Z_0-9]*|"(?:[^"\\\n\r]|\\["\\])*"|!=|\S/g) ?? [];
  let broken = false;
  /** Takes what stands next, whatever it is: one that may not stand there and the text is no query. */
  const take = (token: string | undefined, isAllowed: boolean): string => {
    broken ||= !isAllowed || token === undefined;
    return tokens.shift() ?? "";
  };
  const word = (...words: string[]) => take(tokens[0], words.includes(tokens[0] ?? ""));
  const isNext = (...words: string[]) => words.includes(tokens[0] ?? "") && word(...words) !== "";
  const value = () =>
    take(tokens[0], /^".*"$/.test(tokens[0] ?? ""))
      .slice(1, -1)
      .replace(/\\(.)/g, "$1");
  const listOf = <Item>(item: () => Item, ...between: string[]): Item[] => [
    item(),
    ...(isNext(...between) ? listOf(item, ...between) : []),
  ];
  const joined = (member: () => Question, join: (truths: Truth[]) => Truth, ...words: string[]): Question => {
    const members = listOf(member, ...words);
    return (pair) => join(members.map((question) => question(pair)));
  };
  const anyOf = (): Question => joined(allOf, some, "or", "OR");
  const allOf = (): Question => joined(single, all, "and", "AND");
  const single = (): Question => {
    if (isNext("not", "NOT")) return joined(single, ([truth = "unknown"]) => not(truth));
    if (!isNext("(")) return comparison();
    const inner = anyOf();
    word(")");
    return inner;
  };
  const comparison = (): Question => {
    const field = word(...fields);
    const key = /_(tag|context)$/.test(field) ? [word("["), value(), word("]")][1] : undefined;
    const operator = word(...positives, ...Object.keys(negatives));
    const positive = negatives[operator] ?? operator;
    const listed = positive === "in" && word("(") ? listOf(value, ",") : [value()];
    // An empty text is part of every text (Q3).
    if (positive === "in" ? word(")") !== ")" : positive !== "=" && listed.includes("")) broken = true;
    return (pair) => {
      const there = fieldsOf(pair)[field];
      const seen = key === undefined ? there : Object.entries(there ?? {}).find(([name]) => same(name, key))?.[1];
      const truth = typeof seen === "string" ? truthOf(listed.some((one) => compares(nfc(seen), positive, nfc(one)))) : "unknown";
      return positive === operator ? truth : not(truth);
    };
  };
  const question = anyOf();
  return broken || tokens.length > 0 ? null : question;
}
