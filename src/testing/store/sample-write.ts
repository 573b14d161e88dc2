import type { ApprovalState, PersonRecord } from "../../core/approval/approval-state.js";
import { defineAccessFlow } from "../../core/define/check-access-flow.js";
import type { Entitlement } from "../../core/facts/resource.js";
import type { AccessFlow } from "../../core/flow/access-flow.js";
import type { RequestState } from "../../core/request/request-state.js";
import type { RequestStatus } from "../../core/request/request-status.js";
import type { Instant } from "../../core/time/instant.js";
import type { OutgoingEffect, RequestStore, RequestWrite } from "../../ports/request-store.js";
import { expectSame } from "../expect-same.js";

/** When the samples begin: 2026-03-02T09:00:00Z. */
export const start: Instant = 1_772_442_000_000;

export const minute = 60_000;

/** What may differ from sample to sample. */
export type SampleOptions = {
  readonly revision?: number;
  readonly status?: RequestStatus;
  readonly requestor?: string;
  readonly grantee?: string | null;
  readonly voters?: readonly string[];
  readonly flow?: string;
  readonly wakeAt?: Instant | null;
  readonly justification?: string;
  readonly entitlement?: Entitlement;
};

/**
 * A request as a store meets it. Not one that the machine has come to: a store decides nothing, and reads of a
 * state only what is asked by.
 */
export function sampleState(id: string, options: SampleOptions = {}): RequestState {
  const { revision = 1, status = "awaitingApproval", requestor = "ana", grantee = null, voters = [] } = options;
  const flow = sampleFlow(options.flow ?? "orders");
  const asked = options.entitlement ?? { resource: "db-7", permission: "read" };
  return {
    kind: "requestState",
    format: "requestState/v1",
    status,
    revision,
    request: {
      id,
      flow,
      requestor: person(requestor),
      grantee: grantee === null ? null : person(grantee),
      owners: [],
      entitlements: [asked],
      requestedDuration: { amount: 0.25, unit: "hour" },
      startAt: null,
      justification: options.justification ?? "an incident",
      submittedAt: start,
    },
    lastAt: start + (revision - 1) * minute,
    wakeAt: options.wakeAt === undefined ? start + 60 * minute : options.wakeAt,
    mfa: { id: "mfa-1", at: start },
    approval: approvalOf(flow, requestor, voters),
    activateBy: null,
    awaitingFacts: false,
    pauses: 0,
    grant: null,
    cause: null,
    entitlementReports: [],
    reasons: [],
  };
}

/** The write that leads to a state from the revision before, with nothing else. */
export function writeOf(state: RequestState, more: Partial<RequestWrite> = {}): RequestWrite {
  const { revision, lastAt: at, request } = state;
  const isFirst = revision === 1;
  return {
    id: request.id,
    expected: isFirst ? null : revision - 1,
    state,
    event: {
      request: request.id,
      revision,
      at,
      by: request.requestor.id,
      type: isFirst ? "submitted" : "vote",
      concluded: isFirst ? { request, status: state.status } : { status: state.status },
    },
    effects: [],
    settle: null,
    command: null,
    ...more,
  };
}

/** The write that leads from a state to its next revision. */
export function nextWrite(state: RequestState, more: Partial<RequestWrite> = {}, change: Partial<RequestState> = {}): RequestWrite {
  const revision = state.revision + 1;
  return writeOf({ ...state, revision, lastAt: state.lastAt + minute, ...change }, more);
}

/** An effect to be carried out; in a lane, an order to the provisioner. */
export function sampleEffect(key: string, lane: string | null = null, notBefore: Instant = start): RequestWrite["effects"][number] {
  const effect: OutgoingEffect =
    lane === null
      ? { key, type: "notify", to: "requestor", about: "submitted" }
      : { key, type: "activate", generation: 1, notBefore: null };
  return { effect, lane, notBefore };
}

/** Commits, and throws unless it was committed. */
export async function committed(store: RequestStore, write: RequestWrite): Promise<RequestState> {
  expectSame(`commit of ${write.id} to revision ${write.state.revision}`, await store.commit(write), { outcome: "committed" });
  return write.state;
}

function sampleFlow(id: string): AccessFlow {
  return defineAccessFlow({
    id,
    name: `Flow ${id}`,
    requestors: { combinator: "and", conditions: [{ attribute: "group", operator: "is", values: ["engineers"] }] },
    targets: [{ kind: "integration", integration: "postgresql", resourceType: "database", permissions: ["read"], resources: "any" }],
    grantFor: { kind: "fixed", amount: 1, unit: "hour" },
    approval: {
      kind: "approvalOf",
      groups: "anyOf",
      approverGroups: [{ combinator: "and", conditions: [{ attribute: "group", operator: "is", values: ["leads"] }], required: 1 }],
    },
  });
}

function person(id: string): PersonRecord {
  return { id, keys: [id], emailsKnown: true, accountsKnown: true, managerKnown: true, manager: null };
}

function approvalOf(flow: AccessFlow, requestor: string, voters: readonly string[]): ApprovalState {
  return {
    kind: "approvalState",
    format: "approvalState/v1",
    status: "pending",
    revision: voters.length,
    flow: { id: flow.id, name: flow.name },
    rules: { approval: flow.approval, requestorCannotApproveSelf: true, requireApproverReason: false },
    openedAt: start,
    lastAt: start,
    decidedAt: null,
    requestor: person(requestor),
    grantee: null,
    owners: [],
    tiersAsked: 0,
    votes: voters.map((voter) => ({
      voter,
      keys: [voter],
      decision: "approve",
      reason: null,
      at: start,
      counts: [{ group: 0, tier: null, owners: "all" }],
    })),
  };
}
