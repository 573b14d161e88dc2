import { describe, expect, it } from "vitest";
import type { ApprovalEvent } from "../../src/core/approval/approval-event.js";
import type { ApprovalState } from "../../src/core/approval/approval-state.js";
import { restoreApprovalState } from "../../src/core/approval/restore-approval-state.js";
import { startApproval } from "../../src/core/approval/start-approval.js";
import { overlap } from "../../src/core/approval/state/person-record.js";
import { transitionApproval } from "../../src/core/approval/transition-approval.js";
import { defineAccessFlow } from "../../src/core/define/check-access-flow.js";
import type { Identity } from "../../src/core/facts/identity.js";
import type { ApprovalDefinition } from "../../src/core/flow/definition.js";
import { deepFreeze } from "../../src/core/kernel/deep-freeze.js";
import { wakeAt } from "../../src/core/request/wake-at.js";

/*
 * A small approval machine, explored to the end: every event at every instant in every state that can be
 * reached. The invariants are those that a host relies on, numbered as in the rules of the machine.
 */

const minute = 60_000;

const person = (id: string, group: string[], more: Partial<Identity> = {}): Identity => ({
  id,
  emails: [],
  accounts: [],
  attributes: { group },
  ...more,
});

const requestor = person("ada", ["leads"]);
const voters = [
  requestor,
  person("alias", ["leads", "dba"], { accounts: ["ada"] }),
  person("lena", ["leads"]),
  person("lena2", ["dba", "bosses"], { accounts: ["lena"] }),
  person("bo", ["leads", "dba"]),
  person("boss", ["bosses"]),
];

const groupOf = (name: string, required = 1) => ({ required, conditions: [{ attribute: "group", values: [name] }] });
const expiresAfter = { amount: 3, unit: "minute" } as const;
const escalation = {
  every: { amount: 2, unit: "minute" } as const,
  tiers: [{ conditions: [{ attribute: "group", values: ["bosses"] }] }],
};

const configurations: [string, ApprovalDefinition, boolean][] = [true, false].flatMap((strict) => [
  [
    `anyOf, two of a group, tier, self ${!strict}`,
    { kind: "approvalOf", groups: "anyOf", approverGroups: [groupOf("leads", 2)], expiresAfter, escalation },
    strict,
  ],
  [
    `allOf, self ${!strict}`,
    { kind: "approvalOf", groups: "allOf", approverGroups: [groupOf("leads"), groupOf("dba")], expiresAfter },
    strict,
  ],
  [
    `allOf of different people, tier, self ${!strict}`,
    {
      kind: "approvalOf",
      groups: "allOf",
      approverGroups: [groupOf("leads"), groupOf("dba")],
      distinctApprovers: true,
      expiresAfter,
      escalation,
    },
    strict,
  ],
]);

/** Everything that can happen at an instant. A vote may bring the news that `bo` is the requestor. */
function eventsAt(at: number): readonly ApprovalEvent[] {
  const votes = voters.flatMap((voter) =>
    (["approve", "reject"] as const).map((decision) => ({ type: "vote", voter, decision, at }) as const),
  );
  const news = {
    type: "vote",
    voter: person("lena", ["leads"]),
    decision: "approve",
    requestor: { ...requestor, accounts: ["bo"] },
    at,
  } as const;
  return [...votes, news, { type: "withdraw", by: { id: "ada" }, at }, { type: "timeReached", at }];
}

const instants = [0, 1, 2, 3, 4].map((minutes) => minutes * minute);

