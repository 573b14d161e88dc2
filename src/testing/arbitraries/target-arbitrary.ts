import * as fc from "fast-check";
import type { FilterDefinition, TargetDefinition } from "../../core/flow/definition.js";
import { oneOfNames, recordOf, someNames } from "./name-pools.js";
import { mostlyFirst, resourcePools } from "./resource-arbitrary.js";

/** Names of bundles and access scopes: some in the catalogue twice, some never. */
export const referenceNames: readonly string[] = ["essentials", "b1", "id\u00e9", "caf\u00e9", "cafe\u0301"];

/** A target (T1, T5); references may be ambiguous or dangling. */
export function targetArbitrary(): fc.Arbitrary<TargetDefinition> {
  return fc.oneof(
    { weight: 3, arbitrary: integrationTargetArbitrary() },
    { weight: 1, arbitrary: mostlyFirst([...referenceNames, "missing"]).map((bundle) => ({ kind: "bundle" as const, bundle })) },
    {
      weight: 1,
      arbitrary: mostlyFirst([...referenceNames, "missing"]).map((accessScope) => ({ kind: "accessScope" as const, accessScope })),
    },
  );
}

/** One to three targets. */
export function targetsArbitrary(): fc.Arbitrary<TargetDefinition[]> {
  return fc.array(targetArbitrary(), { minLength: 1, maxLength: 3 });
}

type IntegrationTargetDefinition = Extract<TargetDefinition, { kind: "integration" }>;
type Selection = Exclude<NonNullable<IntegrationTargetDefinition["resources"]>, "any">;

export function integrationTargetArbitrary(): fc.Arbitrary<IntegrationTargetDefinition> {
  return recordOf<IntegrationTargetDefinition>(
    {
      kind: fc.constant("integration" as const),
      integration: mostlyFirst([...resourcePools.integrations, "prod", "nowhere"]),
      resourceType: mostlyFirst(resourcePools.types),
      permissions: fc.oneof(someNames([...resourcePools.permissions, "admin"], 3), fc.constant(["read", "write"])),
      resources: fc.oneof({ weight: 1, arbitrary: fc.constant("any" as const) }, { weight: 2, arbitrary: selectionArbitrary() }),
    },
    ["kind", "integration", "resourceType", "permissions"],
  );
}

function selectionArbitrary(): fc.Arbitrary<Selection> {
  const filters = fc.array(filterArbitrary(), { minLength: 1, maxLength: 2 });
  return recordOf<Selection>({ include: filters, exclude: filters }, []).filter((selection) => Object.keys(selection).length > 0);
}

function filterArbitrary(): fc.Arbitrary<FilterDefinition> {
  const tagValues = resourcePools.tagValues.filter((value) => value !== "");
  return fc.oneof(
    someNames(resourcePools.names).map((values) => ({ by: "name" as const, values })),
    someNames(resourcePools.ids).map((values) => ({ by: "id" as const, values })),
    fc.tuple(oneOfNames(resourcePools.tagKeys), someNames(tagValues)).map(([key, values]) => ({ by: "tag" as const, key, values })),
  );
}
