import { defineAccessFlow } from "../../../src/core/define/check-access-flow.js";
import type { Identity } from "../../../src/core/facts/identity.js";
import type { Resource } from "../../../src/core/facts/resource.js";
import type { AccessFlow } from "../../../src/core/flow/access-flow.js";
import type { AccessFlowDefinition, ApprovalDefinition, SettingsDefinition } from "../../../src/core/flow/definition.js";
import { deepFreeze } from "../../../src/core/kernel/deep-freeze.js";
import type { Refusal } from "../../../src/core/kernel/refusal.js";
import type { Result } from "../../../src/core/kernel/result.js";
import type { RecordedRequestEvent } from "../../../src/core/request/recorded-request-event.js";
import type { FactsRead, RequestEvent } from "../../../src/core/request/request-event.js";
import type { RequestInput } from "../../../src/core/request/request-input.js";
import type { EntitlementReport, RequestState } from "../../../src/core/request/request-state.js";
import type { AcceptedRequest } from "../../../src/core/request/request-step.js";
import { submitRequest } from "../../../src/core/request/submit-request.js";
import { transitionRequest } from "../../../src/core/request/transition-request.js";

export const second = 1_000;
export const minute = 60_000;
export const hour: number = 60 * minute;
export const day: number = 24 * hour;
/** A Monday, nine o'clock in UTC. */
export const monday: number = Date.UTC(2026, 2, 2, 9);

/** Somebody about whom everything is known. */
export function person(id: string, groups: readonly string[] = [], more: Partial<Identity> = {}): Identity {
  return deepFreeze({ id, emails: [`${id}@corp.com`], accounts: [], manager: null, attributes: { group: [...groups] }, ...more });
}

export const ada: Identity = person("ada", ["staff"]);
export const gil: Identity = person("gil", ["staff"]);
export const lena: Identity = person("lena", ["leads"]);
export const boss: Identity = person("boss", ["bosses"]);
export const root = { id: "root", administrator: true } as const;

export const database: Resource = deepFreeze({
  id: "db-1",
  name: "reports",
  type: "database",
  integration: "pg",
  tags: {},
  permissions: ["read", "write"],
});
export const read = { resource: "db-1", permission: "read" } as const;
export const write = { resource: "db-1", permission: "write" } as const;

export const byLeads: ApprovalDefinition = {
  kind: "approvalOf",
  groups: "anyOf",
  approverGroups: [{ conditions: [{ attribute: "group", values: ["leads"] }] }],
};

/** People may ask for themselves, and for others of the staff. */
export const forOthers = { scopes: ["self", "others"], grantees: { conditions: [{ attribute: "group", values: ["staff"] }] } } as const;

export function flowWith(more: Partial<AccessFlowDefinition> = {}, settings: SettingsDefinition = {}): AccessFlow {
  return defineAccessFlow({
    name: "Reports",
    requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
    targets: [{ kind: "integration", integration: "pg", resourceType: "database", permissions: ["read", "write"] }],
    settings,
    ...more,
  });
}

export function asking(more: Partial<RequestInput> = {}): RequestInput {
  return deepFreeze({ id: "r1", requestor: ada, entitlements: [read], resources: [database], at: monday, ...more });
}

export function accepted<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
}

export function submitted(flow: AccessFlow, more: Partial<RequestInput> = {}): RequestState {
  return accepted(submitRequest(flow, asking(more))).state;
}

/** Why something was refused; empty where it was accepted. */
export function codesOf(result: Result<unknown, Refusal>): string[] {
  return result.ok ? [] : result.error.reasons.map((reason) => reason.code);
}

/** Reasons in full, a line each: code, rule, path, then every other member. */
export function told(reasons: readonly object[]): readonly string[] {
  return reasons.map((each) =>
    Object.values(each)
      .map((member) => (typeof member === "string" ? member : JSON.stringify(member)))
      .join(" "),
  );
}

