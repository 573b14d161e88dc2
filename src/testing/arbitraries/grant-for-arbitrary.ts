import * as fc from "fast-check";
import type { GrantForDefinition } from "../../core/flow/definition.js";
import type { Duration } from "../../core/time/duration.js";
import { recordOf } from "./name-pools.js";

const units = ["minute", "hour", "day", "week"] as const;

/** A length of time within W1, decimals included. */
export function durationArbitrary(): fc.Arbitrary<Duration> {
  return fc.record({ amount: fc.constantFrom(1, 2, 30, 1.1, 0.5, 0.25), unit: fc.constantFrom(...units) }, { noNullPrototype: true });
}

/** How long access lasts (W): fixed or indefinite, with or without `endWith`. */
export function grantForArbitrary(): fc.Arbitrary<GrantForDefinition> {
  const endWith = fc.constant("schedule" as const);
  const fixed = fc
    .tuple(durationArbitrary(), fc.option(endWith, { nil: undefined }))
    .map(([duration, end]): GrantForDefinition => ({ kind: "fixed", ...duration, ...(end === undefined ? {} : { endWith: end }) }));
  const indefinite = recordOf<GrantForDefinition>({ kind: fc.constant("indefinite" as const), endWith } as never, ["kind"] as never);
  return fc.oneof({ weight: 3, arbitrary: fixed }, { weight: 1, arbitrary: indefinite });
}
