/* Chapter R. */
import type { AccessFlow, Identity } from "../../../src/index.js";
import { conditionsTruth, isPerson, same, truthsOf } from "./conditions.js";
import { isOpen } from "./schedule.js";

/** Every code that has to be among the reasons (R1): none, and one may ask (R2). `unknown` stands for any code of a missing fact. */
export function against(flow: AccessFlow, requestor: Identity, grantee: Identity | undefined, at: number): Set<string> {
  const codes = new Set<string>();
  const require = (holds: boolean, code: string) => holds || codes.add(code);
  const meets = (group: AccessFlow["requestors"], identity: Identity) => conditionsTruth(group, identity) === "holds";
  const requireMet = (group: AccessFlow["requestors"], identity: Identity) => {
    const truths = meets(group, identity) ? [] : truthsOf(group.conditions, identity);
    require(!truths.includes("fails"), "condition_fails");
    require(!truths.includes("unknown"), "unknown");
  };
  require(flow.active, "flow_inactive");
  require(flow.trigger === "selfServe", "flow_not_self_serve");
  require(isOpen(flow.schedule, at), "schedule_closed");
  require(requestor.active !== false, "requestor_inactive");
  require(grantee?.active !== false, "grantee_inactive");
  requireMet(flow.requestors, requestor);
  const { scopes, grantees } = flow.requestFor;
  const reports = scopes.includes("directReports");
  const others = scopes.includes("others") ? grantees : undefined;
  if (grantee === undefined || same(grantee.id, requestor.id)) require(scopes.includes("self"), "scope_not_allowed");
  else if (!(others && meets(others, grantee)) && !(reports && isPerson(grantee.manager, requestor) === "holds")) {
    require(others !== undefined || reports, "scope_not_allowed");
    if (others) requireMet(others, grantee);
    const managed = reports ? isPerson(grantee.manager, requestor) : "holds";
    require(managed !== "fails", "not_the_manager");
    require(managed !== "unknown", "manager_unknown");
    // The manager is known, and may be the requestor by an address that is not (R4: which fact was missing).
    require(managed !== "unknown" || !grantee.manager, "unknown");
  }
  return codes;
}
