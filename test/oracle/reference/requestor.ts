/* Chapter R. */
import type { Identity } from "../../../src/core/facts/identity.js";
import type { AccessFlow } from "../../../src/core/flow/access-flow.js";
import { conditionsTruth, conditionTruth, isPerson, nfc, type Truth } from "./conditions.js";
import { isOpen } from "./schedule.js";

export type Asked = { requestor: Identity; grantee?: Identity | undefined; at: number };

/** Whether that may be asked for (R2), and every code that has to be among the reasons (R1). `unknown` stands for any code of a missing fact. */
export function requestorAnswer(flow: AccessFlow, { requestor, grantee, at }: Asked): { eligible: boolean; codes: Set<string> } {
  const codes = new Set<string>();
  if (!flow.active) codes.add("flow_inactive");
  if (flow.trigger !== "selfServe") codes.add("flow_not_self_serve");
  if (!isOpen(flow.schedule, at)) codes.add("schedule_closed");
  if (requestor.active === false) codes.add("requestor_inactive");
  if (grantee?.active === false) codes.add("grantee_inactive");
  const unmet = (group: AccessFlow["requestors"], identity: Identity): boolean => {
    if (conditionsTruth(group, identity) === "holds") return false;
    for (const condition of group.conditions) {
      const truth = conditionTruth(condition, identity);
      if (truth !== "holds") codes.add(truth === "fails" ? "condition_fails" : "unknown");
    }
    return true;
  };
  unmet(flow.requestors, requestor);
  const { scopes, grantees } = flow.requestFor;
  if (grantee === undefined || nfc(grantee.id) === nfc(requestor.id)) {
    if (!scopes.includes("self")) codes.add("scope_not_allowed");
    return { eligible: codes.size === 0, codes };
  }
  const managed: Truth = isPerson(grantee.manager, requestor);
  const forOthers = scopes.includes("others") && grantees !== undefined && conditionsTruth(grantees, grantee) === "holds";
  const forReports = scopes.includes("directReports") && managed === "holds";
  if (!forOthers && !forReports) {
    if (scopes.includes("others") && grantees !== undefined) unmet(grantees, grantee);
    if (scopes.includes("directReports")) codes.add(managed === "fails" ? "not_the_manager" : "manager_unknown");
    // The manager is known, and may be the requestor by an address that is not (R4: which fact was missing).
    if (scopes.includes("directReports") && managed === "unknown" && grantee.manager !== undefined && grantee.manager !== "")
      codes.add("unknown");
    if (!scopes.includes("others") && !scopes.includes("directReports")) codes.add("scope_not_allowed");
  }
  return { eligible: codes.size === 0, codes };
}
