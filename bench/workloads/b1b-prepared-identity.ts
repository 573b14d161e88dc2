import { defineAccessFlow, isEligible, prepareIdentity } from "../accessflow.js";
import type { Case, Workload } from "../measure.js";
import { andConditions, decisions, floorAnd, floorOr, orConditions, type Question } from "../one-decision.js";

export const workload: Workload = {
  id: "b1b",
  title: "The same decision about an identity that was prepared once",
  cases: async () => [caseOf("and", floorAnd, 0.5), caseOf("or", floorOr, 0.8)],
};

function caseOf(combinator: "and" | "or", floor: (question: Question) => boolean, atMost: number): Case {
  const flow = defineAccessFlow({
    name: "Benchmark",
    requestors: { combinator, conditions: combinator === "and" ? andConditions : orConditions },
    targets: [{ kind: "bundle", bundle: "all" }],
  });
  const questions = decisions();
  const prepared = questions.map(({ requestor, at }) => ({ requestor: prepareIdentity(requestor), at }));
  return {
    name: combinator,
    questions: questions.length,
    contenders: [
      { name: "by hand", role: "floor", run: (index) => floor(questions[index] as Question) },
      { name: "isEligible, prepared", role: "accessflow", run: (index) => isEligible(flow, prepared[index] as (typeof prepared)[number]) },
    ],
    goals: [{ of: "isEligible, prepared", against: "by hand", atMost }],
  };
}
