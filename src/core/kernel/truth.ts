/** The three truth values of a condition. Only `holds` ever permits (C1). */
export type Truth = "holds" | "fails" | "unknown";

export type Combinator = "and" | "or";

export function truthOf(value: boolean): Truth {
  return value ? "holds" : "fails";
}

/** The exact negation (C3): unknown stays unknown. */
export function not(truth: Truth): Truth {
  if (truth === "unknown") return "unknown";
  return truth === "holds" ? "fails" : "holds";
}

/** Strong Kleene `and` (C1): one failure fails, else one unknown is unknown. */
export function and(truths: Iterable<Truth>): Truth {
  let unknown = false;
  for (const truth of truths) {
    if (truth === "fails") return "fails";
    if (truth === "unknown") unknown = true;
  }
  return unknown ? "unknown" : "holds";
}

/** Strong Kleene `or` (C1): one success holds, else one unknown is unknown. */
export function or(truths: Iterable<Truth>): Truth {
  let unknown = false;
  for (const truth of truths) {
    if (truth === "holds") return "holds";
    if (truth === "unknown") unknown = true;
  }
  return unknown ? "unknown" : "fails";
}

export function combine(combinator: Combinator, truths: Iterable<Truth>): Truth {
  return combinator === "and" ? and(truths) : or(truths);
}
