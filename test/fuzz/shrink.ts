import type { Json } from "../../src/core/kernel/json.js";
import type { Finding } from "./fuzzer.js";
import { judgeWholly } from "./judge.js";
import type { Target } from "./targets.js";

/** The same fault by a smaller input: parts are left out as long as the fault stays. */
export function shrunk(target: Target, finding: Finding): Finding {
  if (finding.kind !== "throws" && finding.kind !== "answer") return finding;
  let [input, tries] = [finding.input, 2_000];
  const isShown = (smaller: Json): boolean => {
    tries -= 1;
    return judgeWholly(target, smaller).some(({ kind, says }) => kind === finding.kind && says.slice(0, 24) === finding.says.slice(0, 24));
  };
  if (!isShown(input)) return finding;
  for (let next: Json | undefined = input; next !== undefined && tries > 0; ) {
    next = smallerThan(input).find((each) => tries > 0 && isShown(each));
    if (next !== undefined) input = next;
  }
  return { ...finding, input };
}

/** Every document with one part less. */
function smallerThan(value: Json): Json[] {
  if (typeof value === "string" && value.length > 1) return [value.slice(0, value.length >> 1), value.slice(1)];
  if (Array.isArray(value)) {
    const list = value as readonly Json[];
    const without = list.map((_, index) => list.filter((_, other) => other !== index));
    return [...without, ...list.flatMap((entry, index) => smallerThan(entry).map((each) => list.with(index, each)))];
  }
  if (typeof value !== "object" || value === null) return [];
  const entries = Object.entries(value);
  const without = entries.map((_, index) => Object.fromEntries(entries.filter((_, other) => other !== index)));
  const inside = entries.flatMap(([key, entry], index) =>
    smallerThan(entry).map((each) => Object.fromEntries(entries.with(index, [key, each]))),
  );
  return [...without, ...inside];
}
