import type { ApprovalEvent } from "../../src/core/approval/approval-event.js";
import type { ApprovalState } from "../../src/core/approval/approval-state.js";
import type { Step } from "../../src/core/approval/event/conclude.js";
import { nextState } from "../../src/core/approval/event/next-state.js";
import type { RecordedApprovalEvent } from "../../src/core/approval/recorded-event.js";
import { makeState, newMemo } from "../../src/core/approval/state/made-states.js";
import { transitionApproval } from "../../src/core/approval/transition-approval.js";
import { deepFreeze } from "../../src/core/kernel/deep-freeze.js";
import { success } from "../../src/core/kernel/result.js";
import { wakeAt } from "../../src/core/request/wake-at.js";

/** What a host relies on: the steps, the fold of what they recorded, and the timer. */
export type ApprovalMachine = {
  readonly step: (state: ApprovalState, event: ApprovalEvent) => Step;
  readonly fold: (state: ApprovalState, recorded: RecordedApprovalEvent) => ApprovalState;
  readonly wakeAt: (state: ApprovalState) => number | null;
};

export const approvalMachine: ApprovalMachine = { step: transitionApproval, fold: nextState, wakeAt };

/** How often the machine whose keys come by chance was asked. */
let asked = 0;

/** Machines that do one thing wrong: each breaks the invariant of which it is the negative control, and no other. */
export const faultyApprovals = {
  "an end that changes": {
    ...approvalMachine,
    step: (state, event) => {
      if (state.status !== "rejected" || event.type !== "withdraw" || Number(event.at) < state.lastAt)
        return transitionApproval(state, event);
      const concluded = { status: "withdrawn" } as const;
      const recorded = { revision: state.revision + 1, at: Number(event.at), by: event.by.id, type: "withdraw", concluded } as const;
      return success(deepFreeze({ state: made(nextState(state, recorded)), effects: [], recorded }));
    },
  },
  "a vote forgotten": altered((state, { type }) => (type === "timeReached" ? { ...state, votes: [] } : state)),
  "aliases left out": {
    ...approvalMachine,
    step: (state, event) => transitionApproval(state, withVoter(event, { accounts: [] })),
  },
  "who has left votes": {
    ...approvalMachine,
    step: (state, event) => transitionApproval(state, withVoter(event, { active: true })),
  },
  "one vote is enough": altered((state, { type, at }) =>
    type === "vote" && state.status === "pending" ? { ...state, status: "approved", decidedAt: at } : state,
  ),
  "a deadline forgotten": {
    ...approvalMachine,
    step: (state, event) => (isDeadline(state, event) ? success({ state, effects: [], recorded: null }) : transitionApproval(state, event)),
    wakeAt: (state) => (asksTier(state) ? wakeAt(state) : null),
  },
  "a timer late": {
    ...approvalMachine,
    step: (state, event) => {
      const at = Number(event.at) - 1;
      return transitionApproval(state, event.type === "timeReached" && at >= state.lastAt ? { ...event, at } : event);
    },
  },
  "a revision skipped": {
    ...approvalMachine,
    step: (state, event) => {
      const step = transitionApproval(state, event);
      if (!step.ok || step.value.recorded === null) return step;
      const revision = step.value.state.revision + 1;
      const effects = step.value.effects.map((effect, position) => ({ ...effect, key: `${revision}:${position}` }));
      const recorded: RecordedApprovalEvent = { ...step.value.recorded, revision };
      return success(deepFreeze({ state: made({ ...step.value.state, revision }), effects, recorded }));
    },
  },
  "a record that leaves out": {
    ...approvalMachine,
    step: (state, event) => {
      const step = transitionApproval(state, event);
      if (!step.ok || step.value.recorded?.type !== "timeReached") return step;
      const concluded = { ...step.value.recorded.concluded, tiersAsked: 0 };
      return success(deepFreeze({ ...step.value, recorded: { ...step.value.recorded, concluded } }));
    },
  },
  "effects by chance": {
    ...approvalMachine,
    step: (state, event) => {
      const step = transitionApproval(state, event);
      asked += 1;
      return step.ok && asked % 2 === 0 ? success({ ...step.value, effects: step.value.effects.slice(1) }) : step;
    },
  },
  "what is unknown holds": {
    ...approvalMachine,
    step: (state, event) => {
      const isUnknown = event.type === "vote" && event.voter.attributes?.["group"] === undefined;
      return transitionApproval(state, isUnknown ? withVoter(event, { attributes: { group: ["leads", "dba"] } }) : event);
    },
  },
  "votes judged by a later time": {
    ...approvalMachine,
    step: (state, event) => transitionApproval(state, event.type === "vote" ? { ...event, at: Number(event.at) + 60_000 } : event),
  },
} satisfies { readonly [fault: string]: ApprovalMachine };

/** The machine with another state than it should come to, in its fold, too. */
function altered(change: (state: ApprovalState, recorded: RecordedApprovalEvent) => ApprovalState): ApprovalMachine {
  return {
    ...approvalMachine,
    step: (before, event) => {
      const step = transitionApproval(before, event);
      if (!step.ok || step.value.recorded === null) return step;
      return success(deepFreeze({ ...step.value, state: made(change(step.value.state, step.value.recorded)) }));
    },
    fold: (before, recorded) => change(nextState(before, recorded), recorded),
  };
}

/** A state that the machine itself would take for its own. */
function made(state: ApprovalState): ApprovalState {
  const frozen = deepFreeze({ ...state });
  return makeState(frozen, newMemo(frozen));
}

function withVoter(event: ApprovalEvent, change: Partial<Extract<ApprovalEvent, { type: "vote" }>["voter"]>): ApprovalEvent {
  return event.type === "vote" ? deepFreeze({ ...event, voter: { ...event.voter, ...change } }) : event;
}

/** Whether nothing but the deadline is due. */
function isDeadline(state: ApprovalState, event: ApprovalEvent): boolean {
  const step = event.type === "timeReached" ? transitionApproval(state, event) : null;
  return step?.ok === true && step.value.state !== state && step.value.state.status === "expired";
}

function asksTier({ rules: { approval }, tiersAsked }: ApprovalState): boolean {
  return approval.kind === "approvalOf" && tiersAsked < (approval.escalation?.tiers.length ?? 0);
}
