import { createFlowIndex, defineAccessFlow } from "../accessflow.js";
import { fleetGroups, floorIndex, makeFlows, windowOpen } from "../fleet.js";
import type { Contender, Workload } from "../measure.js";
import { caslConditions, jsonLogicRule } from "../peers.js";
import { makePeople, type Person } from "../people.js";

const monday = Date.UTC(2026, 2, 2, 9);

export const workload: Workload = {
  id: "b2a",
  title: "Which of 10,000 flows may this person ask for now; four in ten have one of 60 windows",
  cases: async () => {
    const plain = makeFlows(10_000);
    const people = makePeople(16, fleetGroups);
    const person = (index: number): Person => people[index] as Person;
    const at = (index: number): number => monday + index * 1_800_000;
    const floor = floorIndex(plain);
    const index = createFlowIndex(plain.map(defineAccessFlow));
    const isOpen = windowOpen();
    const openFlows = (when: number): typeof plain => plain.filter(({ schedule }) => schedule === undefined || isOpen(schedule, when));
    const sorted = (ids: unknown): unknown => [...(ids as string[])].sort();
    const contenders: Contender[] = [
      { name: "index by hand", role: "floor", run: (number) => floor(person(number), at(number)), answer: sorted },
      { name: "FlowIndex.eligible", role: "accessflow", run: (number) => index.eligible(person(number), at(number)), answer: sorted },
    ];
    const notes: string[] = ["casbin and cedar-wasm are left out: seconds for one answer"];
    try {
      const { default: logic } = await import("json-logic-js");
      const rules = new Map(plain.map(({ id, requestors }) => [id, jsonLogicRule(requestors.combinator, requestors.conditions)]));
      const run = (number: number): unknown =>
        openFlows(at(number))
          .filter(({ id }) => logic.apply(rules.get(id), person(number).attributes) === true)
          .map(({ id }) => id);
      contenders.push({ name: "json-logic-js", role: "peer", run, answer: sorted });
    } catch (error) {
      notes.push(`json-logic-js is missing: ${(error as Error).message}`);
    }
    try {
      const { LogicEngine } = await import("json-logic-engine");
      const engine = new LogicEngine();
      const rules = new Map(
        plain.map(({ id, requestors }) => [id, engine.build(jsonLogicRule(requestors.combinator, requestors.conditions))]),
      );
      const run = (number: number): unknown =>
        openFlows(at(number))
          .filter(({ id }) => rules.get(id)?.(person(number).attributes) === true)
          .map(({ id }) => id);
      contenders.push({ name: "json-logic-engine (built)", role: "peer", run, answer: sorted });
    } catch (error) {
      notes.push(`json-logic-engine is missing: ${(error as Error).message}`);
    }
    try {
      const { createMongoAbility, subject } = await import("@casl/ability");
      const rules = plain.flatMap(({ id, requestors }) =>
        caslConditions(requestors.combinator, requestors.conditions).map((conditions) => ({ action: id, subject: "Person", conditions })),
      );
      const ability = createMongoAbility(rules);
      const subjects = people.map(({ attributes }) => subject("Person", { ...attributes }));
      const run = (number: number): unknown =>
        openFlows(at(number))
          .filter(({ id }) => ability.can(id, subjects[number]))
          .map(({ id }) => id);
      contenders.push({ name: "casl", role: "peer", run, answer: sorted });
    } catch (error) {
      notes.push(`casl is missing: ${(error as Error).message}`);
    }
    const found = people.map((each, number) => floor(each, at(number)).length);
    notes.push(`flows found: ${Math.min(...found)} to ${Math.max(...found)}`);
    return [
      {
        name: "10,000 flows",
        questions: people.length,
        contenders,
        goals: [
          { of: "FlowIndex.eligible", against: "index by hand", atMost: 1.5 },
          { of: "FlowIndex.eligible", against: "best peer", atMost: 1 / 50 },
        ],
        notes,
      },
    ];
  },
};
