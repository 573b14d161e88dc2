import { describe, expect, it } from "vitest";
import { checkAccessFlow } from "../../src/core/define/check-access-flow.js";
import { flowDefinitionArbitrary } from "../../src/testing/arbitraries/flow-arbitrary.js";
import { normalForm } from "./reference/definition.js";
import { agree, compare, fewestOf, parts, timeout } from "./support.js";

describe("the arbitraries", () => {
  it(
    "D7: every generated definition is accepted, and has the same normal form",
    () => {
      compare("D", flowDefinitionArbitrary(), { automatic: 0.03, selfServe: 0.5, tiers: 0.1, distinct: 0.02 }, (definition) => {
        const checked = checkAccessFlow(definition);
        expect(checked.ok ? [] : checked.error, JSON.stringify(definition)).toEqual([]);
        if (!checked.ok) return [];
        agree(checked.value, normalForm(definition), definition);
        const { approval, trigger } = checked.value;
        const tiers = approval.kind === "approvalOf" && approval.escalation !== undefined;
        const distinct = approval.kind === "approvalOf" && approval.distinctApprovers;
        return [trigger, ...(tiers ? ["tiers"] : []), ...(distinct ? ["distinct"] : [])];
      });
    },
    timeout,
  );

  it("are shared out among the comparisons to the last case", () => {
    expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(1000);
  });

  it("are measured with room for chance, and a class is never allowed to be missing", () => {
    expect([fewestOf(10_000, 0.25), fewestOf(2_500, 0.25), fewestOf(2_500, 0.002)]).toEqual([2_370, 560, 1]);
  });
});
