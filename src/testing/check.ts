/** Breaks a conformance case off, with the sentence that says what was seen. */
export function check(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

/** A value as it stands in such a sentence. */
export function shown(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