describe.each(configurations)("an approval explored to the end: %s", (name, approval, requestorCannotApproveSelf) => {
  const flow = defineAccessFlow({
    name: "explored",
    requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
    targets: [{ kind: "bundle", bundle: "explored" }],
    approval,
    settings: { requestorCannotApproveSelf },
  });
  const started = startApproval(flow, { requestor, at: 0 });
  if (!started.ok) throw new Error("refused");
  const { states, transitions } = explore(started.value.state);

  it("A4: a decided state has no way out (invariant 4)", () => {
    const leaving = transitions.filter(({ before, after }) => before.status !== "pending" && after !== before);
    expect(leaving).toEqual([]);
  });

  it("A14: effects and their keys are a function of state and event, and no key is used twice (invariant 10)", () => {
    const wrong = transitions.filter(({ before, event, after, effects }) => {
      const again = transitionApproval(before, deepFreeze(event));
      const keys = effects.map((effect, position) => [effect.key, `${after.revision}:${position}`]);
      return (
        !again.ok || JSON.stringify(again.value.effects) !== JSON.stringify(effects) || keys.some(([key, expected]) => key !== expected)
      );
    });
    expect(wrong).toEqual([]);
  });

  it("A4: every end is reached", () => {
    // The bounds: six people, five instants a minute apart, every event at each.
    console.info(`approval machine, ${name}: ${states.length} states, ${transitions.length} steps`);
    expect(states.length).toBeGreaterThan(50);
    expect([...new Set(states.map(({ status }) => status))].sort()).toEqual(["approved", "expired", "pending", "rejected", "withdrawn"]);
  });

  it("A6: nobody known to be the requestor has decided (invariant 5)", () => {
    const decidedBy = states.filter(({ status }) => status === "approved").map(({ votes }) => votes.at(-1));
    expect(decidedBy.length).toBeGreaterThan(0);
    const selves = decidedBy.filter((vote) => vote !== undefined && overlap(vote.keys, ["ada"]));
    expect(selves.length > 0).toBe(!requestorCannotApproveSelf);
  });

  it("A5: no two votes of one person count for a group (invariant 5)", () => {
    const doubled = states.filter(({ votes }) =>
      votes.some(
        (vote, index) =>
          vote.counts.some(({ tier }) => tier === null) && votes.slice(0, index).some((other) => overlap(vote.keys, other.keys)),
      ),
    );
    expect(doubled).toEqual([]);
  });

  it("A11: every undecided state is over by the deadline (invariant 7)", () => {
    const late = transitions.filter(
      ({ before, event, after }) =>
        before.status === "pending" && event.type === "timeReached" && event.at === 3 * minute && after.status !== "expired",
    );
    expect(late).toEqual([]);
  });

  it("A12: `wakeAt` is exact among all instants (invariant 8)", () => {
    const inexact = transitions.filter(({ before, event, after }) => {
      if (event.type !== "timeReached") return false;
      const wake = wakeAt(before);
      return (after !== before) !== (wake !== null && Number(event.at) >= wake);
    });
    expect(inexact).toEqual([]);
  });

  it("A14: the revision grows by one with every recorded event, and with nothing else (invariant 9)", () => {
    expect(transitions.filter(({ before, after }) => after.revision !== before.revision + (after === before ? 0 : 1))).toEqual([]);
  });

  it("TH21: every state that can be reached can be restored, and no other status can be put in its place", () => {
    const wrong = states.filter((state) => {
      const others = (["pending", "approved", "rejected"] as const).filter((status) => status !== state.status);
      const decidedAt = (status: string) => (status === "pending" ? null : state.lastAt);
      return (
        !restoreApprovalState(JSON.parse(JSON.stringify(state))).ok ||
        others.some((status) => restoreApprovalState(JSON.parse(JSON.stringify({ ...state, status, decidedAt: decidedAt(status) }))).ok)
      );
    });
    expect(wrong).toEqual([]);
  });
});

type Transition = {
  readonly before: ApprovalState;
  readonly event: ApprovalEvent;
  readonly after: ApprovalState;
  readonly effects: readonly { readonly key: string }[];
};

/** Breadth first, each state once; refused events lead nowhere. */
function explore(first: ApprovalState): { readonly states: readonly ApprovalState[]; readonly transitions: readonly Transition[] } {
  const seen = new Map([[JSON.stringify(first), first]]);
  const transitions: Transition[] = [];
  for (const state of seen.values()) {
    for (const event of instants.flatMap(eventsAt)) {
      const answer = transitionApproval(state, deepFreeze(event));
      if (!answer.ok) continue;
      const after = answer.value.state;
      transitions.push({ before: state, event, after, effects: answer.value.effects });
      const key = JSON.stringify(after);
      if (!seen.has(key)) seen.set(key, after);
    }
  }
  return { states: [...seen.values()], transitions };
}
