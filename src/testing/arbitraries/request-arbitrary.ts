import * as fc from "fast-check";
import { defineAccessFlow } from "../../core/define/check-access-flow.js";
import { nextOpening } from "../../core/evaluate/schedule-status.js";
import type { Identity } from "../../core/facts/identity.js";
import type { Resource } from "../../core/facts/resource.js";
import type { AccessFlow, Scope } from "../../core/flow/access-flow.js";
import type { AccessFlowDefinition, ScheduleDefinition } from "../../core/flow/definition.js";
import type { RequestInput } from "../../core/request/request-input.js";
import { approvalArbitrary } from "./approval-arbitrary.js";
import { integrationArbitrary } from "./catalog-arbitrary.js";
import { settingsArbitrary, withoutExtensions } from "./flow-arbitrary.js";
import { grantForArbitrary } from "./grant-for-arbitrary.js";
import { identityArbitrary } from "./identity-arbitrary.js";
import { resourceArbitrary } from "./resource-arbitrary.js";
import { instantArbitrary, scheduleArbitrary } from "./schedule-arbitrary.js";

/** A flow, and a submission under it that is accepted. */
export type AcceptedSubmission = { readonly flow: AccessFlow; readonly input: RequestInput };

const hour = 3_600_000;
const staff = { conditions: [{ attribute: "group", values: ["staff"] }] };

/**
 * A flow and a submission that `submitRequest` accepts under it (L1), and `evaluateRequest` finds acceptable: for
 * oneself, for others or for reports, in an opening of the schedule, with what the flow's settings require.
 *
 * What decides acceptance is arranged; all else is anything: other facts of the people, tags, catalogue, approval,
 * schedule, duration, settings.
 *
 * @example
 * import * as fc from "fast-check";
 * import { requestArbitrary } from "accessflow/testing/arbitraries";
 * fc.sample(requestArbitrary(), 20).every(({ flow, input }) => submitRequest(flow, input).ok);
 * // => true
 */
export function requestArbitrary(): fc.Arbitrary<AcceptedSubmission> {
  const rules = fc.record({
    opening: openingArbitrary(),
    scopes: fc.subarray<Scope>(["self", "others", "directReports"], { minLength: 1 }),
    grantFor: grantForArbitrary(),
    approval: approvalArbitrary(),
    settings: settingsArbitrary(),
  });
  const asked = fc.record({
    requestor: identityArbitrary(),
    other: identityArbitrary(),
    scope: fc.nat({ max: 2 }),
    resources: fc.array(resourceArbitrary(), { minLength: 1, maxLength: 3 }),
    integration: fc.option(integrationArbitrary()),
    permissions: fc.subarray(["read", "write"], { minLength: 1 }),
    duration: fc.constantFrom("none", "all", "half"),
    later: fc.constantFrom(null, 0, 60_000, hour),
    says: fc.boolean(),
    hasMfa: fc.boolean(),
  });
  return fc.tuple(rules, asked).map(([rule, ask]) => {
    const flow = flowOf(rule);
    const { at } = rule.opening;
    const { settings, grantFor } = flow;
    const requestor: Identity = memberOf(ask.requestor, ask.requestor.id);
    const scope = rule.scopes[ask.scope % rule.scopes.length];
    const report = scope === "directReports" ? { manager: requestor.id } : {};
    const grantee: Identity = { ...memberOf(ask.other, "gil"), ...report };
    const resources = ask.resources.map(databaseOf);
    const length = grantFor.kind === "fixed" ? { amount: grantFor.amount, unit: grantFor.unit } : { amount: 1, unit: "hour" as const };
    const part = ask.duration === "half" ? { ...length, amount: length.amount / 2 } : length;
    const later = settings.startWithin === null || grantFor.endWith !== undefined ? null : ask.later;
    const input: RequestInput = {
      id: "r1",
      requestor,
      ...(scope === "self" ? {} : { grantee }),
      entitlements: resources.flatMap(({ id }) => ask.permissions.map((permission) => ({ resource: id, permission }))),
      resources,
      ...(ask.integration === null ? {} : { catalog: { integrations: [{ ...ask.integration, id: "i1", name: "production" }] } }),
      ...(settings.requireDuration || ask.duration !== "none" ? { requestedDuration: part } : {}),
      ...(later === null ? {} : { startAt: at + later }),
      ...(settings.requireJustification || ask.says ? { justification: "for the report" } : {}),
      ...(ask.hasMfa ? { mfa: { id: "evidence-1", at } } : {}),
      at,
    };
    return { flow, input };
  });
}

/** A schedule, and an instant at which it is open. */
function openingArbitrary(): fc.Arbitrary<{ readonly schedule: ScheduleDefinition; readonly at: number }> {
  return fc
    .tuple(scheduleArbitrary(), instantArbitrary())
    .map(([schedule, from]) => ({ schedule, at: nextOpening(schedule, from) }))
    .filter((opening): opening is { schedule: ScheduleDefinition; at: number } => opening.at !== null);
}

function flowOf(rule: {
  readonly opening: { readonly schedule: ScheduleDefinition };
  readonly scopes: readonly Scope[];
  readonly grantFor: NonNullable<AccessFlowDefinition["grantFor"]>;
  readonly approval: NonNullable<AccessFlowDefinition["approval"]>;
  readonly settings: NonNullable<AccessFlowDefinition["settings"]>;
}): AccessFlow {
  const { opening, scopes, grantFor, approval, settings } = rule;
  return defineAccessFlow(
    withoutExtensions({
      name: "Databases",
      schedule: opening.schedule,
      requestors: staff,
      requestFor: scopes.includes("others") ? { scopes, grantees: staff } : { scopes },
      targets: [{ kind: "integration", integration: "i1", resourceType: "db", permissions: ["read", "write"] }],
      grantFor,
      approval,
      settings,
    }),
  );
}

/** Anybody, made one of the staff. */
function memberOf(person: Identity, id: string): Identity {
  return { ...person, id, active: true, attributes: { ...person.attributes, group: ["staff"] } };
}

/** Any resource, made a database that offers what is asked for. */
function databaseOf(resource: Resource, index: number): Resource {
  return { ...resource, id: `db-${index}`, type: "db", integration: "i1", status: "active", permissions: ["read", "write"] };
}
