import { deepFreeze } from "./deep-freeze.js";
import type { NonEmptyArray } from "./non-empty-array.js";
import type { Reason } from "./reason.js";
import { failure } from "./result.js";

/** The machine does not accept an event, or a decision function its input: always with a reason (E1). */
export type Refusal = { readonly reasons: NonEmptyArray<Reason> };

export function refuse(...reasons: [Reason, ...Reason[]]): { readonly ok: false; readonly error: Refusal } {
  return failure(deepFreeze({ reasons }));
}
