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

/** Strong Kleene `and` of two (C1): one failure fails, else one unknown is unknown. */
export function both(left: Truth, right: Truth): Truth {
  if (left === "fails" || right === "fails") return "fails";
  return left === "unknown" || right === "unknown" ? "unknown" : "holds";
}

/** Strong Kleene `or` of two (C1): one success holds, else one unknown is unknown. */
export function either(left: Truth, right: Truth): Truth {
  if (left === "holds" || right === "holds") return "holds";
  return left === "unknown" || right === "unknown" ? "unknown" : "fails";
}

/** `both` of all of them; of none, holds. */
export function and(truths: Iterable<Truth>): Truth {
  let joined: Truth = "holds";
  for (const truth of truths) joined = both(joined, truth);
  return joined;
}

/** `either` of all of them; of none, fails. */
export function or(truths: Iterable<Truth>): Truth {
  let joined: Truth = "fails";
  for (const truth of truths) joined = either(joined, truth);
  return joined;
}

export function combine(combinator: Combinator, truths: Iterable<Truth>): Truth {
  return combinator === "and" ? and(truths) : or(truths);
}
