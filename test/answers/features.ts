import type { Json } from "accessflow";

/**
 * What an answer says, without whom it says it about: codes with their rules, places, words. A question is kept when
 * its answer says something that no answer before it said.
 */
export function featuresOf(operation: string, answer: Json): ReadonlySet<string> {
  const found = new Set<string>();
  collect(operation, answer, found);
  return found;
}

function collect(place: string, value: Json, found: Set<string>): void {
  if (typeof value === "string") found.add(`${place}: ${wordsOf(value)}`);
  else if (typeof value !== "object" || value === null) found.add(`${place}: ${typeof value === "number" ? "number" : value}`);
  else if (Array.isArray(value)) {
    const name = place.slice(place.lastIndexOf(".") + 1);
    if (name === "path" || name === "at") found.add(`${place}: ${value.map((key) => (typeof key === "number" ? "#" : key)).join(".")}`);
    else for (const each of value) collect(`${place}[]`, each, found);
    if (value.length === 0) found.add(`${place}: none`);
  } else {
    const { code, rule, kind, outcome } = value as { readonly [key: string]: Json };
    const own = [code, rule, kind, outcome].filter((part) => typeof part === "string").join(" ");
    for (const [key, member] of Object.entries(value)) collect(own === "" ? `${place}.${key}` : `${place} ${own}.${key}`, member, found);
  }
}

/** Sentences without what stands in backticks and without numbers; of other texts that they are some. */
function wordsOf(text: string): string {
  if (/^[a-zA-Z_]+$/.test(text)) return text.length > 24 ? "text" : /[A-Z_]/.test(text) ? text : "word";
  if (!text.includes(" ")) return "text";
  // Where it is, at the beginning, is told by the path.
  return text
    .replace(/`[^`]*`/g, "``")
    .replace(/\d+/g, "#")
    .replace(/^[\w.[\]#$]+ (?=must|is|needs)/, "… ");
}
