import * as fc from "fast-check";
import type { AccessScope, Bundle, Catalog, Integration, OwnerMapping } from "../../core/facts/catalog.js";
import { conditionArbitrary } from "./condition-arbitrary.js";
import { oneOfNames, recordOf, sourceNames } from "./name-pools.js";
import { brokenQueryTextArbitrary, queryTextArbitrary } from "./query-arbitrary.js";
import { mostlyFirst, resourcePools } from "./resource-arbitrary.js";
import { referenceNames, targetArbitrary } from "./target-arbitrary.js";

/** One of them composed and decomposed: the same id. */
const entryIds: readonly string[] = ["b1", "b2", "ide\u0301", "id\u00e9"];

/** The names flows refer to (T1, T5, A8): names borne twice, entries missing, bundles in bundles, queries that do not parse. */
export function catalogArbitrary(): fc.Arbitrary<Catalog> {
  const lists = {
    integrations: fc.uniqueArray(integrationArbitrary(), { maxLength: 3, selector: (entry) => entry.id }),
    bundles: fc.array(bundleArbitrary(), { maxLength: 3 }),
    accessScopes: fc.array(accessScopeArbitrary(), { maxLength: 3 }),
  };
  const filled = {
    ...lists,
    bundles: fc.array(bundleArbitrary(), { minLength: 1, maxLength: 2 }),
    accessScopes: fc.array(accessScopeArbitrary(), { minLength: 1, maxLength: 2 }),
  };
  const complete = recordOf<Catalog>(filled, ["bundles", "accessScopes"]);
  return fc.oneof({ weight: 3, arbitrary: complete }, { weight: 1, arbitrary: recordOf<Catalog>(lists, []) });
}

export function integrationArbitrary(): fc.Arbitrary<Integration> {
  const mapping = recordOf<OwnerMapping>(
    { tagKey: oneOfNames(resourcePools.tagKeys), attribute: oneOfNames(["group", "user", "onCall"]), source: oneOfNames(sourceNames) },
    ["tagKey", "attribute"],
  );
  return recordOf<Integration>(
    {
      id: oneOfNames(resourcePools.integrations),
      name: oneOfNames(["prod", "production", "aws-prod", "i1"]),
      ownerMapping: mapping,
      owner: conditionArbitrary(),
    },
    ["id", "name"],
  );
}

function bundleArbitrary(): fc.Arbitrary<Bundle> {
  return recordOf<Bundle>(
    {
      id: oneOfNames(entryIds),
      name: oneOfNames(referenceNames),
      targets: fc.array(targetArbitrary(), { minLength: 1, maxLength: 2 }),
    },
    ["name", "targets"],
  );
}

function accessScopeArbitrary(): fc.Arbitrary<AccessScope> {
  const query = fc.oneof({ weight: 5, arbitrary: queryTextArbitrary() }, { weight: 1, arbitrary: brokenQueryTextArbitrary() });
  return recordOf<AccessScope>({ id: oneOfNames(entryIds), name: mostlyFirst(referenceNames), query }, ["name", "query"]);
}
