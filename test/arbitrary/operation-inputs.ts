import * as fc from "fast-check";
import { defineAccessFlow } from "../../src/core/define/check-access-flow.js";
import { submitRequest } from "../../src/core/request/submit-request.js";
import { transitionRequest } from "../../src/core/request/transition-request.js";
import type * as Lib from "../../src/index.js";
import { catalogArbitrary } from "../../src/testing/arbitraries/catalog-arbitrary.js";
import { conditionArbitrary, conditionsArbitrary } from "../../src/testing/arbitraries/condition-arbitrary.js";
import { flowDefinitionArbitrary, requestForArbitrary } from "../../src/testing/arbitraries/flow-arbitrary.js";
import { grantForArbitrary } from "../../src/testing/arbitraries/grant-for-arbitrary.js";
import { crowdArbitrary, identityArbitrary } from "../../src/testing/arbitraries/identity-arbitrary.js";
import { recordOf } from "../../src/testing/arbitraries/name-pools.js";
import { brokenQueryTextArbitrary, queryTextArbitrary } from "../../src/testing/arbitraries/query-arbitrary.js";
import { inventoryArbitrary, mostlyFirst, resourceArbitrary, resourcePools } from "../../src/testing/arbitraries/resource-arbitrary.js";
import { instantArbitrary, scheduleArbitrary, scheduleCaseArbitrary } from "../../src/testing/arbitraries/schedule-arbitrary.js";
import { targetsArbitrary } from "../../src/testing/arbitraries/target-arbitrary.js";
import { type ApprovalCase, approvalCaseArbitrary, approvalEventsOf, happeningsArbitrary, tangledCaseArbitrary } from "./approval-case.js";
import { eventOf, type RequestCase, requestCaseArbitrary } from "./request-case.js";
import { requestedDurationArbitrary } from "./requested-duration.js";

/*
 * Random inputs of the operations that the conformance cases are about (`src/conformance/library-operations.ts`), weighted to
 * the edges: offset changes, aliases, unknown facts, empty lists, composed and decomposed letters, ties in time.
 */

const hour = 3_600_000;
const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { freq: 6, nil: undefined });
/** A key of `undefined` is none in JSON. */
const written = <T extends object>(record: T): T =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;

export const conditionInput: fc.Arbitrary<{ condition: Lib.AttributeConditionDefinition; identity: Lib.Identity }> = fc.record(
  { condition: conditionArbitrary(), identity: identityArbitrary() },
  { noNullPrototype: true },
);

// What is generated is in normal form already: nothing in it is written twice.
export const scheduleInput = scheduleCaseArbitrary() as fc.Arbitrary<{ readonly schedule: Lib.Schedule; readonly at: number }>;

/** A flow that is open: only people decide. */
const openDefinition: fc.Arbitrary<Lib.AccessFlowDefinition> = fc
  .record({ requestors: conditionsArbitrary(), requestFor: requestForArbitrary() }, { noNullPrototype: true })
  .map((people) => ({ ...people, name: "open", targets: [{ kind: "bundle", bundle: "b" }] }));

type RequestorCase = { definition: Lib.AccessFlowDefinition; requestor: Lib.Identity; grantee?: Lib.Identity; at: number };
export const requestorInput: fc.Arbitrary<RequestorCase> = recordOf<RequestorCase>(
  {
    definition: fc.oneof({ weight: 4, arbitrary: openDefinition }, { weight: 1, arbitrary: flowDefinitionArbitrary() }),
    requestor: identityArbitrary(),
    grantee: identityArbitrary(),
    at: instantArbitrary(),
  },
  ["definition", "requestor", "at"],
);

export const targetsInput = fc
  .record(
    { targets: targetsArbitrary(), resources: inventoryArbitrary(), catalog: optional(catalogArbitrary()) },
    { noNullPrototype: true },
  )
  .map(written);

export const coverageInput = fc
  .record(
    {
      targets: targetsArbitrary(),
      resource: resourceArbitrary(),
      catalog: optional(catalogArbitrary()),
      permission: mostlyFirst(resourcePools.permissions),
    },
    { noNullPrototype: true },
  )
  .map(written);

export const queryTextInput = brokenQueryTextArbitrary().map((query) => ({ query }));

export const queryInput = fc
  .record(
    { query: queryTextArbitrary(), resource: resourceArbitrary(), catalog: optional(catalogArbitrary()), pick: fc.nat({ max: 2 }) },
    { noNullPrototype: true },
  )
  .map(({ pick, ...rest }) => {
    const permission = rest.resource.permissions?.[pick] ?? "read";
    return written({ ...rest, permission: typeof permission === "string" ? permission : permission.name });
  });

