import * as fc from "fast-check";
import type { AttributeValue, Identity } from "../../core/facts/identity.js";
import {
  accountNames,
  addresses,
  attributeNames,
  dictionaryOf,
  oneOfNames,
  personIds,
  recordOf,
  sourceNames,
  valueNames,
} from "./name-pools.js";

/** A value of an attribute (C5): bare text, or a record with or without name and source; a name may be empty. */
export function attributeValueArbitrary(ids: readonly string[] = valueNames): fc.Arbitrary<AttributeValue> {
  const entity = recordOf<Exclude<AttributeValue, string>>(
    { id: oneOfNames(ids), name: oneOfNames([...ids, ""]), source: oneOfNames(sourceNames) },
    ["id"],
  );
  return fc.oneof({ weight: 2, arbitrary: oneOfNames(ids) }, { weight: 3, arbitrary: entity });
}

/**
 * A person on record: every optional fact absent, empty, null where null says something, or present (C4, C8).
 *
 * @example
 * import * as fc from "fast-check";
 * import { identityArbitrary } from "accessflow/testing/arbitraries";
 * fc.sample(identityArbitrary(), 20).every(({ id }) => id !== "");
 * // => true
 */
export function identityArbitrary(): fc.Arbitrary<Identity> {
  const facts = {
    id: oneOfNames(personIds),
    emails: fc.array(oneOfNames(addresses), { maxLength: 2 }),
    accounts: fc.array(attributeValueArbitrary(accountNames), { maxLength: 2 }),
    active: fc.oneof({ weight: 10, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    name: oneOfNames(["Ada", "bob"]),
    manager: fc.option(oneOfNames([...personIds, ...addresses, ""]), { freq: 5 }),
    sources: fc.subarray([...sourceNames]),
    attributes: attributesArbitrary(),
  };
  // Mostly known people: from identities that lack half of their facts hardly anything would follow.
  return fc.oneof(
    { weight: 1, arbitrary: recordOf<Identity>(facts, ["id"]) },
    { weight: 2, arbitrary: recordOf<Identity>(facts, ["id", "emails", "attributes", "manager"]) },
    { weight: 1, arbitrary: recordOf<Identity>(facts, ["id", "emails", "accounts", "attributes", "sources", "manager"]) },
    { weight: 3, arbitrary: wellKnownArbitrary() },
  );
}

/** Somebody about whom every directory has answered everything. */
function wellKnownArbitrary(): fc.Arbitrary<Identity> {
  const values = fc.array(attributeValueArbitrary(), { minLength: 1, maxLength: 3 });
  return fc.record(
    {
      id: oneOfNames(personIds),
      emails: fc.array(oneOfNames(addresses), { minLength: 1, maxLength: 2 }),
      accounts: fc.array(oneOfNames(accountNames), { maxLength: 1 }),
      manager: oneOfNames([...personIds, ...addresses]),
      sources: fc.constant([...sourceNames]),
      attributes: fc.record({ group: values, department: values, onCall: values }, { noNullPrototype: true }),
    },
    { noNullPrototype: true },
  );
}

/**
 * A few people of one host: most are different people and well known, one in five is anybody, who may be one
 * of the others under another id.
 */
export function crowdArbitrary(size = 5): fc.Arbitrary<Identity[]> {
  const ids = ["ada", "bob", "eve", "zo\u00eb", "Ada", "dan", "fay"].slice(0, size);
  return fc
    .tuple(...ids.map((id) => fc.oneof({ weight: 4, arbitrary: memberArbitrary(id, ids) }, { weight: 1, arbitrary: identityArbitrary() })))
    .map((people) => [...people]);
}

function memberArbitrary(id: string, ids: readonly string[]): fc.Arbitrary<Identity> {
  const values = fc.array(attributeValueArbitrary(), { minLength: 1, maxLength: 3 });
  const address = `${id === "Ada" ? "ada.b" : id.normalize("NFD").replace("\u0308", "")}@corp.com`;
  return recordOf<Identity>(
    {
      id: fc.constant(id),
      emails: fc.constant([address]),
      manager: fc.option(oneOfNames([...ids.slice(0, 3), "ADA@corp.com"]), { freq: 5 }),
      sources: fc.constant([...sourceNames]),
      attributes: fc.record({ group: values, department: values, onCall: values }, { noNullPrototype: true }),
    } as never,
    ["id", "emails", "manager", "sources", "attributes"],
  );
}

function attributesArbitrary(): fc.Arbitrary<NonNullable<Identity["attributes"]>> {
  const value = attributeValueArbitrary();
  const listed = fc.oneof({ weight: 8, arbitrary: value }, { weight: 1, arbitrary: fc.constant(null) });
  const known = fc.oneof(
    { weight: 2, arbitrary: value },
    { weight: 6, arbitrary: fc.array(listed, { maxLength: 3 }) },
    { weight: 1, arbitrary: fc.constant(null) },
  );
  const usual = fc.record({ group: known, department: known, onCall: known }, { noNullPrototype: true });
  // Derived names under `attributes` are ignored (C8), whatever they hold.
  const rare = dictionaryOf([...attributeNames, "user", "manager", "owner"], known, 4);
  return fc.oneof({ weight: 2, arbitrary: usual }, { weight: 1, arbitrary: rare });
}
