import type { Permission, Resource } from "../facts/resource.js";
import { normalText } from "../kernel/text.js";
import { and, not, or, type Truth, truthOf } from "../kernel/truth.js";
import { entriesUnder } from "./entries-under.js";
import { isKeyedField, type KeyedField, type PlainField, type Query, type QueryComparison } from "./query.js";

/** A permission with its facts, or null where it is not known what the resource offers: its every field is unknown then (T4). */
export type PermissionRecord = Exclude<Permission, string>;

/** The catalogue's name for a resource's integration, or null where it has no entry (Q6). */
export type IntegrationName = (resource: Resource) => string | null;

/** Whether a query selects a pair of resource and permission (Q6). */
export type QueryTest = (resource: Resource, permission: PermissionRecord | null) => Truth;

/** Turns a query into a function, so that its values are looked at once for a whole inventory. */
export function compileQuery(query: Query, integrationName: IntegrationName): QueryTest {
  switch (query.kind) {
    case "or":
    case "and": {
      const terms = query.terms.map((term) => compileQuery(term, integrationName));
      const combine = query.kind === "or" ? or : and;
      return (resource, permission) => combine(terms.map((term) => term(resource, permission)));
    }
    case "not": {
      const term = compileQuery(query.term, integrationName);
      return (resource, permission) => not(term(resource, permission));
    }
    case "comparison":
      return compileComparison(query, integrationName);
  }
}

/**
 * A field that is lacking is unknown, whatever the operator (Q5), and so is one that says two things: a key
 * written in two Unicode forms. Else a negative operator is the negation of its positive one.
 */
function compileComparison(comparison: QueryComparison, integrationName: IntegrationName): QueryTest {
  const { matches, negative } = compileOperator(comparison);
  const read = fieldReader(comparison, integrationName);
  return (resource, permission) => {
    const [actual, ...others] = read(resource, permission);
    if (actual === undefined || others.some((other) => other !== actual)) return "unknown";
    return truthOf(matches(actual) !== negative);
  };
}

function compileOperator({ operator, values }: QueryComparison): {
  readonly matches: (actual: string) => boolean;
  readonly negative: boolean;
} {
  const value = normalText(values[0]);
  switch (operator) {
    case "=":
    case "!=":
      return { matches: (actual) => actual === value, negative: operator === "!=" };
    case "contains":
    case "not_contains":
      return { matches: (actual) => actual.includes(value), negative: operator === "not_contains" };
    case "starts_with":
      return { matches: (actual) => actual.startsWith(value), negative: false };
    case "ends_with":
      return { matches: (actual) => actual.endsWith(value), negative: false };
    case "in":
    case "not_in": {
      const listed = new Set(values.map(normalText));
      return { matches: (actual) => listed.has(actual), negative: operator === "not_in" };
    }
  }
}

/** What a field says, as normal text; the empty list where it is lacking. */
type FieldReader = (resource: Resource, permission: PermissionRecord | null) => readonly string[];

function fieldReader({ field, key }: QueryComparison, integrationName: IntegrationName): FieldReader {
  if (isKeyedField(field)) {
    const texts = keyedReaders[field];
    const entries = entriesUnder(key ?? "");
    return (resource, permission) => entries(texts(resource, permission));
  }
  if (field === "integration_name") return (resource) => listOf(integrationName(resource));
  const text = plainReaders[field];
  return (resource, permission) => listOf(text(resource, permission));
}

function listOf(text: string | null | undefined): readonly string[] {
  return text === null || text === undefined ? [] : [normalText(text)];
}

type Reader<T> = (resource: Resource, permission: PermissionRecord | null) => T | undefined;

const plainReaders: { readonly [field in Exclude<PlainField, "integration_name">]: Reader<string> } = {
  resource_type: (resource) => resource.type,
  resource_name: (resource) => resource.name,
  resource_path: (resource) => resource.path,
  resource: (resource) => resource.id,
  resource_source_id: (resource) => resource.sourceId,
  resource_status: (resource) => resource.status,
  resource_risk_level: (resource) => resource.riskLevel,
  permission: (_, permission) => permission?.id ?? permission?.name,
  permission_name: (_, permission) => permission?.name,
  permission_risk_level: (_, permission) => permission?.riskLevel,
  integration: (resource) => resource.integration,
};

const keyedReaders: { readonly [field in KeyedField]: Reader<{ readonly [key: string]: string }> } = {
  resource_tag: (resource) => resource.tags,
  resource_context: (resource) => resource.context,
  permission_tag: (_, permission) => permission?.tags,
  permission_context: (_, permission) => permission?.context,
};
