import * as fc from "fast-check";
import { describe, it } from "vitest";
import { conditionTruth } from "../../src/core/evaluate/condition-truth.js";
import { judgeCondition } from "../../src/core/evaluate/judge-condition.js";
import type { AttributeCondition } from "../../src/core/flow/condition.js";
import { conditionArbitrary } from "../../src/testing/arbitraries/condition-arbitrary.js";
import { identityArbitrary } from "../../src/testing/arbitraries/identity-arbitrary.js";
import * as reference from "./reference/conditions.js";
import { agree, compare, timeout } from "./support.js";

const caseArbitrary = fc.tuple(conditionArbitrary(), identityArbitrary()).map(([written, identity]) => ({
  condition: { ...written, operator: written.operator ?? "is" } as AttributeCondition,
  identity,
}));

const missingFactCodes = ["attribute_missing", "value_unknown", "name_unknown", "aliases_unknown", "source_not_asked"];

describe("conditions, against the reference evaluator", () => {
  it(
    "C1–C10: every condition has the same truth for every identity",
    () => {
      const operators = { is: 0.1, isNot: 0.1, contains: 0.1, doesNotContain: 0.1, startsWith: 0.1 };
      compare(
        caseArbitrary,
        { holds: 0.15, fails: 0.15, unknown: 0.15, ...operators, user: 0.1, manager: 0.05, sourced: 0.1 },
        ({ condition, identity }) => {
          const expected = reference.conditionTruth(condition, identity);
          agree(conditionTruth(condition, identity), expected, JSON.stringify({ condition, identity }));
          return [expected, condition.operator, condition.attribute, condition.source === undefined ? "bare" : "sourced"];
        },
      );
    },
    timeout,
  );

  it(
    "E1: a judged condition carries the same truth, and a reason exactly when it does not hold",
    () => {
      compare(caseArbitrary, { holds: 0.15, fails: 0.15, unknown: 0.15 }, ({ condition, identity }) => {
        const expected = reference.conditionTruth(condition, identity);
        const { truth, step, reason } = judgeCondition(condition, identity, "requestor", ["requestors", "conditions", 0]);
        const about = { condition, identity, reason };
        agree([truth, step.outcome], [expected, expected], about);
        const codes: readonly (string | undefined)[] = { holds: [undefined], fails: ["condition_fails"], unknown: missingFactCodes }[
          expected
        ];
        agree(codes.includes(reason?.code), true, about);
        return [expected];
      });
    },
    timeout,
  );
});
