import { acceptedFlow } from "../define/accept.js";
import type { AccessFlow } from "../flow/access-flow.js";
import { type ReadyConditions, readyConditions } from "./ready-condition.js";

/** A flow with what deciding needs of it. */
export type ReadyFlow = { readonly flow: AccessFlow; readonly requestors: ReadyConditions; readonly grantees: ReadyConditions | null };

/** A memo on flows that were accepted, which can never change, so that a decision looks a flow up once. */
const ready = new WeakMap<object, ReadyFlow>();

/** The flow that a function was given; undefined where it has to be checked first. */
export function knownFlow(flow: unknown): ReadyFlow | undefined {
  if (typeof flow !== "object" || flow === null) return undefined;
  const known = ready.get(flow);
  if (known !== undefined) return known;
  const accepted = acceptedFlow(flow);
  if (accepted === undefined) return undefined;
  const made = makeReadyFlow(accepted);
  ready.set(flow, made);
  return made;
}

export function makeReadyFlow(flow: AccessFlow): ReadyFlow {
  const { grantees } = flow.requestFor;
  return { flow, requestors: readyConditions(flow.requestors), grantees: grantees === undefined ? null : readyConditions(grantees) };
}
