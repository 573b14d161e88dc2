import { checkDocument } from "../define/check-document.js";
import type { WalkOptions } from "../define/document-walk.js";
import { normalFormOf } from "../define/normal-form.js";
import { printPlace } from "../define/print-value.js";
import { unsure } from "../define/reading.js";
import { deepFreeze } from "../kernel/deep-freeze.js";
import type { Issue, IssueCode } from "../kernel/issue.js";
import { isNonEmpty, type NonEmptyArray } from "../kernel/non-empty-array.js";
import { kindOf, valueAt } from "../kernel/read-json.js";
import { failure, type Result, success } from "../kernel/result.js";
import type { ApprovalState } from "./approval-state.js";
import { isMadeState, makeOpened, makeState, newMemo } from "./state/made-states.js";
import { makeReadyGroups, readyApproval } from "./state/ready-approval.js";
import { inconsistenciesOf } from "./state/state-consistency.js";
import { approvalStateShape } from "./state/state-shape.js";
import { jsonBytes, stateLimit } from "./state/state-size.js";

const walk: WalkOptions = {
  whole: "the state",
  limits: { depth: 32, nodes: stateLimit, bytes: stateLimit },
  forbidsKeys: true,
  complete: true,
  mostIssues: 1_000,
  code: "state_invalid",
};

/**
 * The approval state that stored JSON says, or everything that is wrong with it: the only door for stored data
 * (L13). Nothing is guessed at, and nothing is taken that the machine could not have come to: groups and
 * owners that votes count for exist, times are in order, and the votes lead to the status, and to no other.
 * The keys may stand in any order, as a database may have put them; they come back in the order of the type.
 *
 * Issues: `state_foreign` for what is no approval state at all, `state_newer` for one of a later format,
 * `state_invalid`, with its path, for every fault of one of this format.
 *
 * @example
 * restoreApprovalState({ kind: "approvalState", format: "approvalState/v2" });
 * // => { ok: false, error: [{ code: "state_newer", path: ["format"], message: "format is newer than `approvalState/v1`" }] }
 */
export function restoreApprovalState(json: unknown): Result<ApprovalState, NonEmptyArray<Issue>> {
  const sound = isMadeState(json) ? json : soundState(json);
  return sound === null ? restoredOrFaults(json) : success(sound);
}

/** The state that JSON says in which nothing is wrong; null decides nothing. */
function soundState(json: unknown): ApprovalState | null {
  const read = normalFormOf(approvalStateShape, json, walk);
  if (read === unsure) return null;
  // The normal form is what the shape describes, frozen: the type `ApprovalState`.
  const state = copied(read as ApprovalState);
  const ready = readyApproval(state, makeReadyGroups(state.rules.approval));
  if (inconsistenciesOf(state, ready).length > 0) return null;
  const memo = newMemo(state, ready);
  return memo.bytes > stateLimit ? null : makeState(state, memo);
}

/** The same record as the machine makes it, not frozen yet. */
function copied(state: ApprovalState): ApprovalState {
  return {
    kind: state.kind,
    format: state.format,
    status: state.status,
    revision: state.revision,
    flow: state.flow,
    rules: state.rules,
    openedAt: state.openedAt,
    lastAt: state.lastAt,
    decidedAt: state.decidedAt,
    requestor: state.requestor,
    grantee: state.grantee,
    owners: state.owners,
    tiersAsked: state.tiersAsked,
    votes: state.votes,
  };
}

/** The same, step by step, and everything that is wrong. */
function restoredOrFaults(json: unknown): Result<ApprovalState, NonEmptyArray<Issue>> {
  const stranger = strangerOf(json);
  if (stranger !== null) return failure(deepFreeze([stranger] as const));
  const checked = checkDocument(approvalStateShape, json, walk);
  if (isNonEmpty(checked.walk.issues)) return failure(deepFreeze(checked.walk.issues));
  // Without issues the draft is what the shape describes: the type `ApprovalState`.
  const state = checked.draft as ApprovalState;
  const ready = readyApproval(state, makeReadyGroups(state.rules.approval));
  const bytes = jsonBytes(state);
  const wrong = inconsistenciesOf(state, ready).map(({ path, says }) => issue("state_invalid", path, says));
  if (bytes > stateLimit) wrong.push(issue("state_invalid", [], `is larger than ${stateLimit} bytes`));
  return isNonEmpty(wrong) ? failure(deepFreeze(wrong)) : success(makeOpened(state, newMemo(state, ready, bytes)));
}

/** What is no approval state of a format that this library reads. */
function strangerOf(json: unknown): Issue | null {
  if (kindOf(json) !== "record") return issue("state_foreign", [], "is no approval state");
  // A record: only its own keys are read.
  if (valueAt(json as object, "kind") !== "approvalState") return issue("state_foreign", ["kind"], "is not `approvalState`");
  const format = valueAt(json as object, "format");
  if (format === "approvalState/v1") return null;
  const isLater = typeof format === "string" && /^approvalState\/v[1-9]\d{0,8}$/.test(format);
  return isLater
    ? issue("state_newer", ["format"], "is newer than `approvalState/v1`")
    : issue("state_foreign", ["format"], "is not `approvalState/v1`");
}

function issue(code: IssueCode, path: Issue["path"], says: string): Issue {
  return { code, path, message: `${printPlace(path, "the state")} ${says}` };
}