const windowDefinition: fc.Arbitrary<Lib.AccessFlowDefinition> = fc
  .tuple(
    fc.oneof(fc.constant({ kind: "always" as const }), scheduleArbitrary()),
    grantForArbitrary(),
    fc.boolean(),
    fc.constantFrom(null, { amount: 1, unit: "hour" as const }),
  )
  .map(([schedule, grantFor, requireDuration, startWithin]) => ({
    ...{ name: "window", requestors: { conditions: [{ attribute: "group", values: ["a"] }] }, targets: [{ kind: "bundle", bundle: "b" }] },
    ...{ schedule, grantFor, settings: { requireDuration, startWithin } },
  }));

type WindowCase = { definition: Lib.AccessFlowDefinition; at: number; requestedDuration?: Lib.Duration; startAt?: number };
export const windowInput: fc.Arbitrary<WindowCase> = fc
  .record(
    {
      definition: windowDefinition,
      at: instantArbitrary(),
      requestedDuration: requestedDurationArbitrary(),
      delay: fc.constantFrom(0, 0, 0, 1, hour, hour + 1, hour / 2, -1),
    },
    { requiredKeys: ["definition", "at"], noNullPrototype: true },
  )
  .map(({ delay, ...rest }) => (delay === undefined ? rest : { ...rest, startAt: Math.max(0, rest.at + delay) }));

/** Candidates are one record each: of two under one id nobody can say which is right. Aliases they share all the same. */
export function oneRecordEach(start: ApprovalCase): ApprovalCase {
  const ids = start.crowd.map(({ id }) => id.normalize("NFC"));
  return { ...start, crowd: start.crowd.filter((_, index) => ids.indexOf(ids[index] ?? "") === index) };
}

export const approvalCourse = fc
  .oneof({ weight: 4, arbitrary: approvalCaseArbitrary() }, { weight: 1, arbitrary: tangledCaseArbitrary() })
  .chain((start) => happeningsArbitrary(start.crowd).map((happenings) => ({ start, happenings })));

export const approvalInput = approvalCourse.map(({ start, happenings }) => ({
  ...{ definition: start.definition, ...start.input },
  events: approvalEventsOf(start.input, happenings),
}));

export const planCase = fc
  .oneof({ weight: 2, arbitrary: approvalCaseArbitrary(4) }, { weight: 1, arbitrary: tangledCaseArbitrary(5) })
  .map(oneRecordEach);

export const planInput = planCase.map(({ definition, input, crowd }) => ({ definition, ...input, candidates: crowd }));

/** A request's course as data: each event is made for where the library then stands. */
export function requestCourseOf({ definition, input, happenings }: RequestCase): {
  readonly definition: Lib.AccessFlowDefinition;
  readonly input: Lib.RequestInput;
  readonly events: readonly Lib.RequestEvent[];
} {
  const begun = submitRequest(defineAccessFlow(definition), input);
  if (!begun.ok) throw new Error(`refused: ${JSON.stringify(begun.error)}`);
  let { state } = begun.value;
  const events = happenings.map((happening) => {
    const event = eventOf(happening, state);
    const answer = transitionRequest(state, event);
    if (answer.ok) state = answer.value.state;
    return event;
  });
  return { definition, input, events };
}

export const requestInput = requestCaseArbitrary(8).map(requestCourseOf);

const grant = fc.record({
  grantee: fc.nat({ max: 6 }),
  entitlement: fc.record({ resource: fc.nat({ max: 6 }), permission: fc.constantFrom("read", "write", "admin", "use") }),
});

export const automaticInput = fc
  .record({
    conditions: conditionsArbitrary(),
    targets: targetsArbitrary(),
    active: fc.constantFrom(true, true, true, false),
    crowd: crowdArbitrary(5),
    twice: fc.option(fc.nat({ max: 4 })),
    inventory: inventoryArbitrary(),
    catalog: fc.option(catalogArbitrary(), { nil: undefined }),
    grants: fc.array(grant, { maxLength: 14 }),
    maxEnds: fc.constantFrom(undefined, undefined, 0, 2),
  })
  .map(({ conditions, targets, active, crowd, twice, inventory, catalog, grants, maxEnds }) => {
    const again = twice === null ? undefined : crowd[twice];
    const identities: Lib.Identity[] = again === undefined ? crowd : [...crowd, { ...again, attributes: {} }];
    const definition: Lib.AccessFlowDefinition = { name: "automatic", trigger: "automatic", active, requestors: conditions, targets };
    const current = grants.map(({ grantee, entitlement }, index) => ({
      grantee: crowd[grantee]?.id ?? `missing-${grantee}`,
      entitlement: {
        resource: inventory[entitlement.resource]?.id ?? `lost-${entitlement.resource}`,
        permission: entitlement.permission,
      },
      request: `g${index}`,
    }));
    return written({ definition, identities, current, resources: inventory, catalog, maxEnds, at: 0 });
  });
