import type { AccessFlow } from "../flow/access-flow.js";
import { reason } from "../kernel/reason.js";
import { type Refusal, refuse } from "../kernel/refusal.js";
import { type Result, success } from "../kernel/result.js";
import type { Accepted } from "./accepted.js";
import type { ApprovalState } from "./approval-state.js";
import { keyed } from "./effect.js";
import { openApproval } from "./event/open-approval.js";
import { type ApprovalInput, readOpening } from "./event/read-opening.js";
import { askGroups } from "./event/wake-effect.js";
import { makeOpened, newMemo } from "./state/made-states.js";
import { stateLimit } from "./state/state-size.js";

/**
 * Opens the approval of a request: revision 0, nothing recorded, approvers to be asked. Approved at once where
 * the flow says `automatic` (A1). Whether the requestor may ask at all is the answer of `evaluateRequestor`.
 *
 * The state holds what later votes need (A14): the approval part of the flow, keys and manager of requestor
 * and grantee, the distinct owners of the resources, and no records of people or things.
 *
 * Refused: `facts_invalid` for a flow, facts or keys that are not of the stated shape · `instant_invalid` ·
 * `too_much_asked` for more than 1,000 resources, or a state of more than 256 kB.
 *
 * @example
 * const flow = defineAccessFlow({
 *   name: "Reports",
 *   requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
 *   targets: [{ kind: "bundle", bundle: "reports" }],
 *   approval: { kind: "approvalOf", groups: "anyOf", approverGroups: [{ conditions: [{ relation: "manager" }] }] },
 * });
 * const started = startApproval(flow, { requestor: { id: "ada", manager: "grace" }, at: "2026-03-02T09:00:00Z" });
 * started.ok && [started.value.state.status, started.value.effects];
 * // => ["pending", [
 * //      { key: "0:0", type: "askApprovers", groups: [0], tier: null },
 * //      { key: "0:1", type: "wake", at: Date.UTC(2026, 2, 3, 9) },
 * //    ]]
 */
export function startApproval(flow: AccessFlow, input: ApprovalInput): Result<Accepted<ApprovalState>, Refusal> {
  const opening = readOpening(flow, input);
  if (!opening.ok) return refuse(...opening.error);
  const { state } = openApproval(opening.value);
  const memo = newMemo(state);
  if (memo.bytes > stateLimit) return refuse(reason("too_much_asked", "D4", [], { limit: stateLimit }));
  makeOpened(state, memo);
  return success(Object.freeze({ state, effects: keyed(0, askGroups(state)), recorded: null }));
}
