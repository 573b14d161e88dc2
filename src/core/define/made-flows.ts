import type { AccessFlow } from "../flow/access-flow.js";
import { deepFreeze } from "../kernel/deep-freeze.js";

/** The normal forms that were made here. They are deep-frozen: what was right when they were made stays right. */
const made = new WeakSet<object>();

export function makeFlow(normalForm: AccessFlow): AccessFlow {
  made.add(deepFreeze(normalForm));
  return normalForm;
}

export function isMadeFlow(value: unknown): value is AccessFlow {
  // What is no object was never made.
  return made.has(value as object);
}
