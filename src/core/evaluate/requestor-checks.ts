import type { Identity } from "../facts/identity.js";
import { hasSameId, isManagerOf } from "../facts/person-keys.js";
import type { AccessFlow } from "../flow/access-flow.js";
import type { Path } from "../kernel/path.js";
import { type Reason, reason } from "../kernel/reason.js";
import type { RuleId } from "../kernel/rule-id.js";
import type { TraceStep } from "../kernel/trace.js";
import { or, type Truth, truthOf } from "../kernel/truth.js";
import type { Instant } from "../time/instant.js";
import { firstOpening, openAt } from "../time/opening.js";
import type { Timetable } from "../time/timetable.js";
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

/** Whether the flow can be asked for at all, and now (R2). */
export function judgeFlow(flow: AccessFlow, timetable: Timetable, at: Instant): readonly Judgement[] {
  const [active, trigger, schedule] = [pathOf("active"), pathOf("trigger"), pathOf("schedule")];
  return [
    judge("flowActive", "R2", active, truthOf(flow.active), () => [reason("flow_inactive", "R2", active)]),
    judge("selfServe", "R2", trigger, truthOf(flow.trigger === "selfServe"), () => [reason("flow_not_self_serve", "R2", trigger)]),
    judge("scheduleOpen", "R2", schedule, truthOf(openAt(timetable, at)), () => [
      reason("schedule_closed", "R2", schedule, { opensAt: firstOpening(timetable, at) }),
    ]),
  ];
}

/** Absent `active` counts as active (C9). */
export function judgeRequestorActive(requestor: Identity): Judgement {
  return judge("requestorActive", "C9", pathOf(), truthOf(requestor.active !== false), () => [
    reason("requestor_inactive", "C9", pathOf()),
  ]);
}

/** Whether one may ask for that person (R3). */
export function judgeGrantee(flow: AccessFlow, requestor: Identity, grantee: Identity | undefined): readonly Judgement[] {
  if (grantee === undefined) return [judgeScope(flow, "self")];
  // A second record of the requestor may know that they are inactive, so it is asked, too (C9).
  const active = judge("granteeActive", "C9", pathOf(), truthOf(grantee.active !== false), () => [
    reason("grantee_inactive", "C9", pathOf()),
  ]);
  if (hasSameId(requestor, grantee)) return [active, judgeScope(flow, "self")];
  return [active, ...waysToAskForOthers(flow, requestor, grantee), judgeScope(flow, "others")];
}

function judgeScope(flow: AccessFlow, scope: "self" | "others"): Judgement {
  const { scopes } = flow.requestFor;
  const allowed = scope === "self" ? scopes.includes("self") : scopes.includes("others") || scopes.includes("directReports");
  const path = pathOf("requestFor", "scopes");
  return judge("scopeAllowed", "R3", path, truthOf(allowed), () => [reason("scope_not_allowed", "R3", path, { scope })]);
}

/** The scopes that let one ask for somebody else, joined: either suffices. Empty where the flow has neither. */
function waysToAskForOthers(flow: AccessFlow, requestor: Identity, grantee: Identity): readonly Judgement[] {
  const { scopes, grantees } = flow.requestFor;
  const ways: Judgement[] = [];
  if (scopes.includes("others") && grantees !== undefined)
    ways.push(judgeConditions(grantees, grantee, "grantee", pathOf("requestFor", "grantees")));
  const directReports = scopes.indexOf("directReports");
  if (directReports >= 0) ways.push(judgeManager(requestor, grantee, pathOf("requestFor", "scopes", directReports)));
  if (ways.length === 0) return [];
  const truth = or(ways.map((way) => way.truth));
  const combined: TraceStep = { kind: "combine", rule: "R3", path: pathOf("requestFor"), combinator: "or", outcome: truth };
  const steps = [...ways.flatMap((way) => way.steps), combined];
  return [{ truth, steps, reasons: truth === "holds" ? [] : ways.flatMap((way) => way.reasons) }];
}

function judgeManager(requestor: Identity, grantee: Identity, path: Path): Judgement {
  const truth = isManagerOf(requestor, grantee);
  return judge("isManager", "R3", path, truth, () => {
    if (truth === "fails") return [reason("not_the_manager", "R3", path)];
    const unknown = reason("manager_unknown", "R3", path);
    // Where a manager is named, the requestor's addresses are what is missing (R4).
    return grantee.manager ? [unknown, reason("aliases_unknown", "C8", path, { subject: "requestor" })] : [unknown];
  });
}

function judge(name: RequestorCheck, rule: RuleId, path: Path, truth: Truth, reasons: () => readonly Reason[]): Judgement {
  return { truth, steps: [{ kind: "check", rule, check: name, outcome: truth, path }], reasons: truth === "holds" ? [] : reasons() };
}

/** Frozen at once: a reason and a step share it. */
function pathOf(...steps: Path): Path {
  return Object.freeze(steps);
}
