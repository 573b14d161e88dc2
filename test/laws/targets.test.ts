import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkAccessFlow } from "../../src/core/define/check-access-flow.js";
import { coversEntitlement } from "../../src/core/evaluate/covers-entitlement.js";
import { entitlementsOf } from "../../src/core/evaluate/entitlements-of.js";
import { grantsOf } from "../../src/core/evaluate/grants-of.js";
import { type ResolvedTargets, resolveTargets } from "../../src/core/evaluate/resolve-targets.js";
import { selectByQuery } from "../../src/core/evaluate/select-by-query.js";
import { planTargets } from "../../src/core/evaluate/target-plan.js";
import { sortReasons } from "../../src/core/evaluate/target-reasons.js";
import { grantsOfEach } from "../../src/core/evaluate/target-rows.js";
import type { Catalog } from "../../src/core/facts/catalog.js";
import type { Resource } from "../../src/core/facts/resource.js";
import type { AccessFlow } from "../../src/core/flow/access-flow.js";
import type { FilterDefinition, TargetDefinition } from "../../src/core/flow/definition.js";
import { deepFreeze } from "../../src/core/kernel/deep-freeze.js";
import { normalText } from "../../src/core/kernel/text.js";
import { catalogArbitrary } from "../../src/testing/arbitraries/catalog-arbitrary.js";
import { queryTextArbitrary } from "../../src/testing/arbitraries/query-arbitrary.js";
import { inventoryArbitrary, resourceArbitrary, resourcePools } from "../../src/testing/arbitraries/resource-arbitrary.js";
import { integrationTargetArbitrary, targetsArbitrary } from "../../src/testing/arbitraries/target-arbitrary.js";

function flowOf(targets: readonly TargetDefinition[]): AccessFlow {
  const checked = checkAccessFlow({ name: "flow", requestors: { conditions: [{ attribute: "group", values: ["dev"] }] }, targets });
  if (!checked.ok) throw new Error(checked.error[0].message);
  return checked.value;
}

function resolve(targets: readonly TargetDefinition[], resources: readonly Resource[], catalog: Catalog | undefined): ResolvedTargets {
  return resolveTargets(flowOf(targets), deepFreeze({ resources, catalog }));
}

function given(targets: readonly TargetDefinition[], resources: readonly Resource[], catalog?: Catalog): Set<string> {
  return setOf(resolve(targets, resources, catalog));
}

function setOf(resolved: ResolvedTargets): Set<string> {
  return new Set([...entitlementsOf(resolved)].map(({ resource, permission }) => keyOf(resource, permission)));
}

const keyOf = (resource: string, permission: string): string => JSON.stringify([normalText(resource), normalText(permission)]);

function expectWithin(smaller: Set<string>, larger: Set<string>): void {
  expect([...smaller].filter((key) => !larger.has(key))).toEqual([]);
}

const catalogs = fc.option(catalogArbitrary(), { nil: undefined });

/** Ids that differ: what is lost about one resource cannot end a clash. */
const distinctResources = fc.uniqueArray(resourceArbitrary(), { maxLength: 5, selector: ({ id }) => normalText(id) });

const shuffled = <T>(list: readonly T[]): fc.Arbitrary<T[]> => fc.shuffledSubarray([...list], { minLength: list.length });

/** The same selection with filters and their values in another order. */
function reversed(target: TargetDefinition): TargetDefinition {
  if (target.kind !== "integration" || target.resources === undefined || target.resources === "any") return target;
  const turn = (filters: readonly FilterDefinition[] | undefined) =>
    filters === undefined ? {} : { filters: filters.map((filter) => ({ ...filter, values: [...filter.values].reverse() })).reverse() };
  const { include, exclude } = target.resources;
  const turned = { include: turn(include).filters, exclude: turn(exclude).filters };
  const written = Object.fromEntries(Object.entries(turned).filter(([, filters]) => filters !== undefined));
  return { ...target, resources: written };
}

const filterArbitrary: fc.Arbitrary<FilterDefinition> = fc.oneof(
  fc.constantFrom(...resourcePools.names).map((value) => ({ by: "name" as const, values: [value] })),
  fc.constantFrom(...resourcePools.ids).map((value) => ({ by: "id" as const, values: [value] })),
  fc.constantFrom(...resourcePools.tagKeys).map((key) => ({ by: "tag" as const, key, values: ["ops", "admins"] })),
);

