import { reasonCodes } from "../core/define/reason-shape.js";
import type { RequestorDecision } from "../core/evaluate/evaluate-requestor.js";
import { explain } from "../core/explain/explain.js";
import { accessFlowError } from "../core/kernel/access-flow-error.js";
import type { ReasonCode } from "../core/kernel/reason.js";
import type { RequestDecision } from "../core/request/request-decision.js";
import { type RequestStatus, requestStatuses } from "../core/request/request-status.js";
import type { Simulation } from "./simulate.js";

/** What a matcher answers to vitest and jest alike. */
export type MatcherAnswer = {
  readonly pass: boolean;
  /** Why the test fails, where it does: for `not` as well. */
  readonly message: () => string;
};

/** Types for `expect`: see `accessflowMatchers`. */
export type AccessflowMatchers<R = unknown> = {
  /** A decision on a requestor, or on a request, says yes. */
  toBeEligible(): R;
  /** It says no, and this is among the reasons. */
  toBeIneligibleBecause(code: ReasonCode): R;
  /** A simulation ends in this status; `refused`: it was never accepted. */
  toEndAs(status: RequestStatus | "refused"): R;
  /** In a simulation something was refused for this reason. */
  toHaveRefused(code: ReasonCode): R;
};

type Decision = RequestorDecision | RequestDecision;

/**
 * Matchers for `expect.extend(accessflowMatchers)` in vitest and jest. A failing one says what was decided, and why, in
 * the library's own sentences, or prints the lines of the simulation.
 *
 * Throws AccessFlowError (`facts_invalid`), so that the test fails under `not`, too, for what is no decision or
 * simulation, and for a status or reason code that there is not.
 *
 * @example
 * const flow = defineAccessFlow({
 *   name: "Reports",
 *   requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
 *   targets: [{ kind: "bundle", bundle: "reports" }],
 * });
 * const decision = evaluateRequestor(flow, { requestor: { id: "ada" }, at: 0 });
 * const { pass, message } = accessflowMatchers.toBeEligible(decision);
 * [pass, message().split("\n")];
 * // => [false, [
 * //   "expected the decision to be eligible, but:",
 * //   "The requestor may not ask for access by the flow `reports` at 1970-01-01 00:00 UTC.",
 * //   "The requestor has no known `group`, and a condition asks for it.",
 * // ]]
 */
export const accessflowMatchers: {
  /** Whether a decision on a requestor, or on a request, says yes. */
  readonly toBeEligible: (received: unknown) => MatcherAnswer;
  /** Whether it says no, with this code among its reasons. */
  readonly toBeIneligibleBecause: (received: unknown, code: ReasonCode) => MatcherAnswer;
  /** Whether a simulation ends in this status. */
  readonly toEndAs: (received: unknown, status: RequestStatus | "refused") => MatcherAnswer;
  /** Whether anything was refused in it for this reason, the submission included. */
  readonly toHaveRefused: (received: unknown, code: ReasonCode) => MatcherAnswer;
} = {
  toBeEligible(received) {
    const decision = requireDecision(received);
    const pass = saysYes(decision);
    return { pass, message: () => `expected the decision ${pass ? "not " : ""}to be eligible, but:\n${explain(decision).join("\n")}` };
  },

  toBeIneligibleBecause(received, code) {
    const decision = requireDecision(received);
    requireCode(code);
    const reasons = decision.outcome === "acceptable" ? [] : decision.reasons;
    const pass = !saysYes(decision) && reasons.some((reason) => reason.code === code);
    const said = reasons.map((reason) => reason.code).join(", ");
    return {
      pass,
      message: () =>
        `expected the decision ${pass ? "not " : ""}to be ineligible because of ${code}; its reasons: ${said === "" ? "none, it says yes" : said}\n${explain(decision).join("\n")}`,
    };
  },

  toEndAs(received, status) {
    const simulation = requireSimulation(received);
    if (!["refused", ...requestStatuses].includes(status)) throw accessFlowError("facts_invalid", `there is no status ${String(status)}`);
    const pass = simulation.status === status;
    return {
      pass,
      message: () => `expected the request ${pass ? "not " : ""}to end as ${status}, it is ${simulation.status}:\n${simulation.print()}`,
    };
  },

  toHaveRefused(received, code) {
    const simulation = requireSimulation(received);
    requireCode(code);
    const pass = simulation.refusals.some(({ reasons }) => reasons.some((reason) => reason.code === code));
    return { pass, message: () => `expected something ${pass ? "not " : ""}to be refused because of ${code}:\n${simulation.print()}` };
  },
};

function saysYes({ outcome }: Decision): boolean {
  return outcome === "eligible" || outcome === "acceptable";
}

function requireDecision(received: unknown): Decision {
  const kind = kindOf(received);
  // Both are told by their kind; a record that only pretends fails in `explain`, with a clear error.
  if (kind === "requestorDecision" || kind === "requestDecision") return received as Decision;
  throw accessFlowError("facts_invalid", `expected a decision of accessflow, not ${typeof received}`);
}

function requireSimulation(received: unknown): Simulation {
  if (kindOf(received) === "simulation") return received as Simulation;
  throw accessFlowError("facts_invalid", `expected a simulation, not ${typeof received}`);
}

function kindOf(received: unknown): unknown {
  return typeof received === "object" && received !== null && "kind" in received ? received.kind : undefined;
}

function requireCode(code: ReasonCode): void {
  if (!reasonCodes.includes(code)) throw accessFlowError("facts_invalid", `there is no reason code ${String(code)}`);
}
