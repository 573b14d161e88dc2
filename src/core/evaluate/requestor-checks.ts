import type { Identity } from "../facts/identity.js";
import { hasSameId, isManagerOf } from "../facts/person-keys.js";
import type { AccessFlow } from "../flow/access-flow.js";
import type { Path } from "../kernel/path.js";
import { type Reason, reason } from "../kernel/reason.js";
import type { RuleId } from "../kernel/rule-id.js";
import type { TraceStep } from "../kernel/trace.js";
import { or, type Truth } from "../kernel/truth.js";
import type { Instant } from "../time/instant.js";
import { firstOpening, openAt } from "../time/opening.js";
import { timetableOf } from "../time/timetable-of.js";
import type { ZoneSource } from "../time/zone-source.js";
import { judgeConditions } from "./judge-conditions.js";
import type { Judgement } from "./judgement.js";

/**
 * The checks in the trace of a `RequestorDecision` that are no conditions.
 *
 * - `flowActive`, `selfServe`, `scheduleOpen`: the flow can be asked for at all, and now (R2).
 * - `requestorActive`, `granteeActive`: not known to be inactive (C9); the second only where a grantee is given.
 * - `isManager`: the requestor is the grantee's manager; only for somebody else, under `directReports` (R3).
 * - `scopeAllowed`: the flow allows asking for oneself or for somebody else, whichever is asked (R3).
 */
export type RequestorCheck =
  | "flowActive"
  | "selfServe"
  | "scheduleOpen"
  | "requestorActive"
  | "granteeActive"
  | "isManager"
  | "scopeAllowed";

/** A check that comes out in two ways only: both are made once. */
type Check = { readonly holds: Judgement; readonly fails: Judgement };

const flowActive = checkOf("flowActive", "R2", pathOf("active"), (path) => reason("flow_inactive", "R2", path));
const selfServe = checkOf("selfServe", "R2", pathOf("trigger"), (path) => reason("flow_not_self_serve", "R2", path));
const requestorActive = checkOf("requestorActive", "C9", pathOf(), (path) => reason("requestor_inactive", "C9", path));
const granteeActive = checkOf("granteeActive", "C9", pathOf(), (path) => reason("grantee_inactive", "C9", path));
const scopes = pathOf("requestFor", "scopes");
const selfAllowed = checkOf("scopeAllowed", "R3", scopes, (path) => reason("scope_not_allowed", "R3", path, { scope: "self" }));
const othersAllowed = checkOf("scopeAllowed", "R3", scopes, (path) => reason("scope_not_allowed", "R3", path, { scope: "others" }));
const schedulePath = pathOf("schedule");
const scheduleOpen = judge("scheduleOpen", "R2", schedulePath, "holds", []);
const granteesPath = pathOf("requestFor", "grantees");
const requestForPath = pathOf("requestFor");

/** Whether the flow can be asked for at all (R2). */
export function judgeFlowActive(flow: AccessFlow): Judgement {
  return flow.active ? flowActive.holds : flowActive.fails;
}

/** Whether people ask for it, as opposed to the machine (R2). */
export function judgeTrigger(flow: AccessFlow): Judgement {
  return flow.trigger === "selfServe" ? selfServe.holds : selfServe.fails;
}

/** Whether it can be asked for now (R2). */
export function judgeSchedule({ schedule }: AccessFlow, zones: ZoneSource, at: Instant): Judgement {
  const timetable = timetableOf(schedule, zones);
  if (openAt(timetable, at)) return scheduleOpen;
  const closed = reason("schedule_closed", "R2", schedulePath, { opensAt: firstOpening(timetable, at) });
  return judge("scheduleOpen", "R2", schedulePath, "fails", [closed]);
}

/** Absent `active` counts as active (C9). */
export function judgeRequestorActive(requestor: Identity): Judgement {
  return requestor.active === false ? requestorActive.fails : requestorActive.holds;
}

/** Whether one may ask for that person (R3). */
export function judgeGrantee(flow: AccessFlow, requestor: Identity, grantee: Identity | undefined): readonly Judgement[] {
  if (grantee === undefined) return [judgeScope(flow, "self")];
  // A second record of the requestor may know that they are inactive, so it is asked, too (C9).
  const active = grantee.active === false ? granteeActive.fails : granteeActive.holds;
  if (hasSameId(requestor, grantee)) return [active, judgeScope(flow, "self")];
  const ways = waysToAskForOthers(flow, requestor, grantee);
  return ways === null ? [active, judgeScope(flow, "others")] : [active, ways, judgeScope(flow, "others")];
}

/** Whether one may ask for oneself, or for anybody else at all. */
function judgeScope(flow: AccessFlow, scope: "self" | "others"): Judgement {
  const allowed = flow.requestFor.scopes;
  if (scope === "self") return allowed.includes("self") ? selfAllowed.holds : selfAllowed.fails;
  return allowed.includes("others") || allowed.includes("directReports") ? othersAllowed.holds : othersAllowed.fails;
}

/** The scopes that let one ask for that person, joined: either suffices; null where the flow has neither. */
function waysToAskForOthers(flow: AccessFlow, requestor: Identity, grantee: Identity): Judgement | null {
  const { scopes, grantees } = flow.requestFor;
  const ways: Judgement[] = [];
  if (scopes.includes("others") && grantees !== undefined) ways.push(judgeConditions(grantees, grantee, "grantee", granteesPath));
  const directReports = scopes.indexOf("directReports");
  if (directReports >= 0) ways.push(judgeManager(requestor, grantee, pathOf("requestFor", "scopes", directReports)));
  if (ways.length === 0) return null;
  const truth = or(ways.map((way) => way.truth));
  const combined: TraceStep = Object.freeze({ kind: "combine", rule: "R3", path: requestForPath, combinator: "or", outcome: truth });
  const steps = [...ways.flatMap((way) => way.steps), combined];
  return { truth, steps, reasons: truth === "holds" ? [] : ways.flatMap((way) => way.reasons) };
}

function judgeManager(requestor: Identity, grantee: Identity, path: Path): Judgement {
  const truth = isManagerOf(requestor, grantee);
  return judge("isManager", "R3", path, truth, truth === "holds" ? [] : reasonsOfManager(truth, grantee, path));
}

function reasonsOfManager(truth: Truth, grantee: Identity, path: Path): readonly Reason[] {
  if (truth === "fails") return [reason("not_the_manager", "R3", path)];
  const unknown = reason("manager_unknown", "R3", path);
  // Where a manager is named, the requestor's addresses are what is missing (R4).
  return grantee.manager ? [unknown, reason("aliases_unknown", "C8", path, { subject: "requestor" })] : [unknown];
}

function checkOf(name: RequestorCheck, rule: RuleId, path: Path, reasonAt: (path: Path) => Reason): Check {
  return { holds: judge(name, rule, path, "holds", []), fails: judge(name, rule, path, "fails", [reasonAt(path)]) };
}

function judge(name: RequestorCheck, rule: RuleId, path: Path, truth: Truth, reasons: readonly Reason[]): Judgement {
  const step: TraceStep = Object.freeze({ kind: "check", rule, check: name, outcome: truth, path });
  return { truth, steps: [step], reasons };
}

/** Frozen at once: reasons and steps share it. */
function pathOf(...steps: Path): Path {
  return Object.freeze(steps);
}
