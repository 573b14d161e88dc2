import * as fc from "fast-check";
import { defineAccessFlow } from "../../core/define/check-access-flow.js";
import type { AccessFlow } from "../../core/flow/access-flow.js";
import type { AccessFlowDefinition, SettingsDefinition } from "../../core/flow/definition.js";
import { approvalArbitrary } from "./approval-arbitrary.js";
import { conditionsArbitrary } from "./condition-arbitrary.js";
import { grantForArbitrary } from "./grant-for-arbitrary.js";
import { recordOf } from "./name-pools.js";
import { scheduleArbitrary } from "./schedule-arbitrary.js";
import { targetsArbitrary } from "./target-arbitrary.js";

type RequestForDefinition = NonNullable<AccessFlowDefinition["requestFor"]>;

/** Settings in which every entry may be left out, and nothing contradicts itself (D5). */
export function settingsArbitrary(): fc.Arbitrary<SettingsDefinition> {
  const hour = { amount: 1, unit: "hour" as const };
  return recordOf<SettingsDefinition>(
    {
      labels: fc.subarray(["production", "pci"]),
      requireMfa: fc.boolean(),
      requireJustification: fc.boolean(),
      requireApproverReason: fc.boolean(),
      requestorCannotApproveSelf: fc.boolean(),
      requireDuration: fc.boolean(),
      mfaWithin: fc.constantFrom(hour, { amount: 2, unit: "hour" as const }),
      activateWithin: fc.constantFrom({ amount: 7, unit: "day" as const }, hour),
      startWithin: fc.constantFrom(null, { amount: 1, unit: "day" as const }, hour),
      maxExtensions: fc.constantFrom(0, 2),
      extension: fc.constant({ amount: 30, unit: "minute" as const }),
    },
    [],
  ).map((settings) => {
    const { mfaWithin: _, ...rest } = settings;
    return settings.requireMfa === true ? settings : rest;
  });
}

/** For whom one may ask (R3): `grantees` exactly where `others` is allowed (D5). */
export function requestForArbitrary(): fc.Arbitrary<RequestForDefinition> {
  return fc
    .tuple(fc.subarray(["self" as const, "others" as const, "directReports" as const], { minLength: 1 }), conditionsArbitrary())
    .map(([scopes, grantees]) => (scopes.includes("others") ? { scopes, grantees } : { scopes }));
}

/**
 * A checked flow, with every choice of the language: `flowDefinitionArbitrary`, in its normal form.
 *
 * @example
 * import * as fc from "fast-check";
 * import { flowArbitrary, identityArbitrary, instantArbitrary } from "accessflow/testing/arbitraries";
 * // Whoever is not eligible is told why.
 * const property = fc.property(flowArbitrary(), identityArbitrary(), instantArbitrary(), (flow, requestor, at) => {
 *   const decision = evaluateRequestor(flow, { requestor, at });
 *   return decision.outcome === "eligible" || explain(decision).length > 1;
 * });
 * fc.check(property, { numRuns: 20 }).failed;
 * // => false
 */
export function flowArbitrary(): fc.Arbitrary<AccessFlow> {
  return flowDefinitionArbitrary().map(defineAccessFlow);
}

/** A definition that `defineAccessFlow` accepts, with every choice of the language; defaults are often left out. */
export function flowDefinitionArbitrary(): fc.Arbitrary<AccessFlowDefinition> {
  const common = {
    id: fc.constantFrom("flow-1", "Flow.2:x"),
    name: fc.constantFrom("S3 read", "Acc\u00e8s base - prod", "constructor"),
    description: fc.constantFrom("", "for the night shift"),
    active: fc.constantFrom(true, true, true, false),
    requestors: conditionsArbitrary(),
    targets: targetsArbitrary(),
  };
  const selfServe = {
    ...common,
    trigger: fc.constant("selfServe" as const),
    schedule: scheduleArbitrary(),
    requestFor: requestForArbitrary(),
    grantFor: grantForArbitrary(),
    approval: approvalArbitrary(),
    settings: settingsArbitrary(),
  };
  const automatic = {
    ...common,
    trigger: fc.constant("automatic" as const),
    grantFor: fc.constantFrom({ kind: "indefinite" as const }, { kind: "fixed" as const, amount: 2, unit: "day" as const }),
  };
  return fc.oneof(
    {
      weight: 9,
      arbitrary: recordOf<AccessFlowDefinition>(selfServe as never, ["name", "requestors", "targets"]).map(withoutExtensions),
    },
    { weight: 1, arbitrary: recordOf<AccessFlowDefinition>(automatic as never, ["name", "trigger", "requestors", "targets"]) },
  );
}

/** D5: nothing can be extended on a grant without an end. */
export function withoutExtensions(flow: AccessFlowDefinition): AccessFlowDefinition {
  if (flow.grantFor?.kind !== "indefinite" || (flow.settings?.maxExtensions ?? 0) === 0) return flow;
  return { ...flow, settings: { ...flow.settings, maxExtensions: 0 } };
}
