/** The entries of an iterable, or null where there is none or it fails. A text is no list of records. */
export function listOfIterable(iterable: unknown): readonly unknown[] | null {
  if (typeof iterable !== "object" || iterable === null) return null;
  try {
    if (!(Symbol.iterator in iterable) || typeof iterable[Symbol.iterator] !== "function") return null;
    // A copy even of an array: holes become undefined, and are refused like any other fault.
    return Array.from(iterable as Iterable<unknown>);
  } catch {
    return null;
  }
}
