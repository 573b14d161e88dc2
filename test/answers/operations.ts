import {
  type Accepted,
  type AcceptedRequest,
  type AccessFlow,
  type AccessFlowDefinition,
  type ApprovalEvent,
  type ApprovalInput,
  type ApprovalPlanInput,
  type ApprovalState,
  type Audience,
  type Catalog,
  checkAccessFlow,
  computeGrantWindow,
  coversEntitlement,
  defineAccessFlow,
  describeFlow,
  entitlementsOf,
  evaluateRequest,
  evaluateRequestor,
  explain,
  factsNeeded,
  type GrantInput,
  type GrantWindowInput,
  grantRequest,
  type Identity,
  type InstantInput,
  isEligible,
  isOpen,
  type Json,
  matchQuery,
  nextClosing,
  nextOpening,
  parseQuery,
  pendingApproval,
  planApproval,
  prepareIdentity,
  printQuery,
  type ReconcileInput,
  type RequestEvent,
  type RequestInput,
  type RequestorInput,
  type RequestState,
  type Resource,
  reconcileGrants,
  replay,
  resolveTargets,
  restoreApprovalState,
  restoreRequestState,
  type ScheduleDefinition,
  scheduleStatus,
  selectByQuery,
  startApproval,
  submitRequest,
  type TargetInput,
  timelineOf,
  toActivityRow,
  transitionApproval,
  transitionRequest,
  type Viewer,
  viewFor,
  wakeAt,
  type ZoneTables,
} from "accessflow";

type WithDefinition<Input> = Input & { readonly definition: AccessFlowDefinition };
type Course = { readonly definition: AccessFlowDefinition; readonly input: RequestInput; readonly events: readonly RequestEvent[] };

const audiences: readonly Audience[] = ["requestor", "approver", "administrator"];

/** What everybody is told of a value. */
const said = (value: Parameters<typeof explain>[0]): readonly (readonly string[])[] =>
  audiences.map((audience) => explain(value, { audience }));

/**
 * Inputs of the conformance cases, answered with everything that the library says about them: whole decisions, states,
 * effects and refusals, and the sentences for every audience.
 */
export const operations: { readonly [operation: string]: (input: never) => unknown } = {
  checkAccessFlow({ definition }: { readonly definition: unknown }) {
    const checked = checkAccessFlow(definition);
    return checked.ok ? { checked, said: describeFlow(checked.value), needed: factsNeeded(checked.value) } : { checked };
  },

  evaluateRequestor({ definition, ...input }: WithDefinition<RequestorInput>) {
    const flow = defineAccessFlow(definition);
    const decision = evaluateRequestor(flow, input);
    return { decision, said: said(decision), eligible: answered(() => isEligible(flow, input)) };
  },

  prepareIdentity({ requestor }: { readonly requestor: never }) {
    return prepareIdentity(requestor);
  },

  scheduleStatus({
    schedule,
    at,
    zones,
  }: {
    readonly schedule: ScheduleDefinition;
    readonly at: InstantInput;
    readonly zones?: ZoneTables;
  }) {
    const asked = [scheduleStatus, isOpen, nextOpening, nextClosing] as const;
    return asked.map((ask) => answered(() => ask(schedule, at, zones)));
  },

  resolveTargets({ targets, ...input }: TargetInput & { readonly targets: never }) {
    const resolved = resolveTargets(flowOf(targets), input);
    return { resolved, said: said(resolved), entitlements: [...entitlementsOf(resolved)] };
  },

  coversEntitlement(input: {
    readonly targets: never;
    readonly resource: Resource;
    readonly permission: string;
    readonly catalog?: Catalog;
  }) {
    return coversEntitlement(flowOf(input.targets), input.resource, input.permission, input.catalog);
  },

  parseQuery({ query }: { readonly query: string }) {
    const parsed = parseQuery(query);
    return parsed.ok ? { parsed, printed: printQuery(parsed.value) } : { parsed };
  },

  printQuery({ tree }: { readonly tree: never }) {
    return { printed: printQuery(tree), selected: selectByQuery(tree, []) };
  },

  matchQuery(input: { readonly query: string; readonly resource: Resource; readonly permission: string; readonly catalog?: Catalog }) {
    const { query, resource, permission, catalog } = input;
    return {
      truth: answered(() => matchQuery(query, resource, permission as never, catalog)),
      selected: answered(() => selectByQuery(query, [resource], catalog)),
    };
  },

  computeGrantWindow({ definition, ...input }: WithDefinition<GrantWindowInput>) {
    const window = computeGrantWindow(defineAccessFlow(definition), input);
    return window.ok ? window : { ...window, said: said(window.error) };
  },

  approvalCourse({ definition, events, ...input }: WithDefinition<ApprovalInput> & { readonly events: readonly ApprovalEvent[] }) {
    const begun = startApproval(defineAccessFlow(definition), input);
    if (!begun.ok) return { ...begun, said: said(begun.error) };
    let { state } = begun.value;
    const answers = events.map((event) => {
      const answer = transitionApproval(state, event);
      if (!answer.ok) return { [nameOf(event)]: { ...answer, said: said(answer.error) } };
      state = answer.value.state;
      return { [nameOf(event)]: happened(answer.value) };
    });
    return { begun: happened(begun.value), answers, state };
  },

  approvalRead(course: WithDefinition<ApprovalInput> & { readonly events: readonly ApprovalEvent[] }) {
    const state = stateAfter("approvalCourse", course as never) as ApprovalState | null;
    return state && { said: said(state), pending: answered(() => pendingApproval(state, state.lastAt)) };
  },

  planApproval({ definition, ...input }: WithDefinition<ApprovalPlanInput>) {
    const plan = planApproval(defineAccessFlow(definition), input);
    return { plan, said: said(plan) };
  },

  requestDryRun({ definition, input: { id: _, ...input } }: Course) {
    const decision = evaluateRequest(defineAccessFlow(definition), input);
    return { decision, said: said(decision) };
  },

  requestCourse({ definition, input, events }: Course) {
    const begun = submitRequest(defineAccessFlow(definition), input);
    if (!begun.ok) return { ...begun, said: said(begun.error) };
    const { state, answers } = courseOf(begun.value, events);
    return { begun: happened(begun.value), answers, state };
  },

  requestRead({ definition, input, events }: Course) {
    const begun = submitRequest(defineAccessFlow(definition), input);
    if (!begun.ok) return null;
    const { state, recorded } = courseOf(begun.value, events);
    return {
      said: said(state),
      wakeAt: wakeAt(state),
      views: viewersOf(input, state.lastAt).map((viewer) => answered(() => viewFor(state, viewer))),
      timelines: audiences.map((audience) => answered(() => timelineOf(recorded, audience))),
      row: answered(() => toActivityRow(state, { identities: [input.requestor], resources: input.resources ?? [] })),
      replayed: answered(() => replay(recorded).revision),
    };
  },

  reconcileGrants({ definition, ...input }: WithDefinition<ReconcileInput>) {
    return reconcileGrants(defineAccessFlow(definition), input);
  },

  grantRequest({ definition, ...input }: WithDefinition<GrantInput>) {
    const granted = grantRequest(defineAccessFlow(definition), input);
    return granted.ok ? granted : { ...granted, said: said(granted.error) };
  },

  restoreApprovalState({ state }: { readonly state: unknown }) {
    return restoreApprovalState(state);
  },

  restoreRequestState({ state }: { readonly state: unknown }) {
    return restoreRequestState(state);
  },
};

