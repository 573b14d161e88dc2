import { deepFreeze } from "../../core/kernel/deep-freeze.js";

/** A copy of plain JSON that nobody can change: what is kept, and what is handed out, is nobody else's. */
export function frozenCopy<T>(value: T): T {
  return deepFreeze(JSON.parse(JSON.stringify(value)) as T);
}
