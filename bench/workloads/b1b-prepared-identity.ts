import { type AccessFlow, defineAccessFlow, isEligible, prepareIdentity } from "../accessflow.js";
import { type Case, growthQuestions, type Workload } from "../measure.js";
import {
  andConditions,
  decisions,
  decisionsOf,
  floorAnd,
  floorOr,
  manyConditions,
  orConditions,
  type PlainCondition,
  type Question,
} from "../one-decision.js";

export const workload: Workload = {
  id: "b1b",
  title: "The same decision about an identity that was prepared once",
  cases: async () => [caseOf("and", floorAnd, 0.5), caseOf("or", floorOr, 0.8)],
  growth: [
    {
      name: "isEligible, prepared",
      unit: "groups",
      sizes: [10, 50, 500, 4_000],
      at: (size) => {
        const flow = flowOf("and", andConditions);
        const questions = preparedOf(decisionsOf(growthQuestions, size));
        return (index) => isEligible(flow, questions[index] as Question);
      },
    },
    {
      name: "isEligible, prepared",
      unit: "conditions",
      sizes: [4, 16, 64, 256],
      at: (size) => {
        const flow = flowOf("and", manyConditions(size));
        const questions = preparedOf(decisionsOf(growthQuestions, 50));
        return (index) => isEligible(flow, questions[index] as Question);
      },
    },
  ],
};

function preparedOf(questions: readonly Question[]): readonly Question[] {
  return questions.map(({ requestor, at }) => ({ requestor: prepareIdentity(requestor) as unknown as Question["requestor"], at }));
}

function flowOf(combinator: "and" | "or", conditions: readonly PlainCondition[]): AccessFlow {
  return defineAccessFlow({ name: "Benchmark", requestors: { combinator, conditions }, targets: [{ kind: "bundle", bundle: "all" }] });
}

function caseOf(combinator: "and" | "or", floor: (question: Question) => boolean, atMost: number): Case {
  const flow = flowOf(combinator, combinator === "and" ? andConditions : orConditions);
  const questions = decisions();
  const prepared = preparedOf(questions);
  return {
    name: combinator,
    questions: questions.length,
    contenders: [
      { name: "by hand", role: "floor", run: (index) => floor(questions[index] as Question) },
      { name: "isEligible, prepared", role: "accessflow", run: (index) => isEligible(flow, prepared[index] as Question) },
    ],
    goals: [{ of: "isEligible, prepared", against: "by hand", atMost }],
  };
}
