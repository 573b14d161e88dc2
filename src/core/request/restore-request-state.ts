import { restoreApprovalState } from "../approval/restore-approval-state.js";
import { stateLimit } from "../approval/state/state-size.js";
import { checkAccessFlow } from "../define/check-access-flow.js";
import { checkPart } from "../define/check-part.js";
import { printPlace } from "../define/print-value.js";
import { deepFreeze } from "../kernel/deep-freeze.js";
import type { Issue, IssueCode } from "../kernel/issue.js";
import { isNonEmpty, type NonEmptyArray } from "../kernel/non-empty-array.js";
import type { Path } from "../kernel/path.js";
import { kindOf, valueAt } from "../kernel/read-json.js";
import { failure, type Result, success } from "../kernel/result.js";
import type { RequestState } from "./request-state.js";
import { isMadeRequest, makeRequest } from "./state/made-requests.js";
import { requestInconsistencies } from "./state/request-consistency.js";
import { requestStateShape } from "./state/request-shape.js";
import { requestBytes } from "./state/request-size.js";
import { requestWalk } from "./state/request-walk.js";
import { isRequestId } from "./submission/request-id.js";

/**
 * The request that stored JSON says, or everything that is wrong with it: the only door for stored data (L13).
 * Nothing is guessed at, and nothing is taken that the machine could not have come to. The keys may stand in any
 * order, as a database may have put them; they come back in the order of the type.
 *
 * Issues: `state_foreign` for what is no request at all, `state_newer` for one of a later format,
 * `state_invalid`, with its path, for every fault of one of this format.
 *
 * @example
 * restoreRequestState({ kind: "requestState", format: "requestState/v2" });
 * // => { ok: false, error: [{ code: "state_newer", path: ["format"], message: "format is newer than `requestState/v1`" }] }
 */
export function restoreRequestState(json: unknown): Result<RequestState, NonEmptyArray<Issue>> {
  if (isMadeRequest(json)) return success(json);
  const stranger = strangerOf(json);
  if (stranger !== null) return failure(deepFreeze([stranger] as const));
  const checked = checkPart<RequestState>(requestStateShape, json, requestWalk);
  if (!checked.ok) return checked;
  const draft = checked.value;
  const flow = checkAccessFlow(draft.request.flow);
  const approval = draft.approval === null ? success(null) : restoreApprovalState(draft.approval);
  const inside = [
    ...(Object.hasOwn(draft.request.flow, "id") ? [] : [issue(["request", "flow", "id"], "is missing")]),
    ...(isRequestId(draft.request.id) ? [] : [issue(["request", "id"], "is not 1 to 128 characters without control characters")]),
    ...(flow.ok ? [] : flow.error.map((each) => issue(["request", "flow", ...each.path], `is faulty: ${each.message}`))),
    ...(approval.ok ? [] : approval.error.map((each) => issue(["approval", ...each.path], `is faulty: ${each.message}`))),
  ];
  if (!flow.ok || !approval.ok || inside.length > 0) return failure(deepFreeze(inside as readonly Issue[] as NonEmptyArray<Issue>));
  const state: RequestState = { ...draft, request: { ...draft.request, flow: flow.value }, approval: approval.value };
  const wrong = requestInconsistencies(state).map(({ path, says }) => issue(path, says));
  const bytes = requestBytes(state);
  // Reports of the provisioner come on top: what has happened to the access is never refused for its size.
  if (bytes > 2 * stateLimit) wrong.push(issue([], `is larger than ${2 * stateLimit} bytes`));
  return isNonEmpty(wrong) ? failure(deepFreeze(wrong)) : success(makeRequest(state, bytes));
}

/** What is no request of a format that this library reads. */
function strangerOf(json: unknown): Issue | null {
  if (kindOf(json) !== "record") return issue([], "is no request", "state_foreign");
  // A record: only its own keys are read.
  if (valueAt(json as object, "kind") !== "requestState") return issue(["kind"], "is not `requestState`", "state_foreign");
  const format = valueAt(json as object, "format");
  if (format === "requestState/v1") return null;
  const isLater = typeof format === "string" && /^requestState\/v[1-9]\d{0,8}$/.test(format);
  return isLater
    ? issue(["format"], "is newer than `requestState/v1`", "state_newer")
    : issue(["format"], "is not `requestState/v1`", "state_foreign");
}

function issue(path: Path, says: string, code: IssueCode = "state_invalid"): Issue {
  return { code, path, message: `${printPlace(path, "the state")} ${says}` };
}
