/** Freezes a JSON value this library has just made, all the way down, and gives it back. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  // By position, without a list of keys: most of what is made are lists and records of a few texts.
  if (Array.isArray(value)) for (let i = 0; i < value.length; i += 1) freezeMember(value[i]);
  else for (const key of Object.keys(value)) freezeMember((value as Record<string, unknown>)[key]);
  return value;
}

function freezeMember(member: unknown): void {
  if (typeof member === "object" && member !== null) deepFreeze(member);
}

/** Whether a value can never change: frozen all the way down, nothing in it computed. What cannot be read can. */
export function isDeepFrozen(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  try {
    if (!Object.isFrozen(value)) return false;
    const properties = Object.values(Object.getOwnPropertyDescriptors(value));
    return properties.every((property) => "value" in property && isDeepFrozen(property.value));
  } catch {
    return false;
  }
}
