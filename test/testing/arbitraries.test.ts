import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as core from "../../src/index.js";
import {
  approvalArbitrary,
  catalogArbitrary,
  conditionArbitrary,
  crowdArbitrary,
  durationArbitrary,
  flowArbitrary,
  flowDefinitionArbitrary,
  grantForArbitrary,
  identityArbitrary,
  instantArbitrary,
  inventoryArbitrary,
  queryTextArbitrary,
  requestArbitrary,
  resourceArbitrary,
  scheduleArbitrary,
  settingsArbitrary,
  targetArbitrary,
} from "../../src/testing/arbitraries/index.js";

const numRuns = 1_000;
/** Whatever a check returns is no answer: it fails by throwing. */
function holds<T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => void): void {
  const property = fc.property(arbitrary, (value) => {
    check(value);
  });
  fc.assert(property, { numRuns });
}

const plain = {
  name: "plain",
  requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
  targets: [{ kind: "integration", integration: "i1", resourceType: "db", permissions: ["read"] }],
} satisfies core.AccessFlowDefinition;

/** The issues of a definition. */
const issuesOf = (definition: unknown): readonly core.Issue[] => {
  const checked = core.checkAccessFlow(definition);
  return checked.ok ? [] : checked.error;
};

describe("what the arbitraries give, the library accepts", () => {
  it("D: definitions, and flows in normal form", () => {
    holds(flowDefinitionArbitrary(), (definition) => expect(issuesOf(definition)).toEqual([]));
    holds(flowArbitrary(), (flow) => expect(core.defineAccessFlow(flow)).toEqual(flow));
  });

  it("D: each part of a definition", () => {
    holds(conditionArbitrary(), (condition) => expect(issuesOf({ ...plain, requestors: { conditions: [condition] } })).toEqual([]));
    holds(scheduleArbitrary(), (schedule) => expect(issuesOf({ ...plain, schedule })).toEqual([]));
    holds(targetArbitrary(), (target) => expect(issuesOf({ ...plain, targets: [target] })).toEqual([]));
    holds(grantForArbitrary(), (grantFor) => expect(issuesOf({ ...plain, grantFor })).toEqual([]));
    holds(durationArbitrary(), (duration) => expect(issuesOf({ ...plain, grantFor: { kind: "fixed", ...duration } })).toEqual([]));
    holds(approvalArbitrary(), (approval) => expect(issuesOf({ ...plain, approval })).toEqual([]));
    holds(settingsArbitrary(), (settings) => expect(issuesOf({ ...plain, settings })).toEqual([]));
  });

  it("S8, S6: instants, and schedules at them", () => {
    holds(fc.tuple(scheduleArbitrary(), instantArbitrary()), ([schedule, at]) => {
      expect(core.scheduleStatus(schedule, at).open).toBe(core.isOpen(schedule, at));
    });
  });

  it("D4: people, as requestors and as a crowd of approvers", () => {
    holds(fc.tuple(flowArbitrary(), identityArbitrary(), crowdArbitrary(), instantArbitrary()), ([flow, requestor, candidates, at]) => {
      const codes = [
        ...core.evaluateRequestor(flow, { requestor, at }).reasons,
        ...core.planApproval(flow, { requestor, candidates, at }).reasons,
      ];
      expect(codes.map(({ code }) => code)).not.toContain("facts_invalid");
      expect(codes.map(({ code }) => code)).not.toContain("instant_invalid");
    });
  });

  it("D4: resources, inventories and catalogues", () => {
    holds(
      fc.tuple(flowArbitrary(), inventoryArbitrary(), resourceArbitrary(), catalogArbitrary()),
      ([flow, inventory, resource, catalog]) => {
        const { reasons } = core.resolveTargets(flow, { resources: [...inventory, resource], catalog });
        expect(reasons.map(({ code }) => code)).not.toContain("facts_invalid");
      },
    );
  });

  it("Q: texts of queries", () => {
    holds(queryTextArbitrary(), (text) => expect(core.parseQuery(text)).toMatchObject({ ok: true }));
  });

  it("L1: submissions, as the dry run and for real", () => {
    holds(requestArbitrary(), ({ flow, input }) => {
      const { id: _, ...dry } = input;
      expect(core.evaluateRequest(flow, dry)).toMatchObject({ outcome: "acceptable" });
      expect(core.submitRequest(flow, input)).toMatchObject({ ok: true });
    });
  });

  it("submissions come to every first status, for oneself and for others, now and later", () => {
    const seen = fc.sample(requestArbitrary(), { numRuns, seed: 4 }).flatMap(({ flow, input }) => {
      const submitted = core.submitRequest(flow, input);
      return [
        submitted.ok ? submitted.value.state.status : "refused",
        input.grantee === undefined ? "for oneself" : "for another",
        input.startAt === undefined ? "now" : "later",
      ];
    });
    expect([...new Set(seen)].sort()).toEqual(
      ["awaitingApproval", "awaitingMfa", "for another", "for oneself", "later", "now", "scheduled"].sort(),
    );
  });
});
