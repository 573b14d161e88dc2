import type { RequestorDecision } from "../core/evaluate/evaluate-requestor.js";
import { explain } from "../core/explain/explain.js";
import type { ReasonCode } from "../core/kernel/reason.js";
import type { RequestDecision } from "../core/request/request-decision.js";
import type { RequestStatus } from "../core/request/request-status.js";
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
    const decision = decisionOf(received);
    if (decision === null) return noDecision(received);
    const pass = saysYes(decision);
    return { pass, message: () => `expected the decision ${pass ? "not " : ""}to be eligible, but:\n${explain(decision).join("\n")}` };
  },

  toBeIneligibleBecause(received, code) {
    const decision = decisionOf(received);
    if (decision === null) return noDecision(received);
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
    if (!isSimulation(received)) return { pass: false, message: () => `expected a simulation, not ${typeof received}` };
    const pass = received.status === status;
    return {
      pass,
      message: () => `expected the request ${pass ? "not " : ""}to end as ${status}, it is ${received.status}:\n${received.print()}`,
    };
  },

  toHaveRefused(received, code) {
    if (!isSimulation(received)) return { pass: false, message: () => `expected a simulation, not ${typeof received}` };
    const pass = received.refusals.some(({ reasons }) => reasons.some((reason) => reason.code === code));
    return { pass, message: () => `expected something ${pass ? "not " : ""}to be refused because of ${code}:\n${received.print()}` };
  },
};

function saysYes({ outcome }: Decision): boolean {
  return outcome === "eligible" || outcome === "acceptable";
}

function decisionOf(received: unknown): Decision | null {
  const kind = typeof received === "object" && received !== null && "kind" in received ? received.kind : undefined;
  // Both are told by their kind; a record that only pretends fails in `explain`, with a clear error.
  return kind === "requestorDecision" || kind === "requestDecision" ? (received as Decision) : null;
}

function isSimulation(received: unknown): received is Simulation {
  return typeof received === "object" && received !== null && "kind" in received && received.kind === "simulation";
}

function noDecision(received: unknown): MatcherAnswer {
  return { pass: false, message: () => `expected a decision of accessflow, not ${typeof received}` };
}
