import { type AccessFlow, defineAccessFlow, isEligible } from "../accessflow.js";
import { type Contender, growthQuestions, type Workload } from "../measure.js";
import { andConditions, decisions, decisionsOf, manyConditions, type PlainCondition } from "../one-decision.js";
import { jsonLogicRule } from "../peers.js";
import type { Person } from "../people.js";

export const workload: Workload = {
  id: "b1d",
  title: "JSON text of flow and identity in, decision out, nothing kept; every contender parses",
  cases: async () => {
    const questions = decisions();
    const texts = questions.map(({ requestor }) => JSON.stringify(requestor));
    const at = questions[0]?.at ?? 0;
    const definition = {
      name: "Benchmark",
      requestors: { combinator: "and" as const, conditions: andConditions },
      targets: [{ kind: "bundle" as const, bundle: "all" }],
    };
    const flowText = JSON.stringify(defineAccessFlow(definition));
    const conditionsText = JSON.stringify(andConditions);
    const person = (index: number): Person => JSON.parse(texts[index] ?? "");
    const contenders: Contender[] = [
      { name: "interpreter by hand", role: "floor", run: (index) => interpret(JSON.parse(conditionsText), person(index)) },
      {
        name: "isEligible, both checked",
        role: "accessflow",
        run: (index) => isEligible(JSON.parse(flowText) as AccessFlow, { requestor: person(index), at }),
      },
    ];
    const notes: string[] = [];
    try {
      const { default: logic } = await import("json-logic-js");
      const ruleText = JSON.stringify(jsonLogicRule("and", andConditions));
      contenders.push({
        name: "json-logic-js",
        role: "peer",
        run: (index) => logic.apply(JSON.parse(ruleText), person(index).attributes) === true,
      });
    } catch (error) {
      notes.push(`json-logic-js is missing: ${(error as Error).message}`);
    }
    return [
      {
        name: "and",
        questions: questions.length,
        contenders,
        goals: [
          { of: "isEligible, both checked", against: "interpreter by hand", atMost: 2 },
          { of: "isEligible, both checked", against: "best peer", atMost: 0.7 },
        ],
        notes,
      },
    ];
  },
  growth: [
    { name: "isEligible, both checked", unit: "groups", sizes: [10, 50, 500, 4_000], at: (size) => askText(andConditions, size) },
    { name: "isEligible, both checked", unit: "conditions", sizes: [4, 16, 64, 256], at: (size) => askText(manyConditions(size), 50) },
  ],
};

function askText(conditions: readonly PlainCondition[], groups: number): (index: number) => unknown {
  const flow = defineAccessFlow({ name: "Benchmark", requestors: { conditions }, targets: [{ kind: "bundle", bundle: "all" }] });
  const flowText = JSON.stringify(flow);
  const questions = decisionsOf(growthQuestions, groups);
  const texts = questions.map(({ requestor }) => JSON.stringify(requestor));
  return (index) =>
    isEligible(JSON.parse(flowText) as AccessFlow, { requestor: JSON.parse(texts[index] ?? ""), at: questions[index]?.at ?? 0 });
}

function interpret(conditions: readonly PlainCondition[], person: Person): boolean {
  for (const { attribute, operator, values } of conditions) {
    const held = person.attributes[attribute];
    if (held === undefined) return false;
    const matches =
      operator === "startsWith"
        ? held.some((value) => values.some((text) => value.startsWith(text)))
        : held.some((value) => values.includes(value));
    if (matches === (operator === "isNot")) return false;
  }
  return true;
}