/** An answer as JSON, or the refusal that was thrown in its place. */
export function ask(operation: string, input: Json): Json {
  const answer = operations[operation];
  if (answer === undefined) throw new TypeError(`no operation ${operation}`);
  return JSON.parse(JSON.stringify(answered(() => answer(input as never)) ?? null));
}

/** The states that a course ends in, as they would be stored: for what restoring says of them. */
export function stateAfter(operation: string, input: Json): ApprovalState | RequestState | null {
  const course = input as never as { definition: AccessFlowDefinition; input: RequestInput; events: readonly never[] };
  const flow = defineAccessFlow(course.definition);
  if (operation === "requestCourse") {
    const begun = submitRequest(flow, course.input);
    return begun.ok ? courseOf(begun.value, course.events).state : null;
  }
  const { definition: _, events, ...opening } = course as never as WithDefinition<ApprovalInput> & { events: readonly ApprovalEvent[] };
  const begun = startApproval(flow, opening);
  if (!begun.ok) return null;
  return events.reduce((state: ApprovalState, event) => {
    const answer = transitionApproval(state, event);
    return answer.ok ? answer.value.state : state;
  }, begun.value.state);
}

function courseOf(begun: AcceptedRequest, events: readonly RequestEvent[]) {
  let { state } = begun;
  const recorded = begun.recorded === null ? [] : [begun.recorded];
  const answers = events.map((event) => {
    const answer = transitionRequest(state, event);
    if (!answer.ok) return { [nameOf(event)]: { ...answer, said: said(answer.error) } };
    state = answer.value.state;
    if (answer.value.recorded !== null) recorded.push(answer.value.recorded);
    return { [nameOf(event)]: happened(answer.value) };
  });
  return { state, recorded, answers };
}

/** Answers stand under the name of their event: the same reason against another event is another answer. */
function nameOf(event: { readonly type?: unknown } | null): string {
  return typeof event?.type === "string" ? event.type : "none";
}

/** What an event led to, without the state, which is shown at the end. */
function happened({ state, ...others }: Accepted<ApprovalState> | AcceptedRequest) {
  return { ...others, revision: state.revision };
}

function answered(operation: () => unknown): unknown {
  try {
    return operation();
  } catch (error) {
    const { name, code, message, reasons } = error as { [key: string]: unknown };
    if (name !== "AccessFlowError") throw error;
    return { thrown: { code, message, reasons } };
  }
}

function viewersOf({ requestor }: RequestInput, at: InstantInput): readonly Viewer[] {
  const nobody: Identity = { id: "nobody-else", emails: [], accounts: [] };
  return [
    { identity: requestor, at },
    { identity: nobody, administrator: true, at },
    { identity: nobody, at },
  ];
}

function flowOf(targets: never): AccessFlow {
  return defineAccessFlow({ name: "targets", requestors: { conditions: [{ attribute: "group", values: ["staff"] }] }, targets });
}

export type { Json };