describe("laws of targets", () => {
  it("T6: the order of the inventory, the catalogue and the filters does not matter, nor that a record is there twice", () => {
    const property = fc.tuple(targetsArbitrary(), inventoryArbitrary(), catalogArbitrary()).chain(([targets, resources, catalog]) =>
      fc.record({
        targets: fc.constant(targets),
        resources: fc.constant(resources),
        catalog: fc.constant(catalog),
        others: shuffled([...resources, ...resources.slice(0, 2)]),
        integrations: shuffled(catalog.integrations ?? []),
        bundles: shuffled(catalog.bundles ?? []),
        accessScopes: shuffled(catalog.accessScopes ?? []),
      }),
    );
    fc.assert(
      fc.property(property, ({ targets, resources, catalog, others, ...lists }) => {
        const expected = resolve(targets, resources, catalog);
        expect(resolve(targets.map(reversed), others, lists)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it("T6: the size is the number of entitlements, and none appears twice", () => {
    fc.assert(
      fc.property(targetsArbitrary(), inventoryArbitrary(), catalogs, (targets, resources, catalog) => {
        const resolved = resolve(targets, resources, catalog);
        const all = [...entitlementsOf(resolved)].map(({ resource, permission }) => keyOf(resource, permission));
        expect([all.length, new Set(all).size]).toEqual([resolved.size, resolved.size]);
      }),
      { numRuns: 500 },
    );
  });

  it("T6: several targets give the union of what each gives", () => {
    fc.assert(
      fc.property(targetsArbitrary(), inventoryArbitrary(), catalogs, (targets, resources, catalog) => {
        const each = targets.flatMap((target) => [...given([target], resources, catalog)]);
        expect(given(targets, resources, catalog)).toEqual(new Set(each));
      }),
      { numRuns: 500 },
    );
  });

  it("T8: an entitlement is covered exactly when it is in the resolved set", () => {
    fc.assert(
      fc.property(targetsArbitrary(), distinctResources, catalogs, (targets, resources, catalog) => {
        const flow = flowOf(targets);
        const covered = resources.flatMap((resource) =>
          [...resourcePools.permissions, "admin"]
            .filter((permission) => coversEntitlement(flow, resource, permission, catalog))
            .map((permission) => keyOf(resource.id, permission)),
        );
        expect(new Set(covered)).toEqual(given(targets, resources, catalog));
      }),
      { numRuns: 300 },
    );
  });

  it("T1–T7: what is decided once for resources that are alike is what is decided for each", () => {
    const someTargets = fc.array(integrationTargetArbitrary(), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(someTargets, fc.oneof(inventoryArbitrary(), fc.array(resourceArbitrary(), { maxLength: 40 })), (targets, resources) => {
        const plan = planTargets(flowOf(targets).targets, { integrations: [], bundles: [], accessScopes: [] });
        const together = grantsOf(plan, resources);
        const each = grantsOfEach(plan, resources);
        expect(together.grants).toEqual(each.grants);
        expect(sortReasons(together.reasons)).toEqual(sortReasons(each.reasons));
      }),
      { numRuns: 1000 },
    );
  });

  it("T7: ids that come in order and ids that do not are the same inventory", () => {
    fc.assert(
      fc.property(fc.array(resourceArbitrary(), { maxLength: 8 }), targetsArbitrary(), catalogs, (resources, targets, catalog) => {
        const ordered = [...resources].sort((left, right) => (normalText(left.id) < normalText(right.id) ? -1 : 1));
        const flow = flowOf(targets);
        expect(resolveTargets(flow, { resources: ordered, catalog })).toEqual(
          resolveTargets(flow, { resources: [...ordered].reverse(), catalog }),
        );
      }),
      { numRuns: 500 },
    );
  });

  it("T2: another exclude filter never adds", () => {
    fc.assert(
      fc.property(integrationTargetArbitrary(), filterArbitrary, inventoryArbitrary(), catalogs, (target, filter, resources, catalog) => {
        const selection = target.resources === undefined || target.resources === "any" ? {} : target.resources;
        const narrower = { ...target, resources: { ...selection, exclude: [...(selection.exclude ?? []), filter] } };
        expectWithin(given([narrower], resources, catalog), given([target], resources, catalog));
      }),
      { numRuns: 500 },
    );
  });

  it("T2: another include filter never removes", () => {
    fc.assert(
      fc.property(integrationTargetArbitrary(), filterArbitrary, inventoryArbitrary(), catalogs, (target, filter, resources, catalog) => {
        const selection = target.resources === undefined || target.resources === "any" ? {} : target.resources;
        const first = selection.include ?? [{ by: "id" as const, values: ["r1"] }];
        const narrow = { ...target, resources: { ...selection, include: first } };
        const wide = { ...target, resources: { ...selection, include: [...first, filter] } };
        expectWithin(given([narrow], resources, catalog), given([wide], resources, catalog));
      }),
      { numRuns: 500 },
    );
  });

  it("T3: losing a resource's tags never adds", () => {
    fc.assert(
      fc.property(targetsArbitrary(), distinctResources, catalogs, fc.nat(), (targets, resources, catalog, index) => {
        const fewer = resources.map((resource, at) => (at === index % resources.length ? { ...resource, tags: undefined } : resource));
        expectWithin(given(targets, fewer, catalog), given(targets, resources, catalog));
      }),
      { numRuns: 1000 },
    );
  });

  it("T7: a further record changes nothing for resources of other ids", () => {
    fc.assert(
      fc.property(targetsArbitrary(), inventoryArbitrary(), resourceArbitrary(), catalogs, (targets, resources, added, catalog) => {
        const ofOthers = (list: readonly Resource[]) =>
          [...entitlementsOf(resolve(targets, list, catalog))].filter(({ resource }) => normalText(resource) !== normalText(added.id));
        expect(ofOthers([...resources, added])).toEqual(ofOthers(resources));
      }),
      { numRuns: 500 },
    );
  });

  it("T5: an access scope gives what its query selects", () => {
    fc.assert(
      fc.property(queryTextArbitrary(), inventoryArbitrary(), catalogArbitrary(), (query, resources, { integrations }) => {
        const catalog = { integrations, accessScopes: [{ name: "scope", query }] };
        const selected = selectByQuery(query, deepFreeze(resources), { integrations }).map((row) => keyOf(row.resource, row.permission));
        expect(given([{ kind: "accessScope", accessScope: "scope" }], resources, catalog)).toEqual(new Set(selected));
      }),
      { numRuns: 500 },
    );
  });

  it("E1: whatever the arguments, there is an answer, and bad ones give nothing", () => {
    const flow = flowOf([{ kind: "accessScope", accessScope: "scope" }]);
    const catalog = { accessScopes: [{ name: "scope", query: 'not resource = "x"' }] };
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), (one, other, third) => {
        const answers = [
          resolveTargets(one as AccessFlow, { resources: [] }),
          resolveTargets(flow, one as { resources: [] }),
          resolveTargets(flow, { resources: [], catalog: one as Catalog }),
          resolveTargets(flow, { resources: [one, other, third] as Resource[], catalog }),
        ];
        expect(answers.map(({ kind, size }) => [kind, size])).toEqual(Array(4).fill(["resolvedTargets", 0]));
      }),
      { numRuns: 500 },
    );
  });

  it("E1: a resource with any JSON in one of its fields gives nothing, or is well formed", () => {
    const flow = flowOf([{ kind: "integration", integration: "pg", resourceType: "db", permissions: ["read"] }]);
    const keys = ["id", "name", "path", "status", "riskLevel", "tags", "context", "permissions", "extra", "__proto__"];
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.jsonValue(), (key, value) => {
        const facts = '"id":"a","name":"a","type":"db","integration":"pg"';
        // As text, so that `__proto__` is a key like any other; the later of two equal keys counts.
        const text = `{${facts},${JSON.stringify(key)}:${JSON.stringify(value)}}`;
        const { size, reasons } = resolveTargets(flow, { resources: [deepFreeze(JSON.parse(text)) as Resource] });
        const faulty = reasons.some((reason) => reason.code === "facts_invalid");
        expect(faulty && size > 0).toBe(false);
        expect(["extra", "__proto__"].includes(key) && !faulty).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});
