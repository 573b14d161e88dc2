import {
  type Accepted,
  type ApprovalEvent,
  type ApprovalInput,
  type ApprovalPlanInput,
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
  type Refusal,
  type RequestInput,
  type RequestorInput,
  type Resource,
  type Result,
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
import { type Course, flowOf, type WithDefinition } from "../../src/conformance/library-operations.js";

type ApprovalCourse = WithDefinition<ApprovalInput> & { readonly events: readonly ApprovalEvent[] };

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

  approvalCourse({ definition, events, ...input }: ApprovalCourse) {
    const begun = startApproval(defineAccessFlow(definition), input);
    if (!begun.ok) return { ...begun, said: said(begun.error) };
    const { state, answers } = courseOf(begun.value, events, transitionApproval);
    return { begun: happened(begun.value), answers, state };
  },

  approvalRead({ definition, events, ...input }: ApprovalCourse) {
    const begun = startApproval(defineAccessFlow(definition), input);
    if (!begun.ok) return null;
    const { state } = courseOf(begun.value, events, transitionApproval);
    return { said: said(state), pending: answered(() => pendingApproval(state, state.lastAt)) };
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
    const { state, answers } = courseOf(begun.value, events, transitionRequest);
    return { begun: happened(begun.value), answers, state };
  },

  requestRead({ definition, input, events }: Course) {
    const begun = submitRequest(defineAccessFlow(definition), input);
    if (!begun.ok) return null;
    const { state, recorded } = courseOf(begun.value, events, transitionRequest);
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

/** Where the events lead from there, what was recorded on the way, and what was answered to each. */
function courseOf<State extends { readonly revision: number }, Event extends { readonly type: string }, Effect, Recorded>(
  begun: Accepted<State, Effect, Recorded>,
  events: readonly Event[],
  transition: (state: State, event: Event) => Result<Accepted<State, Effect, Recorded>, Refusal>,
) {
  let { state } = begun;
  const recorded = begun.recorded === null ? [] : [begun.recorded];
  const answers = events.map((event) => {
    const answer = transition(state, event);
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
function happened<State extends { readonly revision: number }>({ state, ...others }: Accepted<State, unknown, unknown>) {
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
