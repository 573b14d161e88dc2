import type { AccessFlow } from "../flow/access-flow.js";
import { deepFreeze } from "../kernel/deep-freeze.js";
import { Defect } from "../kernel/defect.js";
import { isNonEmpty } from "../kernel/non-empty-array.js";
import { kindOf, valueAt } from "../kernel/read-json.js";
import { toInstant } from "../time/instant.js";
import type { RequestDecision } from "./request-decision.js";
import type { RequestInput } from "./request-input.js";
import { judgeSubmission } from "./submission/judge-submission.js";
import { readSubmission, submissionKeys } from "./submission/read-submission.js";

/**
 * What `submitRequest` would answer to the same input, without making a request: the dry run (L1).
 *
 * All reasons at once: of the requestor (R), the entitlements (T8), start and duration (W1, W3), the
 * justification, MFA evidence (L2), the approvers where `candidates` are `complete` (A13), and what the grantee
 * holds already (L12). `notices` refuse nothing. Bad input is refused with `facts_invalid` or `instant_invalid`
 * for every fault, and a trace without steps. A state over 256 kB shows at submission only.
 *
 * @example
 * const flow = defineAccessFlow({
 *   name: "Reports",
 *   requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
 *   targets: [{ kind: "integration", integration: "pg", resourceType: "database", permissions: ["read"] }],
 *   settings: { requireMfa: true },
 * });
 * const decision = evaluateRequest(flow, {
 *   requestor: { id: "ada", attributes: { group: ["staff"] } },
 *   entitlements: [{ resource: "db-1", permission: "read" }],
 *   resources: [{ id: "db-1", name: "reports", type: "database", integration: "pg", tags: {}, permissions: ["read"] }],
 *   at: 0,
 * });
 * decision.outcome === "acceptable" && [decision.next, decision.needs, decision.window];
 * // => ["awaitingMfa", ["mfa"], { start: 0, end: 3600000 }]
 */
export function evaluateRequest(flow: AccessFlow, input: Omit<RequestInput, "id">): RequestDecision {
  const read = readSubmission(flow, input, submissionKeys);
  if (!read.ok) {
    const at = kindOf(input) === "record" ? toInstant(valueAt(input, "at")) : null;
    const trace = { format: "trace/v1", flow: "", at: at ?? 0, steps: [] } as const;
    return deepFreeze({ kind: "requestDecision", outcome: "refused", reasons: read.error, notices: [], trace });
  }
  const { reasons, notices, trace, window, plan, needs } = judgeSubmission(read.value);
  if (isNonEmpty(reasons)) return deepFreeze({ kind: "requestDecision", outcome: "refused", reasons, notices, trace });
  if (window === null) throw new Defect("neither a window nor a reason");
  const next = needs[0] === "mfa" ? "awaitingMfa" : needs[0] === "approval" ? "awaitingApproval" : "scheduled";
  return deepFreeze({ kind: "requestDecision", outcome: "acceptable", next, needs, window, approval: plan, notices, trace });
}
