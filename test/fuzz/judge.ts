import type { Json } from "../../src/core/kernel/json.js";
import type { Target } from "./targets.js";

/** What can be wrong with an execution. */
export type FaultKind = "throws" | "answer" | "mutates" | "pollutes" | "slow" | "hangs" | "grows";
export type Fault = { readonly kind: FaultKind; readonly says: string };

/** How an execution is looked at: all of it, or only what costs nothing. */
export type Care = "quick" | "thorough" | "unchanged" | "frozen";

export type Judged = { readonly fault: Fault | null; readonly next: Json | undefined };

/** One execution, and what is wrong with it. */
export function judge(target: Target, input: Json, care: Care): Judged {
  const given = care === "frozen" ? deeplyFrozen(JSON.parse(JSON.stringify(input)) as Json) : input;
  const before = care === "unchanged" ? JSON.stringify(input) : null;
  try {
    const { fault, next } = target.run(given, care === "thorough");
    const isChanged = before !== null && JSON.stringify(input) !== before;
    if (isChanged) return { fault: { kind: "mutates", says: "the input was changed" }, next: undefined };
    return { fault: fault === null ? null : { kind: "answer", says: fault }, next };
  } catch (error) {
    return { fault: { kind: "throws", says: saysOf(error) }, next: undefined };
  }
}

/** As a stored case is judged: with every kind of care. */
export function judgeWholly(target: Target, input: Json): readonly Fault[] {
  const cares: readonly Care[] = ["quick", "thorough", "unchanged", "frozen"];
  return cares.flatMap((care) => judge(target, input, care).fault ?? []);
}

function saysOf(error: unknown): string {
  try {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  } catch {
    return "something that cannot be printed";
  }
}

function deeplyFrozen<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  for (const part of Object.values(value)) deeplyFrozen(part);
  return Object.freeze(value);
}
