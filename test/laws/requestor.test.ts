import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defineAccessFlow } from "../../src/core/define/check-access-flow.js";
import { evaluateRequestor } from "../../src/core/evaluate/evaluate-requestor.js";
import { factsNeeded } from "../../src/core/evaluate/facts-needed.js";
import { isEligible } from "../../src/core/evaluate/is-eligible.js";
import { prepareIdentity } from "../../src/core/evaluate/prepare-identity.js";
import type { RequestorInput } from "../../src/core/evaluate/requestor-input.js";
import type { Identity } from "../../src/core/facts/identity.js";
import { isList, valueId } from "../../src/core/facts/identity-values.js";
import type { AccessFlow } from "../../src/core/flow/access-flow.js";
import { deepFreeze } from "../../src/core/kernel/deep-freeze.js";
import { flowDefinitionArbitrary } from "../../src/testing/arbitraries/flow-arbitrary.js";
import { identityArbitrary } from "../../src/testing/arbitraries/identity-arbitrary.js";
import { jsonArbitrary } from "../arbitrary/json.js";
import { lessKnown } from "./less-known.js";
import { outcomeOfTrace } from "./outcome-of-trace.js";

const runs = { numRuns: 300 };

const flow: fc.Arbitrary<AccessFlow> = flowDefinitionArbitrary().map((definition) => defineAccessFlow(definition));
const instant = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });

/** Mostly alone; else with anybody, or with somebody whose manager the requestor is. */
const input: fc.Arbitrary<RequestorInput> = fc
  .tuple(identityArbitrary(), identityArbitrary(), fc.constantFrom("alone", "alone", "with", "report"), instant)
  .map(([requestor, other, company, at]) => {
    if (company === "alone") return { requestor, at };
    return { requestor, grantee: company === "report" ? { ...other, manager: requestor.id } : other, at };
  })
  .map(deepFreeze);

/** The same about people whose attributes are bare texts and lists of them: the ids of what they hold. */
function ofBareTexts(asked: RequestorInput): RequestorInput {
  const bare = (identity: Identity): Identity => {
    const entries = Object.entries(identity.attributes ?? {}).flatMap(([name, held]): [string, string | string[]][] => {
      if (held === null || held === undefined) return [];
      if (!isList(held)) return [[name, valueId(held)]];
      return [[name, held.flatMap((value) => (value === null ? [] : [valueId(value)]))]];
    });
    return { ...identity, attributes: Object.fromEntries(entries) };
  };
  const { requestor, grantee, at } = asked;
  return deepFreeze({ requestor: bare(requestor), ...(grantee === undefined ? {} : { grantee: bare(grantee) }), at });
}

