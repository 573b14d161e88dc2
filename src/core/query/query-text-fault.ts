import type { Issue } from "../kernel/issue.js";
import { hasLoneSurrogate } from "../kernel/text.js";
import { maximumQueryLength } from "./query.js";
import { queryIssue, showText } from "./query-issue.js";
import type { QueryPosition } from "./query-tokens.js";

/** Why a value cannot even be read as a query, or null: no text, too much of it (D4), or half a character in it (D3). */
export function queryTextFault(text: unknown): Issue | null {
  const start = { line: 1, column: 1 };
  if (typeof text !== "string") return queryIssue("wrong_type", start, nameType(text), "a text", {});
  if (text.length > maximumQueryLength) {
    const expected = `at most ${maximumQueryLength} code units`;
    return queryIssue("too_large", start, `${text.length} code units`, expected, { limit: maximumQueryLength });
  }
  if (!hasLoneSurrogate(text)) return null;
  const place = text.search(/\p{Surrogate}/u);
  return queryIssue("lone_surrogate", positionOf(text, place), showText(text.charAt(place)), "a whole character", {});
}

function positionOf(text: string, offset: number): QueryPosition {
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length, column: [...(lines.at(-1) ?? "")].length + 1 };
}

function nameType(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : `a value of type ${typeof value}`;
}
