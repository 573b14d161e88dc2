import * as fc from "fast-check";
import type { Json } from "../../src/core/kernel/json.js";
import { inheritedNames } from "../../src/testing/arbitraries/name-pools.js";

const keys = [
  ...inheritedNames,
  "prototype",
  "name",
  "kind",
  "requestors",
  "conditions",
  "targets",
  "id",
  "at",
  "values",
  "attributes",
  "",
];
const texts = ["", " ", "always", "onlyOn", "\ud800", "\u0000", "24:00", "+02:00", "x".repeat(300), "accessflow/v2", ...inheritedNames];

/** Any JSON value, the hostile ones often: inherited names as keys, lone surrogates, wrong kinds, deep nesting. */
export function jsonArbitrary(): fc.Arbitrary<Json> {
  const leaf: fc.Arbitrary<Json> = fc.oneof(
    fc.constant(null),
    fc.boolean(),
    fc.constantFrom(0, -0, -1, 1.5, 1e300, 2 ** 53),
    fc.constantFrom(...texts),
    fc.string(),
  );
  const { value } = fc.letrec<{ value: Json; list: Json; record: Json }>((tie) => ({
    value: fc.oneof({ maxDepth: 6, depthSize: "small" }, leaf, tie("list"), tie("record")),
    list: fc.array(tie("value"), { maxLength: 4 }),
    record: fc.array(fc.tuple(fc.oneof(fc.constantFrom(...keys), fc.string()), tie("value")), { maxLength: 5 }).map(Object.fromEntries),
  }));
  const deep = fc.tuple(leaf, fc.integer({ min: 20, max: 5000 }), fc.boolean()).map(([inner, depth, list]) => {
    let nested: Json = inner;
    for (let i = 0; i < depth; i += 1) nested = list ? [nested] : { conditions: nested };
    return nested;
  });
  return fc.oneof({ weight: 20, arbitrary: value }, { weight: 1, arbitrary: deep });
}
