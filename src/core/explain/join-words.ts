/** `a`, `a and b`, `a, b and c`. */
export function joined(words: readonly string[], last: "and" | "or" | "nor"): string {
  if (words.length < 2) return words[0] ?? "";
  return `${words.slice(0, -1).join(", ")} ${last} ${words[words.length - 1]}`;
}

/** `1 vote`, `2 votes`, `no votes`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count === 0 ? "no" : count} ${count === 1 ? one : many}`;
}

/** How many names a sentence lists before it only counts. */
const shown = 5;

/** The first five names, and how many more there are. */
export function firstOf(names: readonly string[]): string {
  if (names.length <= shown) return joined(names, "and");
  return `${names.slice(0, shown).join(", ")} and ${names.length - shown} more`;
}
