/** Throws unless two JSON values are the same; the order of keys does not matter, nor do keys that are undefined. */
export function expectSame(what: string, actual: unknown, expected: unknown): void {
  const [found, wanted] = [printed(actual), printed(expected)];
  if (found !== wanted) throw new Error(`${what}: expected ${shortened(wanted)}, got ${shortened(found)}`);
}

/** Throws unless the promise is rejected. */
export async function expectRejected(what: string, promise: Promise<unknown>): Promise<void> {
  const answer = await promise.then(
    (value) => ({ value }),
    () => null,
  );
  if (answer !== null) throw new Error(`${what}: expected a rejected promise, got ${shortened(printed(answer.value))}`);
}

/** JSON with sorted keys. It escapes lone surrogates, so texts that differ in them differ here. */
function printed(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (isRecord(part) ? sortedKeys(part) : part)) ?? "undefined";
}

function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sortedKeys(record: object): object {
  return Object.fromEntries(Object.entries(record).sort(([left], [right]) => (left < right ? -1 : 1)));
}

function shortened(text: string): string {
  return text.length <= 600 ? text : `${text.slice(0, 600)}…`;
}
