import { type AccessFlow, defineAccessFlow, isEligible } from "../accessflow.js";
import type { Case, Contender, Workload } from "../measure.js";
import { andConditions, decisions, floorAnd, floorOr, orConditions, type Question } from "../one-decision.js";
import { peerContenders } from "../peers.js";

export const workload: Workload = {
  id: "b1a",
  title: "One decision: four conditions, a person with 12 attributes and 50 groups",
  cases: async () => [await caseOf("and", floorAnd), await caseOf("or", floorOr)],
};

async function caseOf(combinator: "and" | "or", floor: (question: Question) => boolean): Promise<Case> {
  const conditions = combinator === "and" ? andConditions : orConditions;
  const flow: AccessFlow = defineAccessFlow({
    name: "Benchmark",
    requestors: { combinator, conditions },
    targets: [{ kind: "bundle", bundle: "all" }],
  });
  const questions = decisions();
  const at = (index: number): Question => questions[index] as Question;
  const contenders: Contender[] = [
    { name: "by hand", role: "floor", run: (index) => floor(at(index)) },
    { name: "isEligible", role: "accessflow", run: (index) => isEligible(flow, at(index)) },
  ];
  const { peers, notes } = await peerContenders(combinator, conditions, questions);
  return {
    name: combinator,
    questions: questions.length,
    contenders: [...contenders, ...peers],
    goals: [
      { of: "isEligible", against: "by hand", atMost: 1.5 },
      { of: "isEligible", against: "best peer", atMost: 0.85 },
    ],
    notes,
  };
}
