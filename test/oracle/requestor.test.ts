import * as fc from "fast-check";
import { describe, it } from "vitest";
import { evaluateRequestor } from "../../src/core/evaluate/evaluate-requestor.js";
import { isEligible } from "../../src/core/evaluate/is-eligible.js";
import type { AccessFlowDefinition } from "../../src/core/flow/definition.js";
import { conditionsArbitrary } from "../../src/testing/arbitraries/condition-arbitrary.js";
import { flowDefinitionArbitrary, requestForArbitrary } from "../../src/testing/arbitraries/flow-arbitrary.js";
import { identityArbitrary } from "../../src/testing/arbitraries/identity-arbitrary.js";
import { instantArbitrary } from "../../src/testing/arbitraries/schedule-arbitrary.js";
import { flowOf } from "./flow-of.js";
import { against } from "./reference/requestor.js";
import { agree, codesOf, compare, timeout } from "./support.js";

/** A flow that is open: only people decide. */
const openArbitrary: fc.Arbitrary<AccessFlowDefinition> = fc
  .record({ requestors: conditionsArbitrary(), requestFor: requestForArbitrary() }, { noNullPrototype: true })
  .map((people) => ({ ...people, name: "open", targets: [{ kind: "bundle", bundle: "b" }] }));

const caseArbitrary = fc
  .record(
    {
      definition: fc.oneof({ weight: 4, arbitrary: openArbitrary }, { weight: 1, arbitrary: flowDefinitionArbitrary() }),
      requestor: identityArbitrary(),
      grantee: identityArbitrary(),
      at: instantArbitrary(),
    },
    { requiredKeys: ["definition", "requestor", "at"], noNullPrototype: true },
  )
  .map(({ definition, ...input }) => ({ definition, input }));

const missingFactCodes = new Set(["attribute_missing", "value_unknown", "name_unknown", "aliases_unknown", "source_not_asked"]);

describe("requestors, against the reference evaluator", () => {
  it(
    "R1–R4: the same people may ask, for the same reasons",
    () => {
      const shares = { eligible: 0.08, ineligible: 0.3, unknown: 0.1, forOthers: 0.2, eligibleForOthers: 0.02, manager_unknown: 0.01 };
      compare(caseArbitrary, shares, ({ definition, input }) => {
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
      });
    },
    timeout,
  );
});
