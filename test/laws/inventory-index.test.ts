import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkAccessFlow } from "../../src/core/define/check-access-flow.js";
import { createInventoryIndex, type InventoryIndex } from "../../src/core/evaluate/create-inventory-index.js";
import { entitlementsOf } from "../../src/core/evaluate/entitlements-of.js";
import { resolveTargets } from "../../src/core/evaluate/resolve-targets.js";
import type { Catalog } from "../../src/core/facts/catalog.js";
import type { Resource } from "../../src/core/facts/resource.js";
import type { AccessFlow } from "../../src/core/flow/access-flow.js";
import type { TargetDefinition } from "../../src/core/flow/definition.js";
import { deepFreeze } from "../../src/core/kernel/deep-freeze.js";
import { normalText } from "../../src/core/kernel/text.js";
import { catalogArbitrary } from "../../src/testing/arbitraries/catalog-arbitrary.js";
import { inventoryArbitrary, resourceArbitrary, resourcePools } from "../../src/testing/arbitraries/resource-arbitrary.js";
import { integrationTargetArbitrary, targetsArbitrary } from "../../src/testing/arbitraries/target-arbitrary.js";

function flowOf(targets: readonly TargetDefinition[]): AccessFlow {
  const checked = checkAccessFlow({ name: "flow", requestors: { conditions: [{ attribute: "group", values: ["dev"] }] }, targets });
  if (!checked.ok) throw new Error(checked.error[0].message);
  return checked.value;
}

const catalogs = fc.option(catalogArbitrary(), { nil: undefined });

/** Several targets on few integrations and types, so that they meet on one resource. */
const flows = fc
  .oneof(targetsArbitrary(), fc.array(integrationTargetArbitrary(), { minLength: 1, maxLength: 6 }))
  .map((targets) => flowOf(targets));

/** Small ones whose ids may clash, and larger ones in which every name and tag comes often. */
const inventories: fc.Arbitrary<Resource[]> = fc.oneof(
  inventoryArbitrary(),
  fc
    .array(resourceArbitrary(), { maxLength: 40 })
    .map((resources) => resources.map((each, index) => ({ ...each, id: `${each.id} ${index % 37}` }))),
);

type Update = { readonly put: Resource } | { readonly take: string };

const updates: fc.Arbitrary<Update[]> = fc.array(
  fc.oneof(
    resourceArbitrary().map((put) => ({ put })),
    fc.constantFrom(...resourcePools.ids, "cafe\u0301", "r1 3").map((take) => ({ take })),
  ),
  { maxLength: 6 },
);

function updated(index: InventoryIndex, update: Update): InventoryIndex {
  return "put" in update ? index.with(update.put) : index.without(update.take);
}

/** What an update means: no record of that id but the new one. */
function updatedList(resources: readonly Resource[], update: Update): readonly Resource[] {
  const id = normalText("put" in update ? update.put.id : update.take);
  const others = resources.filter((resource) => normalText(resource.id) !== id);
  return "put" in update ? [...others, update.put] : others;
}

/** Everything an index can be asked, against `resolveTargets` on the list that it stands for. */
function expectSame(index: InventoryIndex, flow: AccessFlow, resources: readonly Resource[], catalog: Catalog | undefined): void {
  const resolved = resolveTargets(flow, { resources, catalog });
  expect(index.resolve(flow)).toEqual(resolved);
  expect(index.count(flow)).toBe(resolved.size);
  const entitlements = [...entitlementsOf(resolved)];
  const positions = [...index.positions(flow)];
  expect(positions).toEqual([...new Set(positions)].sort((left, right) => left - right));
  expect(positions.map((position) => index.at(position)?.id).sort()).toEqual(
    [...new Set(entitlements.map(({ resource }) => resource))].sort(),
  );
  const given = new Set(entitlements.map(({ resource, permission }) => JSON.stringify([normalText(resource), normalText(permission)])));
  for (const { id } of resources) {
    for (const permission of [...resourcePools.permissions, "admin"]) {
      expect(index.covers(flow, id, permission)).toBe(given.has(JSON.stringify([normalText(id), normalText(permission)])));
    }
  }
}

describe("an inventory index", () => {
  it("T1–T8: answers as `resolveTargets` does on its inventory", () => {
    fc.assert(
      fc.property(flows, inventories, catalogs, (flow, resources, catalog) => {
        expectSame(createInventoryIndex(deepFreeze(resources), deepFreeze(catalog)), flow, resources, catalog);
      }),
      { numRuns: 1500 },
    );
  });

  it("T1–T8: answers after updates as an index made of what they lead to, and so does every index on the way", () => {
    fc.assert(
      fc.property(flows, inventories, updates, catalogs, (flow, resources, changes, catalog) => {
        const steps: { index: InventoryIndex; list: readonly Resource[] }[] = [
          { index: createInventoryIndex(resources, catalog), list: resources },
        ];
        for (const change of changes) {
          const last = steps.at(-1);
          if (last !== undefined) steps.push({ index: updated(last.index, change), list: updatedList(last.list, change) });
        }
        for (const { index, list } of steps) expectSame(index, flow, list, catalog);
      }),
      { numRuns: 500 },
    );
  });

  it("T7: gives frozen answers that share nothing a caller can change", () => {
    fc.assert(
      fc.property(flows, inventories, (flow, resources) => {
        const index = createInventoryIndex(resources);
        index.positions(flow).fill(7);
        const before = structuredClone(index.resolve(flow));
        const answer = index.resolve(flow);
        expect([answer, answer.grants, ...answer.grants, ...answer.grants.map((grant) => grant.resources)].every(Object.isFrozen)).toBe(
          true,
        );
        expect(index.resolve(flow)).toEqual(before);
      }),
      { numRuns: 100 },
    );
  });
});
