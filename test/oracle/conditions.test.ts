import { describe, it } from "vitest";
import { conditionTruth } from "../../src/core/evaluate/condition-truth.js";
import { judgeCondition } from "../../src/core/evaluate/judge-condition.js";
import type { Identity } from "../../src/core/facts/identity.js";
import type { AttributeCondition } from "../../src/core/flow/condition.js";
import type { AttributeConditionDefinition } from "../../src/core/flow/definition.js";
import { conditionInput } from "../arbitrary/operation-inputs.js";
import * as reference from "./reference/conditions.js";
import { agree, compare, type Question, timeout } from "./support.js";

const question = (input: unknown): Question => ({ rule: "C1", operation: "conditionTruth", input });
/** A condition in normal form. */
const normal = ({ condition, identity }: { condition: AttributeConditionDefinition; identity: Identity }) => ({
  condition: { ...condition, operator: condition.operator ?? "is" } as AttributeCondition,
  identity,
});

const missingFactCodes = ["attribute_missing", "value_unknown", "name_unknown", "aliases_unknown", "source_not_asked"];

describe("conditions, against the reference evaluator", () => {
  it(
    "C1–C10: every condition has the same truth for every identity",
    () => {
      const operators = { is: 0.1, isNot: 0.1, contains: 0.1, doesNotContain: 0.1, startsWith: 0.1 };
      compare(
        "C1–C10",
        conditionInput,
        { holds: 0.15, fails: 0.15, unknown: 0.15, ...operators, user: 0.1, manager: 0.05, sourced: 0.1 },
        (input) => {
          const { condition, identity } = normal(input);
          const expected = reference.conditionTruth(condition, identity);
          agree(conditionTruth(condition, identity), expected, JSON.stringify({ condition, identity }));
          return [expected, condition.operator, condition.attribute, condition.source === undefined ? "bare" : "sourced"];
        },
        question,
      );
    },
    timeout,
  );

  it(
    "E1: a judged condition carries the same truth, and a reason exactly when it does not hold",
    () => {
      compare("E1", conditionInput, { holds: 0.15, fails: 0.15, unknown: 0.15 }, (input) => {
        const { condition, identity } = normal(input);
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
