import { describe, expect, it } from "vitest";
import { areFixed, makeReady, readyCondition, readyConditions } from "../../../src/core/evaluate/ready-condition.js";
import type { AttributeCondition, Conditions } from "../../../src/core/flow/condition.js";
import { deepFreeze } from "../../../src/core/kernel/deep-freeze.js";

const conditionOf = (members: object = {}) =>
  ({ attribute: "group", operator: "is", values: ["admins"], ...members }) as unknown as AttributeCondition;

describe("makeReady", () => {
  const numbered = (count: number) => Array.from({ length: count }, (_, number) => `g-${number}`);

  it.each<[string, object, readonly string[]]>([
    ["texts of one spelling", {}, ["asWritten", "plain", "inOnePass"]],
    ["eight of them", { values: numbered(8) }, ["asWritten", "plain", "inOnePass"]],
    ["nine of them", { values: numbered(9) }, ["asWritten", "plain", "inOnePass", "lookup"]],
    ["an address that is no person's", { values: ["a@x"] }, ["asWritten", "plain", "inOnePass"]],
    ["a text that has another spelling", { values: ["caf\u00e9", "x"] }, []],
    ["the last of several", { values: ["x", "K"] }, []],
    ["many, one with another spelling", { values: [...numbered(8), "K"] }, ["lookup"]],
    ["a person", { attribute: "user" }, ["asWritten"]],
    ["a person's address", { attribute: "user", values: ["ann@x"] }, []],
    ["a name with another spelling", { attribute: "caf\u00e9" }, ["asWritten"]],
    ["a source", { source: "okta" }, ["asWritten"]],
    ["names, too", { match: "name" }, ["asWritten"]],
    ["an operator that looks inside", { operator: "contains", values: numbered(9) }, ["inOnePass"]],
    ["the same with another spelling", { operator: "startsWith", values: ["K"] }, ["inOnePass"]],
    ["the same with a source", { operator: "contains", source: "okta" }, []],
  ])("C6: takes the quick ways where texts compare as they are written: %s", (_, members, ways) => {
    const { asWritten, plain, inOnePass, lookup } = makeReady(conditionOf(members));
    const taken = Object.entries({ asWritten, plain, inOnePass, lookup: lookup !== null }).filter(([, is]) => is);
    expect(taken.map(([way]) => way)).toEqual(ways);
  });

  it("C6: brings texts into the form in which they compare", () => {
    const values = ["cafe\u0301", "Ann@X"];
    const textsOf = (members: object) => makeReady(conditionOf({ values, ...members })).texts;
    expect([textsOf({}), textsOf({ attribute: "user" }), textsOf({ attribute: "user", operator: "contains" })]).toEqual([
      ["caf\u00e9", "Ann@X"],
      ["caf\u00e9", "ann@x"],
      ["caf\u00e9", "Ann@X"],
    ]);
  });

  it("E1: of listed values that are equal, the first is found", () => {
    const { lookup } = makeReady(conditionOf({ values: [...numbered(8), "g-1", "caf\u00e9", "cafe\u0301"] }));
    expect([lookup?.get("g-1"), lookup?.get("caf\u00e9"), lookup?.size]).toEqual([1, 9, 9]);
  });
});

describe("memos on conditions", () => {
  it("C2: one that can never change is made ready once", () => {
    const together = deepFreeze({ combinator: "or", conditions: [conditionOf()] }) as Conditions;
    expect(readyConditions(together)).toBe(readyConditions(together));
    expect(readyConditions(together).all).toBe(false);
    const [condition] = together.conditions;
    expect(readyCondition(condition)).toBe(readyCondition(condition));
  });

  it("C2: one that may change is read anew each time", () => {
    const values = ["admins"];
    const condition = Object.freeze(conditionOf({ values }));
    const together = Object.freeze({ combinator: "and", conditions: Object.freeze([condition]) }) as unknown as Conditions;
    const read = () =>
      [readyCondition(condition), readyConditions(together).conditions[0]].map((ready) => [ready?.texts[0], ready?.asWritten]);
    expect(read()).toEqual([
      ["admins", true],
      ["admins", true],
    ]);
    values[0] = "caf\u00e9";
    expect(read()).toEqual([
      ["caf\u00e9", false],
      ["caf\u00e9", false],
    ]);
  });

  it("C2: conditions can never change where all of them are frozen, and what they hold", () => {
    const fixed = deepFreeze(conditionOf());
    const loose = conditionOf({ values: Object.freeze(["admins"]) });
    const looseInside = Object.freeze(conditionOf());
    const together = (conditions: readonly AttributeCondition[]) => ({ combinator: "and", conditions }) as Conditions;
    const frozen = (conditions: readonly AttributeCondition[]) => Object.freeze(together(Object.freeze(conditions)));
    expect([areFixed(frozen([fixed])), areFixed(frozen([fixed, fixed]))]).toEqual([true, true]);
    const others = [
      together(Object.freeze([fixed])),
      Object.freeze(together([fixed])),
      frozen([fixed, loose]),
      frozen([looseInside, fixed]),
      together([loose]),
    ];
    expect(others.map(areFixed)).toEqual(others.map(() => false));
  });
});
