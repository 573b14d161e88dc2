import { describe, it } from "vitest";
import type { ApprovalState } from "../../src/core/approval/approval-state.js";
import { transitionApproval } from "../../src/core/approval/transition-approval.js";
import { approvalEventsOf } from "../arbitrary/approval-case.js";
import { approvalCourse } from "../arbitrary/operation-inputs.js";
import { flowOf } from "./flow-of.js";
import * as reference from "./reference/approval.js";
import { started } from "./started.js";
import { agree, codesOf, compare, detailCodes, timeout } from "./support.js";

/** What both sides must say alike of a state. */
const summary = ({ status, revision, lastAt, openedAt, tiersAsked, votes }: ApprovalState | reference.State) => ({
  ...{ status, revision, lastAt, openedAt, tiersAsked },
  votes: votes.length,
});

/** What is known of requestor and grantee, with everything learned since (A6, A7). */
const peopleOf = ({ requestor, grantee }: ApprovalState) =>
  [requestor, grantee].map((person) =>
    person === null ? null : [person.id, [...person.keys], person.emailsKnown, person.accountsKnown, person.managerKnown, person.manager],
  );
const peopleOfReference = ({ requestor, grantee }: reference.State) =>
  [requestor, grantee].map((told) => {
    const last = told.at(-1);
    if (last === undefined) return null;
    const [emails, accounts] = [told.some((one) => one.emails !== undefined), told.some((one) => one.accounts !== undefined)];
    return [last.id, [...reference.keysOf(...told)].sort(), emails, accounts, last.manager !== undefined, last.manager ?? null];
  });

/** Groups for which the latest vote counted: what later satisfaction rests on. */
const countedGroups = (state: ApprovalState) =>
  [...new Set((state.votes.at(-1)?.counts ?? []).filter(({ tier }) => tier === null).map(({ group }) => group))].sort();
const countedSlots = (state: reference.State) =>
  [...new Set([...(state.votes.at(-1)?.slots ?? [])].map((slot) => Number(slot.split("/")[0])))].sort();

describe("approval, against the reference evaluator", () => {
  it(
    "A1–A12: the same events are accepted, and lead to the same status",
    () => {
      const statuses = { approved: 0.15, rejected: 0.03, withdrawn: 0.03, expired: 0.03, pending: 0.2 };
      const refusals = [
        "already_voted",
        "approver_facts_unknown",
        "not_an_approver",
        "request_decided",
        "request_expired",
        "tier_not_open",
      ];
      const others = ["voter_inactive", "same_person_as_requestor", "same_person_as_grantee", "same_person_unknown", "clock_went_back"];
      const shares = Object.fromEntries(
        [...refusals, ...others, "approver_reason_missing", "approver_reason_too_long"].map((code) => [code, 0.01]),
      );
      compare(
        "A1–A12",
        approvalCourse,
        { ...statuses, ...shares, approvedByTier: 0.03, twice: 0.02, distinct: 0.01, ownerApproved: 0.01 },
        ({ start, happenings }) => {
          const flow = flowOf(start.definition);
          const classes: string[] = [];
          let expected = reference.start(flow, start.input);
          let actual = started(flow, start.input);
          const log: unknown[] = [];
          for (const event of approvalEventsOf(start.input, happenings)) {
            const after = reference.transition(expected, event);
            const answer = transitionApproval(actual, event);
            log.push(event, answer.ok ? answer.value.state.status : answer.error.reasons);
            const about = { definition: start.definition, input: start.input, log };
            if ("refused" in after) {
              agree(answer.ok, false, about);
              if (answer.ok) return [];
              const codes = codesOf(answer.error.reasons).filter((code) => !detailCodes.has(code));
              agree([codes.length > 0, codes.filter((code) => !after.refused.has(code))], [true, []], {
                about,
                refused: [...after.refused],
              });
              classes.push(...after.refused);
              continue;
            }
            agree(answer.ok, true, about);
            if (!answer.ok) return [];
            if (after === expected) agree(answer.value.state === actual, true, about);
            agree(summary(answer.value.state), summary(after), about);
            agree(peopleOf(answer.value.state), peopleOfReference(after), about);
            if (event.type === "vote") agree(countedGroups(answer.value.state), countedSlots(after), about);
            if (after.status === "approved" && expected.status === "pending") {
              const last = after.votes.at(-1);
              if (last?.tier) classes.push("approvedByTier", ...(last.slots.length === 0 ? ["twice"] : []));
              if (after.rules.distinctApprovers) classes.push("distinct");
              if (JSON.stringify(after.rules.approverGroups).includes('"owner"') && after.owners.length > 1) classes.push("ownerApproved");
            }
            expected = after;
            actual = answer.value.state;
          }
          return [...classes, expected.status];
        },
        ({ start, happenings }) => ({
          ...{ rule: "A10", operation: "approvalCourse" },
          input: { definition: start.definition, ...start.input, events: approvalEventsOf(start.input, happenings) },
        }),
      );
    },
    timeout,
  );
});
