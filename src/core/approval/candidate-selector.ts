import { acceptFlow } from "../define/accept.js";
import { errorOfFaults } from "../evaluate/error-of-faults.js";
import type { CandidateSelector } from "../facts/candidate-selector.js";
import type { Identity } from "../facts/identity.js";
import type { AccessFlow } from "../flow/access-flow.js";
import { deepFreeze } from "../kernel/deep-freeze.js";
import type { OwnerClass, PersonRecord } from "./approval-state.js";
import { readParties } from "./event/read-parties.js";
import { selectorOfGroup } from "./plan/group-selector.js";
import { groupsOf } from "./state/owner-classes.js";

/** Whom approver conditions are about, as identities or as an approval state keeps them. */
export type CandidateSelectorInput = {
  readonly requestor: Identity | PersonRecord;
  /** Absent or null: the requestor. */
  readonly grantee?: Identity | PersonRecord | null | undefined;
  /** `owners` of the approval state. Absent: none, so that nobody can be asked as an owner. */
  readonly owners?: readonly OwnerClass[] | undefined;
};

/**
 * Whom to ask a directory for, so that nobody who may vote is missed: one selector for each approver group, then
 * one for each escalation tier. Empty for an automatic approval.
 *
 * Each selects a superset of the group, in positive terms: under `and` its most selective positive condition,
 * under `or` all of its conditions together. `"everyone"` where only negative conditions, or an unknown manager,
 * say who is meant; `anyOf: []` where it is known that nobody is. Who was selected is not yet entitled to vote:
 * `planApproval` says who is. A condition with `match: "name"` selects by `is` and by `contains`, because a
 * directory compares ids under `is`.
 *
 * Throws `AccessFlowError` (`facts_invalid`) for a flow, people, owners or keys that are not of the stated shape.
 *
 * @example
 * const flow = defineAccessFlow({
 *   name: "Reports",
 *   requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
 *   targets: [{ kind: "bundle", bundle: "reports" }],
 *   approval: {
 *     kind: "approvalOf", groups: "anyOf",
 *     approverGroups: [{ conditions: [{ relation: "manager" }] }, { conditions: [{ attribute: "group", operator: "isNot", values: ["staff"] }] }],
 *   },
 * });
 * candidateSelector(flow, { requestor: { id: "ada", manager: "grace" } });
 * // => [{ anyOf: [{ attribute: "user", operator: "is", values: ["grace"], source: null }] }, "everyone"]
 */
export function candidateSelector(flow: AccessFlow, input: CandidateSelectorInput): readonly CandidateSelector[] {
  const accepted = acceptFlow(flow);
  const parties = readParties(input);
  if (!accepted.ok) throw errorOfFaults(parties.ok ? accepted.error : [...accepted.error, ...parties.error]);
  if (!parties.ok) throw errorOfFaults(parties.error);
  return deepFreeze(groupsOf(accepted.value.approval).map((group) => selectorOfGroup(group, parties.value)));
}
