import type { Accepted } from "../../../src/core/approval/accepted.js";
import type { ApprovalEvent, VoteEvent } from "../../../src/core/approval/approval-event.js";
import type { ApprovalState } from "../../../src/core/approval/approval-state.js";
import type { ApprovalInput } from "../../../src/core/approval/event/read-opening.js";
import { startApproval } from "../../../src/core/approval/start-approval.js";
import { transitionApproval } from "../../../src/core/approval/transition-approval.js";
import { defineAccessFlow } from "../../../src/core/define/check-access-flow.js";
import type { Catalog } from "../../../src/core/facts/catalog.js";
import type { Identity } from "../../../src/core/facts/identity.js";
import type { Resource } from "../../../src/core/facts/resource.js";
import type { AccessFlow } from "../../../src/core/flow/access-flow.js";
import type {
  ApprovalDefinition,
  ApproverGroupDefinition,
  ConditionDefinition,
  SettingsDefinition,
} from "../../../src/core/flow/definition.js";
import { deepFreeze } from "../../../src/core/kernel/deep-freeze.js";
import type { Refusal } from "../../../src/core/kernel/refusal.js";
import type { Result } from "../../../src/core/kernel/result.js";

export const minute = 60_000;
export const hour = 60 * minute;
export const opened: number = Date.UTC(2026, 2, 2, 9);

type ApprovalOfDefinition = Extract<ApprovalDefinition, { kind: "approvalOf" }>;
type Group = ApprovalOfDefinition["approverGroups"][number];

export function flowWith(approval: ApprovalDefinition, settings: SettingsDefinition = {}): AccessFlow {
  return defineAccessFlow({
    name: "Reports",
    requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
    targets: [{ kind: "bundle", bundle: "reports" }],
    approval,
    settings,
  });
}

export function approvalOf(
  groups: "anyOf" | "allOf",
  approverGroups: readonly Group[],
  more: Partial<ApprovalOfDefinition> = {},
): ApprovalDefinition {
  return { kind: "approvalOf", groups, approverGroups, ...more };
}

/** Who is in the directory's group of that name. */
export function inGroup(name: string, required?: number): Group {
  return { ...group({ attribute: "group", values: [name] }), ...(required === undefined ? {} : { required }) };
}

export function group(...conditions: ConditionDefinition[]): ApproverGroupDefinition {
  return { conditions };
}

/** Somebody about whom everything is known. */
export function person(id: string, groups: readonly string[] = [], more: Partial<Identity> = {}): Identity {
  return deepFreeze({ id, emails: [`${id}@corp.com`], accounts: [], manager: null, attributes: { group: [...groups] }, ...more });
}

export const ada: Identity = person("ada", ["staff"], { manager: "grace" });

export function open(flow: AccessFlow, input: Partial<ApprovalInput> = {}): ApprovalState {
  return accepted(startApproval(flow, deepFreeze({ requestor: ada, at: opened, ...input }))).state;
}

export function accepted<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
}

export function ballot(voter: Identity, more: Partial<VoteEvent> = {}): VoteEvent {
  return deepFreeze({ type: "vote", voter, decision: "approve", at: opened + minute, ...more });
}

export function vote(state: ApprovalState, voter: Identity, more: Partial<VoteEvent> = {}): Result<Accepted<ApprovalState>, Refusal> {
  return transitionApproval(state, ballot(voter, more));
}

/** The state after accepted events. */
export function played(state: ApprovalState, ...events: readonly (ApprovalEvent | Identity)[]): ApprovalState {
  let current = state;
  for (const event of events) current = accepted(transitionApproval(current, "type" in event ? event : ballot(event))).state;
  return current;
}

/** Why an event was refused; empty where it was accepted. */
export function codesOf(result: Result<unknown, Refusal>): string[] {
  return result.ok ? [] : result.error.reasons.map((reason) => reason.code);
}

export const catalog: Catalog = deepFreeze({
  integrations: [
    {
      id: "aws",
      name: "AWS",
      ownerMapping: { tagKey: "team", attribute: "group" },
      owner: { attribute: "group", values: ["cloud"] },
    },
    { id: "db", name: "Databases", owner: { attribute: "group", values: ["dba"] } },
    { id: "wild", name: "Wild" },
  ],
});

export function resource(id: string, tags?: Resource["tags"], integration = "aws"): Resource {
  return deepFreeze({ id, name: id, type: "thing", integration, ...(tags === undefined ? {} : { tags }) });
}
