import type { ApprovalState } from "../../src/core/approval/approval-state.js";
import { startApproval } from "../../src/core/approval/start-approval.js";
import type { AccessFlow } from "../../src/core/flow/access-flow.js";
import type { ApprovalCase } from "../arbitrary/approval-case.js";

/** An approval that has just opened: every generated request can be put. */
export function started(flow: AccessFlow, input: ApprovalCase["input"]): ApprovalState {
  const answer = startApproval(flow, input);
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.error)}`);
  return answer.value.state;
}
