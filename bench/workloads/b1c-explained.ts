import { type AccessFlow, defineAccessFlow, evaluateRequestor, prepareIdentity, type RequestorDecision } from "../accessflow.js";
import { madeAndFrozen } from "../made-and-frozen.js";
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
  id: "b1c",
  title: "The same decision with all reasons and its full trace",
  cases: async () => [caseOf("and", floorAnd), caseOf("or", floorOr)],
  growth: [
    {
      name: "evaluateRequestor",
      unit: "groups",
      sizes: [10, 50, 500, 4_000],
      at: (size) => {
        const flow = flowOf("and", andConditions);
        const questions = decisionsOf(growthQuestions, size);
        return (index) => evaluateRequestor(flow, questions[index] as Question);
      },
    },
    {
      name: "evaluateRequestor",
      unit: "conditions",
      sizes: [4, 16, 64, 256],
      at: (size) => {
        const flow = flowOf("and", manyConditions(size));
        const questions = decisionsOf(growthQuestions, 50);
        return (index) => evaluateRequestor(flow, questions[index] as Question);
      },
    },
  ],
};

function flowOf(combinator: "and" | "or", conditions: readonly PlainCondition[]): AccessFlow {
  return defineAccessFlow({ name: "Benchmark", requestors: { combinator, conditions }, targets: [{ kind: "bundle", bundle: "all" }] });
}

function caseOf(combinator: "and" | "or", floor: (question: Question) => boolean): Case {
  const flow = flowOf(combinator, combinator === "and" ? andConditions : orConditions);
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
      madeAndFrozen(
        questions.map((question) => () => evaluateRequestor(flow, question)),
        questions.map(floor),
      ),
    ],
    goals: [
      { of: "evaluateRequestor", against: "by hand, yes or no", atMost: 2 },
      { of: "evaluateRequestor, prepared", against: "by hand, yes or no", atMost: 2 },
    ],
  };
}
