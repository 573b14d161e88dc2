import { describe, it } from "vitest";
import { evaluateRequestor } from "../../src/core/evaluate/evaluate-requestor.js";
import { isEligible } from "../../src/core/evaluate/is-eligible.js";
import { requestorInput } from "../arbitrary/operation-inputs.js";
import { flowOf } from "./flow-of.js";
import { against } from "./reference/requestor.js";
import { agree, codesOf, compare, timeout } from "./support.js";

const missingFactCodes = new Set(["attribute_missing", "value_unknown", "name_unknown", "aliases_unknown", "source_not_asked"]);

describe("requestors, against the reference evaluator", () => {
  it(
    "R1–R4: the same people may ask, for the same reasons",
    () => {
      const shares = { eligible: 0.08, ineligible: 0.3, unknown: 0.1, forOthers: 0.2, eligibleForOthers: 0.02, manager_unknown: 0.01 };
      compare(
        "R1–R4",
        requestorInput,
        shares,
        ({ definition, ...input }) => {
          const flow = flowOf(definition);
          const expected = against(flow, input.requestor, input.grantee, input.at);
          const eligible = expected.size === 0;
          const decision = evaluateRequestor(flow, input);
          const about = { definition, input, reasons: decision.reasons };
          agree(decision.outcome, eligible ? "eligible" : "ineligible", about);
          agree(isEligible(flow, input), eligible, about);
          const codes = codesOf(decision.reasons).map((code) => (missingFactCodes.has(code) ? "unknown" : code));
          agree([...new Set(codes)].sort(), [...expected].sort(), about);
          const forOthers = input.grantee !== undefined && input.grantee.id !== input.requestor.id;
          const classes = [decision.outcome, ...expected];
          return forOthers ? [...classes, "forOthers", ...(eligible ? ["eligibleForOthers"] : [])] : classes;
        },
        (input) => ({ rule: "R2", operation: "evaluateRequestor", input }),
      );
    },
    timeout,
  );
});
