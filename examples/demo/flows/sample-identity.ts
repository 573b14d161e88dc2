import type { AccessFlow, AttributeValue, Identity } from "accessflow";

type Conditions = AccessFlow["requestors"];
type Condition = Conditions["conditions"][number];

/** Someone made to meet the conditions: the listed values where they are wanted, others where they are not. */
export function fitting(id: string, { combinator, conditions }: Conditions): Identity {
  const needed = combinator === "or" ? conditions.slice(0, 1) : conditions;
  return identityOf(id, conditions, needed.filter(isPositive));
}

/** Someone of whom everything is known and who holds the wrong values. */
export function unfitting(id: string, { conditions }: Conditions): Identity {
  return identityOf(
    id,
    conditions,
    conditions.filter((condition) => !isPositive(condition)),
  );
}

/** Someone about whom the directories said nothing. */
export function unknownPerson(id: string): Identity {
  return { id };
}

function isPositive({ operator }: Condition): boolean {
  return operator === "is" || operator === "contains" || operator === "startsWith";
}

/** Everything that `mentioned` asks about is known; the first value of each of `held` is held. */
function identityOf(id: string, mentioned: readonly Condition[], held: readonly Condition[]): Identity {
  const names = [...new Set(mentioned.map((condition) => condition.attribute))].filter((name) => name !== "user" && name !== "manager");
  const valuesOf = (attribute: string): AttributeValue[] => held.filter((condition) => condition.attribute === attribute).map(heldValue);
  const users = held.filter((condition) => condition.attribute === "user").map(({ values }) => values[0]);
  const sources = [...new Set(mentioned.flatMap(({ source }) => (source === undefined ? [] : [source])))];
  return {
    id: users.find((text) => !text.includes("@")) ?? id,
    emails: users.filter((text) => text.includes("@")),
    accounts: [],
    manager: held.find((condition) => condition.attribute === "manager")?.values[0] ?? null,
    sources,
    attributes: Object.fromEntries(names.map((name) => [name, valuesOf(name)])),
  };
}

function heldValue({ values: [value], source }: Condition): AttributeValue {
  return source === undefined ? value : { id: value, name: value, source };
}
