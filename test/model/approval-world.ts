import type { Accepted } from "../../src/core/approval/accepted.js";
import type { ApprovalEvent } from "../../src/core/approval/approval-event.js";
import type { ApprovalState } from "../../src/core/approval/approval-state.js";
import type { RecordedApprovalEvent } from "../../src/core/approval/recorded-event.js";
import { startApproval } from "../../src/core/approval/start-approval.js";
import { defineAccessFlow } from "../../src/core/define/check-access-flow.js";
import type { Identity } from "../../src/core/facts/identity.js";
import type { ApprovalDefinition } from "../../src/core/flow/definition.js";
import { deepFreeze } from "../../src/core/kernel/deep-freeze.js";
import { type ApprovalMachine, approvalMachine } from "./approval-faults.js";

/*
 * A small world around the approval machine: seven people, of whom two are others under another id, one is the
 * requestor and one is inactive; the grantee, where there is one; and a few instants a minute apart. Every event at every
 * instant is tried in every state.
 */

export const minute = 60_000;
/** A time by which everything that is ever due is over. */
export const longAfter: number = 60 * minute;
/** When the only tier opens, where there is one. */
export const tierOpensAt: number = 2 * minute;

export type ApprovalConfiguration = {
  readonly name: string;
  readonly approval: ApprovalDefinition;
  readonly requestorCannotApproveSelf: boolean;
  readonly grantee: Identity | null;
  /** How many instants there are, a minute apart. */
  readonly instants: number;
  /** How many states there are at least: fewer say that a bound has shrunk. */
  readonly atLeast: number;
};

const person = (id: string, group: readonly string[], more: Partial<Identity> = {}): Identity => ({
  id,
  emails: [],
  accounts: [],
  attributes: { group },
  ...more,
});

const ada = person("ada", ["leads"]);
const gil = person("gil", ["leads"]);
const people: readonly Identity[] = [
  ada,
  person("alias", ["leads", "dba"], { accounts: ["ada"] }),
  person("lena", ["leads"]),
  person("lena2", ["dba", "bosses"], { accounts: ["lena"] }),
  person("bo", ["leads", "dba"]),
  person("boss", ["bosses"]),
  person("former", ["leads", "dba", "bosses"], { active: false }),
];

const groupOf = (name: string, required = 1) => ({ required, conditions: [{ attribute: "group", values: [name] }] });
const expiresAfter = { amount: 3, unit: "minute" } as const;
const escalation = {
  every: { amount: 2, unit: "minute" } as const,
  tiers: [{ conditions: [{ attribute: "group", values: ["bosses"] }] }],
};
const both = { kind: "approvalOf", groups: "allOf", approverGroups: [groupOf("leads"), groupOf("dba")] } as const;
const two = { kind: "approvalOf", groups: "anyOf", approverGroups: [groupOf("leads", 2)] } as const;

export const configurations: readonly ApprovalConfiguration[] = [
  { name: "two of a group, tier", approval: { ...two, expiresAfter, escalation }, grantee: null, instants: 5, sizes: [359, 606] },
  { name: "both groups", approval: { ...both, expiresAfter }, grantee: null, instants: 5, sizes: [107, 479] },
  {
    name: "both groups of different people, tier",
    approval: { ...both, distinctApprovers: true, expiresAfter, escalation },
    grantee: null,
    instants: 5,
    sizes: [424, 1_267],
  },
  // Where nothing expires, a later instant is like an earlier one.
  {
    name: "both groups, never expires, for a grantee",
    approval: { ...both, expiresAfter: "never" },
    grantee: gil,
    instants: 3,
    sizes: [67, 1_517],
  },
].flatMap(({ name, approval, grantee, instants, sizes }) =>
  [true, false].map((strict, position) => ({
    name: `${name}, ${strict ? "nobody for themselves" : "also for themselves"}`,
    approval: approval as ApprovalDefinition,
    requestorCannotApproveSelf: strict,
    grantee,
    instants,
    atLeast: sizes[position] ?? Number.POSITIVE_INFINITY,
  })),
);

/** Who may try to vote: the grantee, too, where there is one. */
export function votersOf({ grantee }: ApprovalConfiguration): readonly Identity[] {
  return grantee === null ? people : [...people, grantee];
}

/** What tells people apart, or shows two to be one: id, addresses and accounts, read off the identity itself. */
export function keysOf({ id, emails = [], accounts = [] }: Identity): readonly string[] {
  return [id, ...emails, ...accounts.map((account) => (typeof account === "string" ? account : account.id))];
}

/** Everything that can happen at an instant. A vote may bring the news that `bo` is the requestor. */
function eventsAt(voters: readonly Identity[], at: number): readonly ApprovalEvent[] {
  const votes = voters.flatMap((voter) =>
    (["approve", "reject"] as const).map((decision) => ({ type: "vote", voter, decision, at }) as const),
  );
  const news = {
    type: "vote",
    voter: person("lena", ["leads"]),
    decision: "approve",
    requestor: { ...ada, accounts: ["bo"] },
    at,
  } as const;
  return [...votes, news, { type: "withdraw", by: { id: "ada" }, at }, { type: "timeReached", at }];
}

function opened({ approval, requestorCannotApproveSelf, grantee }: ApprovalConfiguration): ApprovalState {
  const flow = defineAccessFlow({
    name: "explored",
    requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
    targets: [{ kind: "bundle", bundle: "explored" }],
    approval,
    settings: { requestorCannotApproveSelf },
  });
  const started = startApproval(flow, { requestor: ada, ...(grantee === null ? {} : { grantee }), at: 0 });
  if (!started.ok) throw new Error(`refused: ${JSON.stringify(started.error)}`);
  return started.value.state;
}

export type ApprovalTransition = {
  readonly before: ApprovalState;
  readonly event: ApprovalEvent;
  readonly after: ApprovalState;
  readonly effects: Accepted<ApprovalState>["effects"];
  readonly recorded: RecordedApprovalEvent | null;
};

export type ExploredApproval = {
  readonly configuration: ApprovalConfiguration;
  readonly machine: ApprovalMachine;
  readonly states: readonly ApprovalState[];
  readonly transitions: readonly ApprovalTransition[];
};

/** Breadth first, each state once; refused events lead nowhere. */
export function explore(configuration: ApprovalConfiguration, machine: ApprovalMachine = approvalMachine): ExploredApproval {
  const first = opened(configuration);
  const seen = new Map([[JSON.stringify(first), first]]);
  const transitions: ApprovalTransition[] = [];
  const instants = Array.from({ length: configuration.instants }, (_, minutes) => minutes * minute);
  const events = instants.flatMap((at) => eventsAt(votersOf(configuration), at)).map((event) => deepFreeze(event));
  for (const before of seen.values()) {
    for (const event of events) {
      const answer = machine.step(before, event);
      if (!answer.ok) continue;
      const { state: after, effects, recorded } = answer.value;
      transitions.push({ before, event, after, effects, recorded });
      const key = JSON.stringify(after);
      if (!seen.has(key)) seen.set(key, after);
    }
  }
  return { configuration, machine, states: [...seen.values()], transitions };
}
