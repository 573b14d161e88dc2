import * as fc from "fast-check";
import type { AttributeConditionDefinition, ConditionDefinition, ConditionsDefinition } from "../../core/flow/definition.js";
import {
  accountNames,
  addresses,
  attributeNames,
  listedNames,
  oneOfNames,
  personIds,
  recordOf,
  someNames,
  sourceNames,
} from "./name-pools.js";

const operators = ["is", "isNot", "contains", "doesNotContain", "startsWith"] as const;
const partsOfPeople = ["@corp.com", "ad", "AD", "nobody@corp.com"];

/**
 * A condition on one attribute (C): every operator, one to three values, sources and matching by name.
 *
 * @example
 * import * as fc from "fast-check";
 * import { conditionArbitrary } from "accessflow/testing/arbitraries";
 * const targets = [{ kind: "bundle" as const, bundle: "essentials" }];
 * fc.sample(conditionArbitrary(), 20).every((condition) => checkAccessFlow({ name: "Any", requestors: { conditions: [condition] }, targets }).ok);
 * // => true
 */
export function conditionArbitrary(): fc.Arbitrary<AttributeConditionDefinition> {
  return fc.oneof(
    { weight: 5, arbitrary: conditionOn(oneOfNames(attributeNames.slice(0, 3)), listedNames) },
    { weight: 1, arbitrary: conditionOn(oneOfNames([...attributeNames, "owner"]), listedNames) },
    { weight: 2, arbitrary: conditionOn(fc.constant("user"), [...personIds, ...addresses, ...accountNames, ...partsOfPeople]) },
    { weight: 1, arbitrary: conditionOn(fc.constant("manager"), [...personIds, ...addresses, ...partsOfPeople]) },
  );
}

function conditionOn(attribute: fc.Arbitrary<string>, listed: readonly string[]): fc.Arbitrary<AttributeConditionDefinition> {
  const rest = { operator: fc.constantFrom(...operators), values: someNames(listed, 3) };
  const plain = recordOf<AttributeConditionDefinition>({ attribute, ...rest } as never, ["attribute", "values"]);
  const full = recordOf<AttributeConditionDefinition>(
    { attribute, ...rest, source: oneOfNames([...sourceNames, "ldap"]), match: fc.constant("name" as const) },
    ["attribute", "values"],
  );
  return fc.oneof({ weight: 3, arbitrary: plain }, { weight: 1, arbitrary: full });
}

/** One to three conditions joined by `and` or `or` (C1). */
export function conditionsArbitrary(): fc.Arbitrary<ConditionsDefinition> {
  return joined(conditionArbitrary(), 3);
}

/** A condition of an approver group: attributes, and relations to the request (A7). */
export function approverConditionArbitrary(): fc.Arbitrary<ConditionDefinition> {
  return fc.oneof(
    { weight: 5, arbitrary: conditionArbitrary() },
    { weight: 1, arbitrary: managerArbitrary() },
    { weight: 1, arbitrary: fc.constant({ relation: "owner" as const }) },
  );
}

function managerArbitrary(): fc.Arbitrary<ConditionDefinition> {
  return fc.oneof(
    fc.constant({ relation: "manager" as const }),
    fc.constantFrom("requestor" as const, "grantee" as const).map((of) => ({ relation: "manager" as const, of })),
  );
}

/** Up to `maxLength` members under one combinator, which may be left out. */
export function joined<Member>(member: fc.Arbitrary<Member>, maxLength: number): fc.Arbitrary<ConditionsDefinition<Member>> {
  return recordOf<ConditionsDefinition<Member>>(
    { combinator: fc.constantFrom("and" as const, "or" as const), conditions: fc.array(member, { minLength: 1, maxLength }) },
    ["conditions"],
  );
}
