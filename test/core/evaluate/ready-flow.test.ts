import { describe, expect, it } from "vitest";
import { defineAccessFlow } from "../../../src/core/define/check-access-flow.js";
import { isEligible } from "../../../src/core/evaluate/is-eligible.js";
import { readyFlow } from "../../../src/core/evaluate/ready-flow.js";
import type { AccessFlow } from "../../../src/core/flow/access-flow.js";
import { deepFreeze } from "../../../src/core/kernel/deep-freeze.js";

const flow = defineAccessFlow({
  name: "S3 read",
  requestors: { conditions: [{ attribute: "group", values: ["platform"] }] },
  targets: [{ kind: "bundle", bundle: "all" }],
});
const copy = () => JSON.parse(JSON.stringify(flow)) as { -readonly [key in keyof AccessFlow]: AccessFlow[key] };

describe("readyFlow", () => {
  it("R1: a flow that can never change is made ready once", () => {
    for (const fixed of [flow, deepFreeze(copy())]) {
      expect(readyFlow(fixed)?.flow).toEqual(flow);
      expect(readyFlow(fixed)).toBe(readyFlow(fixed));
    }
  });

  it("R1: a flow that may change is read anew at every decision", () => {
    const loose = copy();
    const input = { requestor: { id: "ann", attributes: { group: ["platform"] } }, at: 0 };
    expect(isEligible(loose, input)).toBe(true);
    loose.active = false;
    expect(isEligible(loose, input)).toBe(false);
    expect(readyFlow(loose)?.flow.active).toBe(false);
  });

  it.each([undefined, null, 7, "flow", Symbol("flow"), () => flow, [], { ...flow, trigger: "x" }])(
    "R1: is null for what is no flow (%#)",
    (none) => {
      expect(readyFlow(none)).toBe(null);
    },
  );
});
