import { accessFlowError, errorOfIssues } from "../kernel/access-flow-error.js";
import { checkQuery } from "./check-query.js";
import { parseQuery } from "./parse-query.js";
import type { Query } from "./query.js";

/** The query that is meant, given as a tree or as its text; throws with every issue of the text, or `facts_invalid`. */
export function requireQuery(query: unknown): Query {
  if (typeof query === "string") {
    const parsed = parseQuery(query);
    if (parsed.ok) return parsed.value;
    throw errorOfIssues("not a query:", parsed.error);
  }
  const checked = checkQuery(query);
  if (checked !== null) return checked;
  throw accessFlowError("facts_invalid", "query is neither a text nor a query as `parseQuery` gives them");
}
