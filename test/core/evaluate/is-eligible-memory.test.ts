import { describe, expect, it } from "vitest";
import { defineAccessFlow } from "../../../src/core/define/check-access-flow.js";
import { evaluateRequestor } from "../../../src/core/evaluate/evaluate-requestor.js";
import { isEligible } from "../../../src/core/evaluate/is-eligible.js";
import { prepareIdentity } from "../../../src/core/evaluate/prepare-identity.js";

/** The smallest object takes more. */
const nothing = 8;

/** Kept, so that no answer can be left out. */
let lastAnswer: unknown;

/**
 * Bytes by which the heap grows with one call, once the code is optimised. The median of many short stretches: a few of
 * them may see a collection, or something else of the process.
 */
function growthOf(call: () => unknown): number {
  for (let i = 0; i < 100_000; i += 1) lastAnswer = call();
  const stretches = Array.from({ length: 101 }, () => {
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 500; i += 1) lastAnswer = call();
    return (process.memoryUsage().heapUsed - before) / 500;
  });
  return stretches.sort((left, right) => left - right)[50] ?? Number.NaN;
}

const flow = defineAccessFlow({
  name: "S3 read",
  requestors: {
    conditions: [
      { attribute: "group", values: ["platform", "operations"] },
      { attribute: "group", operator: "isNot", values: ["suspended"] },
      { attribute: "location", operator: "startsWith", values: ["eu-"] },
      { attribute: "costCenter", values: ["1", "2", "3", "4", "5"] },
    ],
  },
  requestFor: { scopes: ["self", "others"], grantees: { conditions: [{ attribute: "group", values: ["staff"] }] } },
  targets: [{ kind: "bundle", bundle: "all" }],
});
const groups = Array.from({ length: 50 }, (_, number) => `group-${number}`);
const ann = { id: "ann", attributes: { group: [...groups, "platform"], location: ["eu-paris"], costCenter: ["3"] } };
const bob = { id: "bob", attributes: { group: [...groups, "staff"] } };
/** A small whole number, which takes no place of its own. */
const at = 1_000_000;

describe("isEligible", () => {
  it("R1: makes no object on its way to an answer", () => {
    for (const input of [
      { requestor: ann, at },
      { requestor: prepareIdentity(ann), at },
      { requestor: bob, at },
      { requestor: ann, grantee: bob, at },
    ]) {
      expect(growthOf(() => isEligible(flow, input))).toBeLessThan(nothing);
      expect(lastAnswer).toBe(input.requestor.id === "ann");
    }
  });

  it("is measured by something that sees objects", () => {
    expect(growthOf(() => evaluateRequestor(flow, { requestor: ann, at }))).toBeGreaterThan(100);
    expect(growthOf(() => ({ at }))).toBeGreaterThan(nothing);
  });
});
