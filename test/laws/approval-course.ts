import type * as fc from "fast-check";
import type { Accepted } from "../../src/core/approval/accepted.js";
import type { ApprovalEvent } from "../../src/core/approval/approval-event.js";
import type { ApprovalState } from "../../src/core/approval/approval-state.js";
import { startApproval } from "../../src/core/approval/start-approval.js";
import { transitionApproval } from "../../src/core/approval/transition-approval.js";
import { defineAccessFlow } from "../../src/core/define/check-access-flow.js";
import type { Identity } from "../../src/core/facts/identity.js";
import type { AccessFlow } from "../../src/core/flow/access-flow.js";
import { deepFreeze } from "../../src/core/kernel/deep-freeze.js";
import type { Refusal } from "../../src/core/kernel/refusal.js";
import type { Result } from "../../src/core/kernel/result.js";
import { type ApprovalCase, approvalCaseArbitrary, type Happening, happeningsArbitrary } from "../arbitrary/approval-case.js";

/** One event of a course, and what the machine answered. */
export type Step = {
  readonly before: ApprovalState;
  readonly event: ApprovalEvent;
  readonly answer: Result<Accepted<ApprovalState>, Refusal>;
};

/** An approval that has been played from its opening on. */
export type Course = {
  readonly flow: AccessFlow;
  readonly start: ApprovalCase;
  readonly opening: Accepted<ApprovalState>;
  readonly steps: readonly Step[];
  readonly end: ApprovalState;
};

export function courseArbitrary(): fc.Arbitrary<Course> {
  return approvalCaseArbitrary()
    .chain((start) => happeningsArbitrary(start.crowd).map((happenings) => ({ start, happenings })))
    .map(({ start, happenings }) => courseOf(start, happenings));
}

function courseOf(start: ApprovalCase, happenings: readonly Happening[]): Course {
  const flow = defineAccessFlow(start.definition);
  const started = startApproval(flow, deepFreeze(start.input));
  if (!started.ok) throw new Error(`refused: ${JSON.stringify(started.error)}`);
  const steps: Step[] = [];
  let end = started.value.state;
  let at = start.input.at;
  for (const happening of happenings) {
    at += happening.after;
    const event = deepFreeze(eventOf(happening, start.input, at));
    const answer = transitionApproval(end, event);
    steps.push({ before: end, event, answer });
    if (answer.ok) end = answer.value.state;
  }
  return { flow, start, opening: started.value, steps, end };
}

function eventOf(happening: Happening, { requestor, grantee }: ApprovalCase["input"], at: number): ApprovalEvent {
  if (happening.type === "timeReached") return { type: "timeReached", at };
  if (happening.type === "withdraw") return { type: "withdraw", by: happening.by, at };
  const { voter, decision, reason, fresher } = happening;
  const vote = { type: "vote", voter, decision, at, ...(reason === undefined ? {} : { reason }) } as const;
  if (fresher === null) return vote;
  const withAliases = (person: Identity): Identity => ({ ...person, accounts: [...(person.accounts ?? []), ...fresher.aliases] });
  return { ...vote, requestor: withAliases(requestor), ...(grantee === undefined ? {} : { grantee: withAliases(grantee) }) };
}
