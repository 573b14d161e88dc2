import { hasSameId } from "../../facts/person-keys.js";
import { reason } from "../../kernel/reason.js";
import { refuse } from "../../kernel/refusal.js";
import type { Instant } from "../../time/instant.js";
import type { Actor } from "../actor.js";
import type { ApprovalState } from "../approval-state.js";
import { memoOf } from "../state/made-states.js";
import { conclude, type Step, tellAll } from "./conclude.js";

/** Takes the request back, by the very requestor or grantee, or an administrator (L5). A late withdrawal is one, too, as long as nothing was decided (A11). */
export function withdrawRequest(state: ApprovalState, by: Actor, at: Instant): Step {
  const { status, requestor, grantee } = state;
  if (status !== "pending") return refuse(reason("request_decided", "A4", [], { status }));
  const isParty = hasSameId(by, requestor) || (grantee !== null && hasSameId(by, grantee));
  if (!isParty && by.administrator !== true) return refuse(reason("not_allowed_to_withdraw", "L5", []));
  const memo = memoOf(state);
  const concluded = Object.freeze({ status: "withdrawn" } as const);
  const event = Object.freeze({ revision: state.revision + 1, at, by: by.id, type: "withdraw", concluded } as const);
  return conclude(state, memo, memo.tally, event, tellAll);
}