describe("the decision about a requestor", () => {
  it("R1: `isEligible` gives the outcome of `evaluateRequestor`", () => {
    fc.assert(
      fc.property(flow, input, (rules, asked) => {
        expect(isEligible(rules, asked)).toBe(evaluateRequestor(rules, asked).outcome === "eligible");
      }),
      { numRuns: 1000 },
    );
  });

  it("R1: how the arguments come in makes no difference: made or as data, prepared or not, read quickly or in full", () => {
    fc.assert(
      fc.property(flow, fc.oneof(input, input.map(ofBareTexts)), (rules, asked) => {
        const expected = evaluateRequestor(rules, asked);
        const { requestor, grantee } = asked;
        const others: RequestorInput[] = [
          // A key more than the usual ones, and the whole of the input is read another way.
          { ...asked, zones: undefined },
          { ...asked, requestor: prepareIdentity(requestor) },
          { ...asked, requestor: prepareIdentity(requestor), ...(grantee === undefined ? {} : { grantee: prepareIdentity(grantee) }) },
        ];
        for (const each of [asked, ...others]) {
          for (const given of [rules, JSON.parse(JSON.stringify(rules)) as AccessFlow]) {
            expect(evaluateRequestor(given, each)).toEqual(expected);
            expect(isEligible(given, each)).toBe(expected.outcome === "eligible");
          }
        }
      }),
      runs,
    );
  });

  it("C2: listed values that nobody holds change nothing, however many they are", () => {
    fc.assert(
      fc.property(
        flowDefinitionArbitrary(),
        fc.oneof(input, input.map(ofBareTexts)),
        fc.integer({ min: 1, max: 20 }),
        (rules, asked, count) => {
          const fillers = Array.from({ length: count }, (_, index) => `of nobody ${index}`);
          const conditions = rules.requestors.conditions.map((condition) => ({ ...condition, values: [...fillers, ...condition.values] }));
          const longer = { ...rules, requestors: { ...rules.requestors, conditions } };
          const prepared = { ...asked, requestor: prepareIdentity(asked.requestor) };
          for (const each of [asked, prepared]) {
            const expected = evaluateRequestor(defineAccessFlow(rules), each);
            expect(evaluateRequestor(defineAccessFlow(longer), each)).toEqual(expected);
            expect(isEligible(defineAccessFlow(longer), each)).toBe(expected.outcome === "eligible");
          }
        },
      ),
      runs,
    );
  });

  it("E1: the trace alone reproduces the outcome", () => {
    fc.assert(
      fc.property(flow, input, (rules, asked) => {
        const { outcome, trace } = evaluateRequestor(rules, asked);
        expect(outcomeOfTrace(trace.steps)).toBe(outcome);
      }),
      runs,
    );
  });

  it("E1: every reason stands where a step of the trace does not hold", () => {
    fc.assert(
      fc.property(flow, input, (rules, asked) => {
        const { reasons, trace } = evaluateRequestor(rules, asked);
        const failing = trace.steps.filter((step) => step.outcome !== "holds").map((step) => JSON.stringify(step.path));
        for (const { path } of reasons) expect(failing).toContain(JSON.stringify(path));
      }),
      runs,
    );
  });

  it("R4: knowing less makes nobody eligible", () => {
    fc.assert(
      fc.property(flow, input, fc.nat(), fc.boolean(), (rules, asked, choice, ofGrantee) => {
        const { requestor, grantee } = asked;
        const less =
          ofGrantee && grantee !== undefined
            ? { ...asked, grantee: lessKnown(grantee, choice) }
            : { ...asked, requestor: lessKnown(requestor, choice) };
        if (!isEligible(rules, asked)) expect(isEligible(rules, less)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it("C9: being known as inactive makes nobody eligible", () => {
    fc.assert(
      fc.property(flow, input, (rules, asked) => {
        expect(isEligible(rules, { ...asked, requestor: { ...asked.requestor, active: false } })).toBe(false);
        if (asked.grantee !== undefined) expect(isEligible(rules, { ...asked, grantee: { ...asked.grantee, active: false } })).toBe(false);
      }),
      runs,
    );
  });

  it("R3: a grantee with the requestor's own id changes nothing but what their record says of `active`", () => {
    fc.assert(
      fc.property(flow, input, identityArbitrary(), (rules, { requestor, at }, other) => {
        const grantee = { ...other, id: requestor.id, active: true };
        expect(evaluateRequestor(rules, { requestor, grantee, at }).reasons).toEqual(evaluateRequestor(rules, { requestor, at }).reasons);
      }),
      runs,
    );
  });

  it("TH8: the order of conditions never changes the outcome, nor which reasons there are", () => {
    fc.assert(
      fc.property(flowDefinitionArbitrary(), input, (definition, asked) => {
        const turned = {
          ...definition,
          requestors: { ...definition.requestors, conditions: [...definition.requestors.conditions].reverse() },
        };
        const [one, other] = [definition, turned].map((each) => {
          const { outcome, reasons } = evaluateRequestor(defineAccessFlow(each), asked);
          return [outcome, reasons.map(({ path: _, ...reason }) => JSON.stringify(reason)).sort()];
        });
        expect(other).toEqual(one);
      }),
      runs,
    );
  });

  it("R1: equal arguments give equal decisions, whether the flow was just made or comes back from a store", () => {
    fc.assert(
      fc.property(flow, input, (rules, asked) => {
        const [storedFlow, storedInput] = JSON.parse(JSON.stringify([rules, asked])) as [AccessFlow, RequestorInput];
        expect(JSON.stringify(evaluateRequestor(storedFlow, storedInput))).toBe(JSON.stringify(evaluateRequestor(rules, asked)));
      }),
      runs,
    );
  });

  it("E1: a decision is plain JSON", () => {
    fc.assert(
      fc.property(flow, input, (rules, asked) => {
        const decision = evaluateRequestor(rules, asked);
        expect(JSON.parse(JSON.stringify(decision))).toStrictEqual(decision);
      }),
      runs,
    );
  });
});

describe("any JSON", () => {
  const ask = evaluateRequestor as (flow: unknown, input: unknown) => ReturnType<typeof evaluateRequestor>;
  const askBriefly = isEligible as (flow: unknown, input: unknown) => boolean;
  const someFlow = fc.oneof(flow, jsonArbitrary());
  const someInput = fc.oneof(
    jsonArbitrary(),
    fc.record({
      requestor: fc.oneof(identityArbitrary(), jsonArbitrary()),
      grantee: jsonArbitrary(),
      at: fc.oneof(instant, jsonArbitrary()),
    }),
    fc.record({ requestor: jsonArbitrary(), at: instant }),
  );

  it("R1: gets a decision with its reasons, never an exception", () => {
    fc.assert(
      fc.property(someFlow, someInput, (rules, asked) => {
        const decision = ask(rules, asked);
        expect(decision.reasons.length > 0).toBe(decision.outcome === "ineligible");
      }),
      runs,
    );
  });

  it("R1: gets the same answer from `isEligible`, or an AccessFlowError exactly where a decision has faults", () => {
    fc.assert(
      fc.property(someFlow, someInput, (rules, asked) => {
        const decision = ask(rules, asked);
        const [reason] = decision.reasons;
        const faulty = reason?.code === "facts_invalid" || reason?.code === "instant_invalid";
        if (faulty) expect(() => askBriefly(rules, asked)).toThrow(expect.objectContaining({ name: "AccessFlowError", code: reason.code }));
        else expect(askBriefly(rules, asked)).toBe(decision.outcome === "eligible");
      }),
      runs,
    );
  });

  it("R4: gets from `factsNeeded` an answer for a flow and an AccessFlowError for anything else", () => {
    fc.assert(
      fc.property(jsonArbitrary(), (rules) => {
        expect(() => factsNeeded(rules as unknown as AccessFlow)).toThrow(expect.objectContaining({ name: "AccessFlowError" }));
      }),
      { numRuns: 200 },
    );
  });
});

describe("the facts a flow needs", () => {
  it("R4: facts that `factsNeeded` does not name never change whether a requestor is eligible", () => {
    fc.assert(
      fc.property(flow, input, (rules, { requestor, at }) => {
        const { attributes, manager } = factsNeeded(rules).requestor;
        const names = new Set(attributes.map(({ name }) => name));
        const needed = Object.entries(requestor.attributes ?? {}).filter(([name]) => names.has(name.normalize("NFC")));
        const { attributes: _, manager: boss, ...rest } = requestor;
        const asked = { ...rest, attributes: Object.fromEntries(needed), ...(manager && boss !== undefined ? { manager: boss } : {}) };
        expect(isEligible(rules, { requestor: asked, at })).toBe(isEligible(rules, { requestor, at }));
      }),
      runs,
    );
  });
});
