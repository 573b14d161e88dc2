/* Reasons that many tests expect in full. */

/** A value that is not of the stated shape: in which argument, and where in it (C4). */
export function invalid(argument: string, ...at: readonly (string | number)[]) {
  return { code: "facts_invalid", rule: "C4", path: [], argument, at };
}

/** What is no instant (S8). */
export function noInstant(argument: string) {
  return { code: "instant_invalid", rule: "S8", path: [], argument };
}
