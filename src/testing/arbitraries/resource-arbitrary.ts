import * as fc from "fast-check";
import type { Permission, Resource } from "../../core/facts/resource.js";
import { dictionaryOf, oneOfNames, recordOf } from "./name-pools.js";

type ResourcePool = "ids" | "names" | "types" | "integrations" | "paths" | "permissions" | "tagKeys" | "tagValues";

/** What resources, filters and queries are made of. */
export const resourcePools: Readonly<Record<ResourcePool, readonly string[]>> = {
  ids: ["r1", "r2", "r3", "r4", "caf\u00e9", "constructor"],
  names: ["logs", "Logs", "caf\u00e9", "cafe\u0301"],
  types: ["aws-s3", "db"],
  integrations: ["i1", "i2", "i3", "aws-prod"],
  paths: ["/a/logs", "/b"],
  permissions: ["read", "write", "caf\u00e9", "cafe\u0301", "toString"],
  tagKeys: ["env", "owner", "caf\u00e9", "cafe\u0301", "constructor", "__proto__"],
  tagValues: ["admins", "ops", "ada", "ada@corp.com", "caf\u00e9", "cafe\u0301", ""],
};

function textsArbitrary(): fc.Arbitrary<{ [key: string]: string }> {
  return dictionaryOf(resourcePools.tagKeys, oneOfNames(resourcePools.tagValues), 3);
}

/** A pool whose first entry is drawn as often as all others together: what is to meet has to meet often. */
export function mostlyFirst(pool: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(fc.constant(pool[0] ?? ""), oneOfNames(pool));
}

function permissionArbitrary(): fc.Arbitrary<Permission> {
  const name = mostlyFirst(resourcePools.permissions);
  const entity = recordOf<Exclude<Permission, string>>(
    { id: oneOfNames(["p-1", "read"]), name, riskLevel: oneOfNames(["high", "low"]), tags: textsArbitrary(), context: textsArbitrary() },
    ["name"],
  );
  return fc.oneof({ weight: 2, arbitrary: name }, { weight: 1, arbitrary: entity });
}

/** Something access can be given to (T, Q): every optional fact absent, empty or present; names of permissions may clash. */
export function resourceArbitrary(): fc.Arbitrary<Resource> {
  const facts = {
    id: oneOfNames(resourcePools.ids),
    name: oneOfNames(resourcePools.names),
    type: mostlyFirst(resourcePools.types),
    integration: mostlyFirst(resourcePools.integrations),
    path: oneOfNames(resourcePools.paths),
    sourceId: oneOfNames(["s-1", "s-2"]),
    status: fc.oneof(
      { weight: 6, arbitrary: fc.constant("active" as const) },
      { weight: 1, arbitrary: fc.constantFrom("error" as const, "deleted" as const) },
    ),
    riskLevel: oneOfNames(["high", "low"]),
    tags: textsArbitrary(),
    context: textsArbitrary(),
    permissions: fc.oneof(
      { weight: 1, arbitrary: fc.array(permissionArbitrary(), { maxLength: 3 }) },
      { weight: 2, arbitrary: fc.array(permissionArbitrary(), { minLength: 2, maxLength: 3 }) },
    ),
  };
  return fc.oneof(
    recordOf<Resource>(facts, ["id", "name", "type", "integration"]),
    recordOf<Resource>(facts, ["id", "name", "type", "integration", "tags", "permissions"]),
  );
}

/** Up to five resources: in a third of the cases ids may clash, and a record may be given twice (T7). */
export function inventoryArbitrary(): fc.Arbitrary<Resource[]> {
  const apart = fc.uniqueArray(resourceArbitrary(), { minLength: 1, maxLength: 4, selector: ({ id }) => id });
  const clashing = fc
    .tuple(fc.array(resourceArbitrary(), { maxLength: 4 }), fc.boolean())
    .map(([resources, repeated]) => (repeated ? [...resources, ...resources.slice(0, 1)] : resources));
  return fc.oneof({ weight: 3, arbitrary: apart }, { weight: 1, arbitrary: clashing });
}
