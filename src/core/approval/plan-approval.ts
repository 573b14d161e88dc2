import { identityFaults } from "../define/check-facts.js";
import type { Identity } from "../facts/identity.js";
import type { AccessFlow } from "../flow/access-flow.js";
import { deepFreeze } from "../kernel/deep-freeze.js";
import { kindOf, valueAt } from "../kernel/read-json.js";
import { type Reason, reason } from "../kernel/reason.js";
import { failure, type Result, success } from "../kernel/result.js";
import type { ApprovalPlan } from "./approval-plan.js";
import { openApproval } from "./event/open-approval.js";
import { readList } from "./event/read-list.js";
import { type ApprovalInput, openingKeys, readOpening } from "./event/read-opening.js";
import { drawUpPlan } from "./plan/draw-up-plan.js";
import { jsonBytes, stateLimit } from "./state/state-size.js";

export type { ApprovalPlan } from "./approval-plan.js";

/** What to plan for: an approval, and who might vote. */
export type ApprovalPlanInput = ApprovalInput & {
  readonly candidates: readonly Identity[];
  /** Whether `candidates` are all there are. Absent: they are not. */
  readonly complete?: boolean | undefined;
};

/**
 * Who among candidates may vote and for what, who is excluded and why, and whether they can approve the request
 * at all: exactly, with `allOf`, `distinctApprovers`, `required`, owners, self-exclusion and candidates who are
 * one person taken into account (A13). It decides nothing; the order of the candidates does not matter.
 *
 * `decidable` false and `complete` true gives `nobody_can_approve`: such a submission is to be refused. Where more
 * candidates may be found, that is not said, and `reasons` may be empty: `excluded` says of everybody why they
 * count for nothing. `distinct_approvers_short` says that there are approvers for every group, but too few
 * different ones. What is unknown or missing about owners (`owner_unknown`, `no_owner`, `no_resource_named`)
 * stands among the reasons of a plan that is not decidable, else among its notices; so does `aliases_unknown`:
 * some candidates have addresses (or accounts) and others lack them. Records of one id that contradict each
 * other are excluded (`facts_invalid`).
 *
 * Cost grows with the number of candidates, and beyond that only where many people are there under several ids
 * that count for different groups. To try their choices takes more than 100,000 steps at worst: then the plan
 * closes, not decidable and with `too_much_asked`, never `nobody_can_approve`. With a tier to decide it stays
 * decidable, and `too_much_asked` is a notice, as where it was not found out whether the requestor is needed.
 * The size of the state after the votes is not foreseen: people with hundreds of addresses may not all fit in.
 *
 * Bad input is answered with a plan that is not decidable: `facts_invalid` for a flow, facts or keys that are
 * not of the stated shape, `instant_invalid`, `too_much_asked` for more than 1,000 resources or what would
 * make a state of more than 256 kB.
 *
 * @example
 * const flow = defineAccessFlow({
 *   name: "Reports",
 *   requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
 *   targets: [{ kind: "bundle", bundle: "reports" }],
 *   approval: { kind: "approvalOf", groups: "anyOf", approverGroups: [{ conditions: [{ attribute: "group", values: ["leads"] }] }] },
 *   settings: { requestorCannotApproveSelf: true },
 * });
 * const ada = { id: "ada", attributes: { group: ["staff", "leads"] } };
 * const grace = { id: "grace", attributes: { group: ["leads"] } };
 * const plan = planApproval(flow, { requestor: ada, candidates: [ada, grace], at: 0 });
 * [plan.decidable, plan.groups, plan.excluded.map(({ id, reason }) => [id, reason.code])];
 * // => [true, [{ group: 0, required: 1, voters: ["grace"], owners: [] }], [["ada", "same_person_as_requestor"]]]
 */
export function planApproval(flow: AccessFlow, input: ApprovalPlanInput): ApprovalPlan {
  const opening = readOpening(flow, input, [...openingKeys, "candidates", "complete"]);
  const crowd = readCrowd(input);
  if (!opening.ok || !crowd.ok) {
    const approval = opening.ok ? opening.value.flow.approval.kind : "approvalOf";
    return refusedPlan(approval, [...(opening.ok ? [] : opening.error), ...(crowd.ok ? [] : crowd.error)]);
  }
  const { state, reports } = openApproval(opening.value);
  const tooLarge = jsonBytes(state) > stateLimit;
  if (tooLarge) return refusedPlan(state.rules.approval.kind, [reason("too_much_asked", "D4", [], { limit: stateLimit })]);
  return deepFreeze(drawUpPlan(state, crowd.value.candidates, crowd.value.complete, reports));
}

type Crowd = { readonly candidates: readonly Identity[]; readonly complete: boolean };

function readCrowd(input: unknown): Result<Crowd, readonly Reason[]> {
  // What is no record at all is reported with the opening.
  if (kindOf(input) !== "record") return failure([]);
  const candidates = readList<Identity>("candidates", valueAt(input as object, "candidates"), personFaults);
  const complete = valueAt(input as object, "complete");
  const isKnown = complete === undefined || typeof complete === "boolean";
  if (candidates.ok && isKnown) return success({ candidates: candidates.value, complete: complete === true });
  return failure([
    ...(candidates.ok ? [] : candidates.error),
    ...(isKnown ? [] : [reason("facts_invalid", "C4", [], { argument: "complete", at: [] })]),
  ]);
}

function personFaults(candidate: unknown, position: number): readonly Reason[] {
  return identityFaults("candidates", candidate, [position]);
}

function refusedPlan(approval: ApprovalPlan["approval"], reasons: readonly Reason[]): ApprovalPlan {
  return deepFreeze({
    kind: "approvalPlan",
    approval,
    decidable: false,
    decidableFrom: null,
    selfOnly: false,
    groups: [],
    tiers: [],
    excluded: [],
    reasons,
    notices: [],
  });
}
