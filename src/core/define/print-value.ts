import type { Path } from "../kernel/path.js";
import { printPath } from "../kernel/path.js";
import { escapedText, quotedText, shortened } from "../kernel/quoted.js";
import { kindOf } from "../kernel/read-json.js";

const longestQuotation = 60;

/** A text of the document as a message quotes it: shortened, and harmless wherever the message is shown (TH19). */
export function quoted(text: string): string {
  return quotedText(shortened(text, longestQuotation));
}

/** A place in the document, as a message begins with it; `whole` names the document itself. */
export function printPlace(path: Path, whole: string): string {
  if (path.length === 0) return whole;
  return escapedText(printPath(path.map((step) => (typeof step === "string" ? shortened(step, longestQuotation) : step))));
}

/** Any value, as a message names it. */
export function printValue(value: unknown): string {
  switch (kindOf(value)) {
    case "null":
      return "null";
    case "flag":
    case "number":
      return `\`${String(value)}\``;
    case "text":
      return quoted(String(value));
    case "list":
      return "a list";
    case "record":
      return "an object";
    case "foreign":
      return value === undefined ? "undefined" : "something that is not JSON";
  }
}

/** Words of the grammar: `a`, `b` or `c`. */
export function printWords(words: readonly string[], joint: "or" | "and" = "or"): string {
  const all = words.map((each) => `\`${each}\``);
  const last = all.pop() ?? "";
  return all.length === 0 ? last : `${all.join(", ")} ${joint} ${last}`;
}
