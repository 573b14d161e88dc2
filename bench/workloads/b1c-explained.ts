import { defineAccessFlow, evaluateRequestor, prepareIdentity, type RequestorDecision } from "../accessflow.js";
import type { Case, Workload } from "../measure.js";
import { andConditions, decisions, floorAnd, floorOr, orConditions, type Question } from "../one-decision.js";

export const workload: Workload = {
  id: "b1c",
  title: "The same decision with all reasons and its full trace",
  cases: async () => [caseOf("and", floorAnd), caseOf("or", floorOr)],
};

function caseOf(combinator: "and" | "or", floor: (question: Question) => boolean): Case {
  const flow = defineAccessFlow({
    name: "Benchmark",
    requestors: { combinator, conditions: combinator === "and" ? andConditions : orConditions },
    targets: [{ kind: "bundle", bundle: "all" }],
  });
  const questions = decisions();
  const prepared = questions.map(({ requestor, at }) => ({ requestor: prepareIdentity(requestor), at }));
  const answer = (decision: unknown): boolean => (decision as RequestorDecision).outcome === "eligible";
  return {
    name: combinator,
    questions: questions.length,
    contenders: [
      { name: "by hand, yes or no", role: "floor", run: (index) => floor(questions[index] as Question) },
      { name: "evaluateRequestor", role: "accessflow", run: (index) => evaluateRequestor(flow, questions[index] as Question), answer },
      {
        name: "evaluateRequestor, prepared",
        role: "accessflow",
        run: (index) => evaluateRequestor(flow, prepared[index] as (typeof prepared)[number]),
        answer,
      },
    ],
    goals: [
      { of: "evaluateRequestor", against: "by hand, yes or no", atMost: 2 },
      { of: "evaluateRequestor, prepared", against: "by hand, yes or no", atMost: 2 },
    ],
  };
}
