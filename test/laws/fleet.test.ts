import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defineAccessFlow } from "../../src/core/define/check-access-flow.js";
import { coversEntitlement } from "../../src/core/evaluate/covers-entitlement.js";
import { isEligible } from "../../src/core/evaluate/is-eligible.js";
import { prepareIdentity } from "../../src/core/evaluate/prepare-identity.js";
import type { Identity } from "../../src/core/facts/identity.js";
import { createFlowIndex, type FlowIndex } from "../../src/core/fleet/flow-index.js";
import type { AccessFlow } from "../../src/core/flow/access-flow.js";
import { deepFreeze } from "../../src/core/kernel/deep-freeze.js";
import { catalogArbitrary } from "../../src/testing/arbitraries/catalog-arbitrary.js";
import { flowDefinitionArbitrary } from "../../src/testing/arbitraries/flow-arbitrary.js";
import { identityArbitrary } from "../../src/testing/arbitraries/identity-arbitrary.js";
import { resourceArbitrary, resourcePools } from "../../src/testing/arbitraries/resource-arbitrary.js";

const runs = { numRuns: 300 };

/** Mostly flows that somebody can ask for: of others an index has little to say. */
const definition = fc
  .tuple(flowDefinitionArbitrary(), fc.boolean())
  .map(([flow, usual]) =>
    usual && flow.trigger !== "automatic"
      ? { ...flow, active: true, schedule: { kind: "always" as const }, requestFor: { scopes: ["self" as const] } }
      : flow,
  );

const ids = ["a", "B", "b.1", "c", "d", "e-2", "f", "G", "h", "i"];

/** Flows of different ids. */
const fleet: fc.Arbitrary<AccessFlow[]> = fc
  .tuple(fc.shuffledSubarray(ids), fc.array(definition, { minLength: ids.length, maxLength: ids.length }))
  .map(([chosen, definitions]) => chosen.map((id, position) => flowOf(id, definitions[position])));

function flowOf(id: string, written: object | undefined): AccessFlow {
  return defineAccessFlow({ ...(written as Parameters<typeof defineAccessFlow>[0]), id });
}

const instant = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });

type Update = { readonly add: AccessFlow } | { readonly remove: string };

const updates: fc.Arbitrary<Update[]> = fc.array(
  fc.oneof(
    fc.tuple(fc.constantFrom(...ids), definition).map(([id, written]): Update => ({ add: flowOf(id, written) })),
    fc.constantFrom(...ids).map((id): Update => ({ remove: id })),
  ),
  { maxLength: 12 },
);

function updateAll(
  flows: readonly AccessFlow[],
  changes: readonly Update[],
): { readonly index: FlowIndex; readonly left: readonly AccessFlow[] } {
  let index = createFlowIndex(flows);
  const left = new Map(flows.map((flow) => [flow.id, flow]));
  for (const change of changes) {
    if ("add" in change) {
      index = index.with(change.add);
      left.set(change.add.id, change.add);
    } else {
      index = index.without(change.remove);
      left.delete(change.remove);
    }
  }
  return { index, left: [...left.values()] };
}

function oneByOne(flows: readonly AccessFlow[], requestor: Identity, at: number): readonly string[] {
  return flows
    .filter((flow) => isEligible(flow, { requestor, at }))
    .map(({ id }) => id)
    .sort();
}

describe("an index of flows", () => {
  it("R2, TH11: says of whom it is asked what every flow says one by one, prepared or not, now and later", () => {
    fc.assert(
      fc.property(fleet, identityArbitrary(), instant, instant, (flows, identity, now, later) => {
        const index = createFlowIndex(flows);
        const prepared = prepareIdentity(identity);
        for (const at of [now, later, now]) {
          const expected = oneByOne(flows, identity, at);
          expect(index.eligible(identity, at)).toEqual(expected);
          expect(index.eligible(prepared, at)).toEqual(expected);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("R2, TH11: says the same after flows were added, replaced and taken out, and the older index what it said before", () => {
    fc.assert(
      fc.property(fleet, updates, identityArbitrary(), instant, (flows, changes, identity, at) => {
        const before = createFlowIndex(flows);
        const prepared = prepareIdentity(identity);
        before.eligible(prepared, at);
        const { index, left } = updateAll(flows, changes);
        expect(index.size).toBe(left.length);
        expect(index.eligible(identity, at)).toEqual(oneByOne(left, identity, at));
        expect(index.eligible(prepared, at)).toEqual(oneByOne(left, identity, at));
        expect(before.eligible(prepared, at)).toEqual(oneByOne(flows, identity, at));
      }),
      runs,
    );
  });

  it("T8, TH11: says what covers an entitlement as every flow does one by one, with and without a catalogue", () => {
    const catalog = fc.option(catalogArbitrary(), { nil: undefined });
    fc.assert(
      fc.property(
        fleet,
        updates,
        resourceArbitrary(),
        fc.constantFrom(...resourcePools.permissions),
        catalog,
        (flows, changes, resource, permission, known) => {
          const { index, left } = updateAll(flows, changes);
          const expected = left.filter((flow) => coversEntitlement(flow, resource, permission, known)).map(({ id }) => id);
          expect(index.covering(resource, permission, known)).toEqual(expected.sort());
        },
      ),
      runs,
    );
  });

  it("TH8: does not depend on the order in which flows were given or added", () => {
    fc.assert(
      fc.property(fleet, identityArbitrary(), instant, (flows, identity, at) => {
        const expected = createFlowIndex(flows).eligible(identity, at);
        const turned = [...flows].reverse();
        expect(createFlowIndex(turned).eligible(identity, at)).toEqual(expected);
        expect(turned.reduce((index, flow) => index.with(flow), createFlowIndex([])).eligible(identity, at)).toEqual(expected);
      }),
      runs,
    );
  });
});

describe("a prepared identity", () => {
  it("C: changes no answer, as requestor and as grantee", () => {
    fc.assert(
      fc.property(definition.map(defineAccessFlow), identityArbitrary(), identityArbitrary(), instant, (flow, requestor, other, at) => {
        const grantee = { ...other, manager: requestor.id };
        const [asked, given] = [prepareIdentity(requestor), prepareIdentity(grantee)];
        expect(isEligible(flow, { requestor: asked, at })).toBe(isEligible(flow, { requestor, at }));
        expect(isEligible(flow, { requestor: asked, grantee: given, at })).toBe(isEligible(flow, { requestor, grantee, at }));
      }),
      { numRuns: 1000 },
    );
  });

  it("C: is the identity it was made of, as JSON", () => {
    fc.assert(
      fc.property(identityArbitrary().map(deepFreeze), (identity) => {
        expect(JSON.parse(JSON.stringify(prepareIdentity(identity)))).toEqual(JSON.parse(JSON.stringify(identity)));
      }),
      runs,
    );
  });
});
