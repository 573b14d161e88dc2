import { type AccessFlow, defineAccessFlow, isEligible, prepareIdentity } from "../accessflow.js";
import { type Case, type Contender, growthQuestions, type Workload } from "../measure.js";
import { andConditions, decisions, decisionsOf, floorAnd, floorOr, orConditions, type Question } from "../one-decision.js";
import { peerContenders } from "../peers.js";

const sizes = [10, 50, 500, 4_000];

export const workload: Workload = {
  id: "b1a",
  title: "One decision: four conditions, a person with 12 attributes and 50 groups",
  cases: async () => [await caseOf("and", floorAnd), await caseOf("or", floorOr)],
  growth: [
    { name: "by hand", unit: "groups", sizes, at: (size) => askWith(size, floorAnd) },
    { name: "isEligible", unit: "groups", sizes, at: (size) => askWith(size, (question) => isEligible(flowOf("and"), question)) },
  ],
};

/** The same with people in so many groups of ten times as many. */
function askWith(size: number, ask: (question: Question) => unknown): (index: number) => unknown {
  const questions = decisionsOf(growthQuestions, size);
  return (index) => ask(questions[index] as Question);
}

const flows = new Map<string, AccessFlow>();

function flowOf(combinator: "and" | "or"): AccessFlow {
  const conditions = combinator === "and" ? andConditions : orConditions;
  const made =
    flows.get(combinator) ??
    defineAccessFlow({ name: "Benchmark", requestors: { combinator, conditions }, targets: [{ kind: "bundle", bundle: "all" }] });
  flows.set(combinator, made);
  return made;
}

async function caseOf(combinator: "and" | "or", floor: (question: Question) => boolean): Promise<Case> {
  const conditions = combinator === "and" ? andConditions : orConditions;
  const flow = flowOf(combinator);
  const questions = decisions();
  const prepared = questions.map(({ requestor, at }) => ({ requestor: prepareIdentity(requestor), at }));
  const at = (index: number): Question => questions[index] as Question;
  const contenders: Contender[] = [
    { name: "by hand", role: "floor", run: (index) => floor(at(index)) },
    { name: "isEligible", role: "accessflow", run: (index) => isEligible(flow, at(index)) },
    {
      name: "isEligible, prepared",
      role: "accessflow",
      run: (index) => isEligible(flow, prepared[index] as (typeof prepared)[number]),
    },
  ];
  const { peers, notes } = await peerContenders(combinator, conditions, questions);
  return {
    name: combinator,
    questions: questions.length,
    contenders: [...contenders, ...peers],
    goals: [
      { of: "isEligible", against: "by hand", atMost: 1.5 },
      { of: "isEligible", against: "best peer", atMost: 0.85 },
      { of: "isEligible, prepared", against: "best peer", atMost: 0.85 },
    ],
    notes: [
      ...notes,
      "peers are handed the attributes alone, in the form they like best, and check nothing; isEligible and its floor are handed the record of the person, and isEligible checks all of it, which was done once for the prepared one",
    ],
  };
}
