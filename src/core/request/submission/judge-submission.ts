import type { ApprovalPlan } from "../../approval/approval-plan.js";
import { planApproval } from "../../approval/plan-approval.js";
import { computeGrantWindow } from "../../evaluate/compute-grant-window.js";
import { evaluateRequestor } from "../../evaluate/evaluate-requestor.js";
import { Defect } from "../../kernel/defect.js";
import type { Path } from "../../kernel/path.js";
import { type Reason, reason } from "../../kernel/reason.js";
import type { RuleId } from "../../kernel/rule-id.js";
import type { Trace, TraceStep } from "../../kernel/trace.js";
import type { GrantWindow } from "../../time/grant-window.js";
import type { RequestCheck } from "../request-decision.js";
import { isEnd } from "../request-status.js";
import { type Coverage, coverageOf } from "./coverage.js";
import { justificationReasons, keptJustification } from "./justification.js";
import { mfaRefusals } from "./mfa-evidence.js";
import { entitlementKey } from "./read-entitlements.js";
import type { Submission } from "./read-submission.js";

/** What a submission comes to: everything that stands against it, and all that its state is made of. */
export type JudgedSubmission = {
  readonly reasons: readonly Reason[];
  readonly notices: readonly Reason[];
  readonly trace: Trace;
  /** null: refused. */
  readonly window: GrantWindow | null;
  readonly plan: ApprovalPlan | null;
  readonly needs: readonly ("mfa" | "approval")[];
  readonly justification: string | null;
  readonly coverage: Coverage;
};

/** Every check of a submission, whatever the others say (L1). */
export function judgeSubmission(asked: Submission): JudgedSubmission {
  const { flow, mfa, at, zones } = asked;
  const requestor = evaluateRequestor(flow, {
    requestor: asked.requestor,
    ...(asked.grantee === null ? {} : { grantee: asked.grantee }),
    at,
    zones,
  });
  const coverage = coverageOf(asked);
  const window = computeGrantWindow(flow, {
    at,
    zones,
    ...(asked.requestedDuration === null ? {} : { requestedDuration: asked.requestedDuration }),
    ...(asked.startAt === null ? {} : { startAt: asked.startAt }),
  });
  const justification = keptJustification(asked.justification);
  const needsMfa = flow.settings.requireMfa;
  const plan = planOf(asked, coverage);
  const checks: readonly Check[] = [
    check("entitlementsCovered", "T8", ["targets"], coverage.reasons),
    check("windowGranted", "W1", ["grantFor"], window.ok ? [] : window.error),
    check("justified", "L1", ["settings", "requireJustification"], justificationReasons(justification, flow.settings.requireJustification)),
    ...(needsMfa && mfa !== null ? [check("mfaFresh", "L2", ["settings", "requireMfa"], mfaRefusals(mfa, at))] : []),
    ...(plan !== null && asked.complete ? [check("approvable", "A13", ["approval"], approvalReasons(plan))] : []),
    ...(asked.held.length > 0 ? [check("notHeld", "L12", [], heldReasons(asked))] : []),
  ];
  const waitsForMfa = needsMfa && mfa === null;
  return {
    reasons: [...requestor.reasons, ...checks.flatMap((each) => each.reasons)],
    notices: [
      ...requestor.notices,
      ...coverage.notices,
      ...(waitsForMfa ? [reason("mfa_needed", "L2", ["settings", "requireMfa"])] : []),
      ...(plan?.notices ?? []),
    ],
    trace: { ...requestor.trace, steps: [...requestor.trace.steps, ...checks.map((each) => each.step)] },
    window: window.ok ? window.value : null,
    plan,
    needs: [...(waitsForMfa ? (["mfa"] as const) : []), ...(flow.approval.kind === "approvalOf" ? (["approval"] as const) : [])],
    justification,
    coverage,
  };
}

type Check = { readonly step: TraceStep; readonly reasons: readonly Reason[] };

function check(name: RequestCheck, rule: RuleId, path: Path, reasons: readonly Reason[]): Check {
  return { step: { kind: "check", rule, check: name, outcome: reasons.length === 0 ? "holds" : "fails", path }, reasons };
}

/** Asked of the approval as it would open now; null: no candidates were given, or nobody needs to approve. */
function planOf({ flow, requestor, grantee, catalog, candidates, complete, at }: Submission, { resources }: Coverage): ApprovalPlan | null {
  if (candidates === null) return null;
  return planApproval(flow, { requestor, ...(grantee === null ? {} : { grantee }), resources, catalog, candidates, complete, at });
}

/** Complete candidates, and no way to approve: now, or by a tier (A13). */
function approvalReasons(plan: ApprovalPlan): readonly Reason[] {
  if (plan.decidable) return [];
  if (plan.reasons.length === 0) throw new Defect("complete candidates cannot decide, and no reason says so");
  return plan.reasons;
}

/** What the grantee holds or has asked for, by the request that is in the way (L12). */
function heldReasons({ entitlements, held }: Submission): readonly Reason[] {
  const asked = new Set(entitlements.map(entitlementKey));
  const inTheWay = held.filter((other) => !isEnd(other.status) && other.entitlements.some((each) => asked.has(entitlementKey(each))));
  return [...new Set(inTheWay.map(({ request }) => request))].map((request) => reason("already_held", "L12", [], { request }));
}
