import { judgeConditions } from "../../evaluate/judge-conditions.js";
import { judgeGrantee, judgeRequestorActive } from "../../evaluate/requestor-checks.js";
import type { Identity } from "../../facts/identity.js";
import { hasSameId } from "../../facts/person-keys.js";
import { type Reason, reason } from "../../kernel/reason.js";
import type { RuleId } from "../../kernel/rule-id.js";
import type { Instant } from "../../time/instant.js";
import type { FactsRead } from "../request-event.js";
import type { SubmittedRequest } from "../request-state.js";

/** How old facts may be when something is decided by them (L3, L10, W6). */
const freshMs = 60_000;

/**
 * What freshly read facts say about a request (L3, W6), the schedule apart: why it fails, and what is not known.
 * Neither: it still holds.
 */
export type Recheck = { readonly fails: readonly Reason[]; readonly unknown: readonly Reason[] };

/** Judges people, flow and coverage on the request's own flow; for a planned grant that is M1's question, too (M4). */
export function recheck(request: SubmittedRequest, facts: FactsRead, rule: RuleId): Recheck {
  const parts = [flowNow(facts), peopleNow(request, facts, rule), coverageNow(request, facts)];
  const unknown = parts.flatMap((part) => part.unknown);
  return {
    fails: parts.flatMap((part) => part.fails),
    unknown: unknown.length === 0 ? [] : [reason("facts_unknown", rule, []), ...unknown.filter(({ code }) => code !== "facts_unknown")],
  };
}

/** Facts that are too old, or not about this request: nothing is decided by them. */
export function factsRefusals(request: SubmittedRequest, facts: FactsRead, at: Instant): readonly Reason[] {
  const { requestor, grantee, notCovered } = facts;
  const known = request.entitlements.length;
  return [
    ...(facts.readAt > at ? [invalid("readAt")] : []),
    ...(at - facts.readAt > freshMs ? [reason("facts_too_old", "L3", [], { readAt: facts.readAt })] : []),
    ...(isSomebodyElse(requestor, request.requestor) ? [invalid("requestor", "id")] : []),
    ...(isSomebodyElse(grantee, request.grantee ?? request.requestor) ? [invalid("grantee", "id")] : []),
    ...(grantee === null && request.grantee !== null ? [invalid("grantee")] : []),
    ...(notCovered === "unknown" || notCovered.every((position) => position < known) ? [] : [invalid("notCovered")]),
  ];
}

function isSomebodyElse(person: FactsRead["grantee"], expected: { readonly id: string }): boolean {
  return isIdentity(person) && !hasSameId(person, expected);
}

function isIdentity(person: FactsRead["grantee"]): person is Identity {
  return person !== null && typeof person === "object";
}

const holds: Recheck = { fails: [], unknown: [] };

const isUnknown: Recheck = { fails: [], unknown: [reason("facts_unknown", "L3", [])] };

/** An edited flow does not change a request; one that is switched off or gone stops it. */
function flowNow({ flow }: FactsRead): Recheck {
  if (flow === "unknown") return isUnknown;
  return flow === "active" ? holds : { fails: [reason("flow_inactive", "L3", ["active"])], unknown: [] };
}

function peopleNow({ flow }: SubmittedRequest, { requestor, grantee }: FactsRead, rule: RuleId): Recheck {
  const gone = [
    ...(requestor === "gone" ? [reason("requestor_inactive", "C9", [])] : []),
    ...(grantee === "gone" ? [reason("grantee_inactive", "C9", [])] : []),
  ];
  const judgements = isIdentity(requestor)
    ? [
        judgeRequestorActive(requestor),
        judgeConditions(flow.requestors, requestor, "requestor", ["requestors"]),
        ...(grantee === null || isIdentity(grantee) ? judgeGrantee(flow, requestor, grantee ?? undefined) : []),
      ]
    : // Without the requestor only the grantee's own standing can be told.
      isIdentity(grantee)
      ? judgeGrantee(flow, grantee, grantee).slice(0, 1)
      : [];
  const failing = judgements.flatMap(({ truth, reasons }) => (truth === "fails" ? reasons : []));
  const missing = judgements.flatMap(({ truth, reasons }) => (truth === "unknown" ? reasons : []));
  const fails = [...gone, ...failing];
  const isMissing = requestor === "unknown" || grantee === "unknown";
  return {
    fails: fails.length === 0 ? [] : [reason("no_longer_eligible", rule, []), ...fails],
    unknown: isMissing ? [...isUnknown.unknown, ...missing] : missing,
  };
}

function coverageNow({ entitlements }: SubmittedRequest, { notCovered }: FactsRead): Recheck {
  if (notCovered === "unknown") return isUnknown;
  if (notCovered.length === 0) return holds;
  const lost = notCovered.flatMap((position) => entitlements[position] ?? []);
  return {
    fails: [reason("no_longer_covered", "L3", []), ...lost.map((entitlement) => reason("not_covered", "T8", ["targets"], entitlement))],
    unknown: [],
  };
}

function invalid(...at: (string | number)[]): Reason {
  return reason("facts_invalid", "C4", [], { argument: "facts", at });
}
