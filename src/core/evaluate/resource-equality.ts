/**
 * Whether two records say the same (T7): the order of keys does not matter, that of lists does, and a key
 * whose value is undefined is absent. Both have passed the checks of their shape, which bound their depth.
 */
export function sameRecord(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const entries = entriesOf(left);
  const others = entriesOf(right);
  if (entries.size !== others.size) return false;
  for (const [key, value] of entries) if (!others.has(key) || !sameRecord(value, others.get(key))) return false;
  return true;
}

function entriesOf(record: object): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(record).filter(([, value]) => value !== undefined));
}
