import { acceptedFlow, acceptFlow } from "../define/accept.js";
import type { AccessFlow } from "../flow/access-flow.js";
import { makeReadyTogether, type ReadyConditions } from "./ready-condition.js";

/** A flow with what deciding needs of it. */
export type ReadyFlow = { readonly flow: AccessFlow; readonly requestors: ReadyConditions; readonly grantees: ReadyConditions | null };

/** A memo on flows that were accepted, which can never change, so that a decision looks a flow up once. */
const ready = new WeakMap<object, ReadyFlow>();

/** The flow that a function was given; null where it is none. */
export function readyFlow(flow: unknown): ReadyFlow | null {
  // What is no object is no key of the memo, and is not there.
  const known = ready.get(flow as object);
  if (known !== undefined) return known;
  const checked = acceptFlow(flow);
  if (!checked.ok) return null;
  const made = makeReadyFlow(checked.value);
  if (acceptedFlow(flow) !== undefined) ready.set(flow as object, made);
  return made;
}

/** Not remembered. */
export function makeReadyFlow(flow: AccessFlow): ReadyFlow {
  const { grantees } = flow.requestFor;
  return { flow, requestors: makeReadyTogether(flow.requestors), grantees: grantees === undefined ? null : makeReadyTogether(grantees) };
}
