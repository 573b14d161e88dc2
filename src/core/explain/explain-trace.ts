import { unreachable } from "../kernel/defect.js";
import { type Path, printPath } from "../kernel/path.js";
import { quotedText } from "../kernel/quoted.js";
import type { Trace, TraceStep } from "../kernel/trace.js";
import { subjectWords } from "./sentence.js";

/** How a decision came about, step by step. It shows people's values: for administrators only. */
export function explainTrace(trace: Trace): string[] {
  return trace.steps.map(explainStep);
}

function explainStep(step: TraceStep): string {
  const outcome = `${step.outcome === "unknown" ? "is unknown" : step.outcome} [${step.rule}${placeOf(step.path)}]`;
  switch (step.kind) {
    case "check":
      return `Step: the check ${quotedText(step.check)} ${outcome}.`;
    case "condition":
      return `Step: the condition on ${subjectWords(step.subject)} ${outcome}${seenOf(step)}${matchOf(step.matched)}${causeOf(step.cause)}.`;
    case "combine":
      return `Step: together, by ${quotedText(step.combinator)}, it ${outcome}.`;
    default:
      return unreachable(step);
  }
}

function placeOf(path: Path): string {
  return path.length === 0 ? "" : `, ${quotedText(printPath(path))}`;
}

function seenOf({ seen, seenCount }: TraceStep & { readonly kind: "condition" }): string {
  if (seen.length === 0) return seenCount === 0 ? "; there was no value to see" : `; ${seenCount} values were there`;
  const rest = seenCount > seen.length ? ` and ${seenCount - seen.length} more` : "";
  return `; seen: ${seen.map(quotedText).join(", ")}${rest}`;
}

/** A shape cannot ask for exactly two entries: a pair that came back from a store may lack one. */
function matchOf(matched: readonly string[] | null): string {
  if (matched === null) return "";
  const [value = "", listed = ""] = matched;
  return `; ${quotedText(value)} matches the listed ${quotedText(listed)}`;
}

function causeOf(cause: string | null): string {
  return cause === null ? "" : `; because: ${cause}`;
}
