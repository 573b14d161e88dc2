import type { Issue, IssueCode } from "../kernel/issue.js";
import { quotedText, shortened } from "../kernel/quoted.js";
import type { QueryPosition, QueryToken } from "./query-tokens.js";

const longestQuotation = 60;

/** A fault of a query: where it is, what was found there and what was expected (Q7). */
export function queryIssue(
  code: IssueCode,
  at: QueryPosition,
  found: string,
  expected: string,
  more: { readonly limit?: number; readonly nearest?: string },
): Issue {
  const suggestion = more.nearest === undefined ? "" : `; did you mean \`${more.nearest}\``;
  const message = `line ${at.line}, column ${at.column}: found ${found}, expected ${expected}${suggestion}`;
  return { code, path: [], message, ...more, line: at.line, column: at.column };
}

/** How a message names a token. */
export function showToken(token: QueryToken): string {
  return token.kind === "end" ? "the end of the query" : showText(token.written);
}

/** A text of the query in backticks: shortened, and harmless wherever the message is shown (TH19). */
export function showText(text: string): string {
  return quotedText(shortened(text, longestQuotation));
}