/** Facts with which everything holds, read just now. */
export function facts(state: RequestState, at: number, more: Partial<FactsRead> = {}): FactsRead {
  const { requestor, grantee } = state.request;
  return {
    requestor: person(requestor.id, ["staff"]),
    grantee: grantee === null ? null : person(grantee.id, ["staff"]),
    flow: "active",
    notCovered: [],
    readAt: at,
    ...more,
  };
}

/** Every entitlement of a request in one state. */
export function reports(state: RequestState, access: EntitlementReport["access"]): EntitlementReport[] {
  return state.request.entitlements.map((_, entitlement) => ({ entitlement, access, sessionsMayPersist: false }));
}

/** An event that is made for a state: a second after its last one unless it says otherwise. */
export type EventOf = (state: RequestState, at?: number) => RequestEvent;

const later = (state: RequestState) => state.lastAt + second;

export const vote =
  (voter: Identity, decision: "approve" | "reject" = "approve", reason?: string): EventOf =>
  (state, at = later(state)) => ({ type: "vote", voter, decision, at, ...(reason === undefined ? {} : { reason }) });
export const timeReached: EventOf = (state, at = state.wakeAt ?? later(state)) => ({ type: "timeReached", at });
export const withdraw =
  (by: { id: string; administrator?: boolean }): EventOf =>
  (state, at = later(state)) => ({ type: "withdraw", by, at });
export const revoke =
  (by: { id: string; administrator?: boolean }): EventOf =>
  (state, at = later(state)) => ({ type: "revoke", by, at });
export const completeMfa: EventOf = (state, at = later(state)) => ({
  type: "completeMfa",
  by: { id: state.request.grantee?.id ?? state.request.requestor.id },
  evidence: { id: "e1", at },
  at,
});
export const factsRead =
  (more: Partial<FactsRead> = {}): EventOf =>
  (state, at = later(state)) => ({ type: "factsRead", facts: facts(state, at, more), at });
export const extend =
  (more: Partial<FactsRead> = {}, by = { id: "ada" }): EventOf =>
  (state, at = later(state)) => ({ type: "extend", by, facts: facts(state, at, more), at });
export const activated: EventOf = (state, at = later(state)) => ({
  type: "activated",
  generation: state.grant?.generation ?? 1,
  reports: reports(state, "held"),
  at,
});
export const activationFailed =
  (retryable: boolean): EventOf =>
  (state, at = later(state)) => ({ type: "activationFailed", generation: state.grant?.generation ?? 1, retryable, reports: [], at });
export const deactivated: EventOf = (state, at = later(state)) => ({
  type: "deactivated",
  generation: state.grant?.generation ?? 1,
  reports: reports(state, "notHeld"),
  at,
});
export const deactivationFailed: EventOf = (state, at = later(state)) => ({
  type: "deactivationFailed",
  generation: state.grant?.generation ?? 1,
  reports: [],
  at,
});

export function take(state: RequestState, event: EventOf, at?: number): Result<AcceptedRequest, Refusal> {
  return transitionRequest(state, deepFreeze(event(state, at)));
}

/** The state after accepted events. */
export function played(state: RequestState, ...events: readonly EventOf[]): RequestState {
  return events.reduce((current, event) => accepted(take(current, event)).state, state);
}

/** A request and the log of its events. */
export function logged(
  flow: AccessFlow,
  input: RequestInput,
  ...events: readonly EventOf[]
): { state: RequestState; log: RecordedRequestEvent[] } {
  let step = accepted(submitRequest(flow, input));
  const log = step.recorded === null ? [] : [step.recorded];
  for (const event of events) {
    step = accepted(take(step.state, event));
    if (step.recorded !== null) log.push(step.recorded);
  }
  return { state: step.state, log };
}

/** Effects without their keys, in short. */
export function inShort(answer: AcceptedRequest): string[] {
  return answer.effects.map((effect) => {
    switch (effect.type) {
      case "notify":
        return `notify ${effect.to} ${effect.about}`;
      case "askApprovers":
        return effect.tier === null ? `ask groups ${effect.groups.join()}` : `ask tier ${effect.tier}`;
      case "activate":
      case "deactivate":
      case "changeEnd":
        return `${effect.type} ${effect.generation}`;
      default:
        return effect.type;
    }
  });
}

export function copyOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
