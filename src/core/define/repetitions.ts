import { normalText } from "../kernel/text.js";

/** The first of equal texts stays as it is written (D7). */
export function withoutRepetitions(entries: readonly unknown[]): readonly unknown[] {
  const seen = new Set<unknown>();
  return entries.filter((entry) => {
    const key = typeof entry === "string" ? normalText(entry) : entry;
    return !seen.has(key) && seen.add(key);
  });
}
