import {
  computeGrantWindow,
  coversEntitlement,
  evaluateRequestor,
  explain,
  type Reason,
  type ReasonCode,
  resolveTargets,
} from "accessflow";
import type { Company } from "./company.js";
import type { Request } from "./request.js";

/** Why a request is not even opened. */
export type Refused = { readonly codes: readonly ReasonCode[]; readonly because: readonly string[] };

export function refusedFor(reasons: readonly Reason[], because: readonly string[]): Refused {
  return { codes: reasons.map((reason) => reason.code), because };
}

/** The checks before any vote, each of them the library's; null where all of them pass. */
export function refusalOf({ ask, flow, askedAt }: Request, company: Company): Refused | null {
  const requestor = company.person(ask.requestor);
  const grantee = ask.grantee === undefined ? undefined : company.person(ask.grantee);
  const decision = evaluateRequestor(flow, { requestor, grantee, at: askedAt });
  const window = computeGrantWindow(flow, { at: askedAt, requestedDuration: ask.requestedDuration, startAt: ask.startAt });
  const uncovered = ask.resources
    .map((id) => company.resource(id))
    .filter((resource) => !coversEntitlement(flow, resource, ask.permission, company.catalog));
  const about = resolveTargets(flow, { resources: uncovered, catalog: company.catalog }).reasons;
  const codes = [
    ...decision.reasons.map((reason) => reason.code),
    ...(window.ok ? [] : window.error.map((reason) => reason.code)),
    ...uncovered.map(() => "not_covered" as const),
  ];
  const because = [
    ...(decision.outcome === "ineligible" ? explain(decision.reasons, { audience: "requestor" }) : []),
    ...(window.ok ? [] : explain(window.error, { audience: "requestor" })),
    ...uncovered.map((resource) => `\`${flow.name}\` does not give \`${ask.permission}\` on \`${resource.name}\`.`),
    ...(isNonEmpty(about) ? explain(about, { audience: "approver" }) : []),
  ];
  return codes.length === 0 ? null : { codes, because };
}

function isNonEmpty<T>(list: readonly T[]): list is readonly [T, ...T[]] {
  return list.length > 0;
}
