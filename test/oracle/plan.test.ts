import * as fc from "fast-check";
import { describe, it } from "vitest";
import type { ApprovalState } from "../../src/core/approval/approval-state.js";
import { planApproval } from "../../src/core/approval/plan-approval.js";
import { transitionApproval } from "../../src/core/approval/transition-approval.js";
import type { AccessFlow } from "../../src/core/flow/access-flow.js";
import { type ApprovalCase, approvalCaseArbitrary, tangledCaseArbitrary } from "../arbitrary/approval-case.js";
import { oneRecordEach, planCase } from "../arbitrary/operation-inputs.js";
import { flowOf } from "./flow-of.js";
import * as reference from "./reference/approval.js";
import { started } from "./started.js";
import { agree, compare, detailCodes, timeout } from "./support.js";

const tinyArbitrary = fc.oneof(approvalCaseArbitrary(3), tangledCaseArbitrary(4)).map(oneRecordEach);

function planned(flow: AccessFlow, { input, crowd }: ApprovalCase) {
  return planApproval(flow, { ...input, candidates: crowd });
}

describe("plans of approvals, against the reference evaluator", () => {
  it(
    "A13: the same candidates may vote for the same groups, and can or cannot approve",
    () => {
      const shares = { decidable: 0.2, undecidable: 0.2, onlyByTier: 0.02, selfOnly: 0.005, distinct: 0.02, distinctShort: 0.002 };
      compare(
        "A13",
        planCase,
        shares,
        (start) => {
          const flow = flowOf(start.definition);
          const state = reference.start(flow, start.input);
          const expected = reference.plan(state, start.crowd);
          const plan = planned(flow, start);
          const about = { ...start, expected, plan };
          const { decidable, decidableFrom, selfOnly } = plan;
          agree(
            { decidable, decidableFrom, selfOnly },
            { decidable: expected.decidable, decidableFrom: expected.decidableFrom, selfOnly: expected.selfOnly },
            about,
          );
          const voters = plan.groups.map((group) =>
            [...new Set([...group.voters, ...group.owners.flatMap((owner) => owner.voters)])].sort(),
          );
          agree(voters, expected.voters, about);
          agree(
            plan.tiers.map((tier) => [...tier.voters].sort()),
            expected.tierVoters,
            about,
          );
          const short = [...plan.reasons, ...plan.notices].some(({ code }) => code === "distinct_approvers_short");
          agree(short, expected.distinctShort, about);
          agree([...new Set(plan.excluded.map(({ id }) => id))].sort(), [...expected.excluded.keys()].sort(), about);
          const told = plan.excluded.filter(({ reason }) => !detailCodes.has(reason.code));
          const mistold = told.filter(({ id, reason }) => !expected.excluded.get(id)?.includes(reason.code));
          agree(mistold, [], { about, excluded: [...expected.excluded] });
          const distinct = [...(state.rules.distinctApprovers ? ["distinct"] : []), ...(short ? ["distinctShort"] : [])];
          return [
            decidable ? "decidable" : "undecidable",
            ...(decidableFrom === null ? [] : ["onlyByTier"]),
            ...(selfOnly ? ["selfOnly"] : []),
            ...distinct,
          ];
        },
        ({ definition, input, crowd }) => ({
          ...{ rule: "A13", operation: "planApproval" },
          input: { definition, ...input, candidates: crowd },
        }),
      );
    },
    timeout,
  );

  it(
    "A13: decidable is what playing every sequence of votes on the machine itself reaches",
    () => {
      const shares = { decidable: 0.2, undecidable: 0.2 };
      compare("A13 played", tinyArbitrary, shares, (start) => {
        const flow = flowOf(start.definition);
        const { decidable } = planned(flow, start);
        const opened = started(flow, start.input);
        const times = [start.input.at, ...planned(flow, start).tiers.map((tier) => tier.opensAt)];
        const reaches = (state: ApprovalState, from: number): boolean =>
          state.status === "approved" ||
          times.slice(from).some((at, later) =>
            start.crowd.some((voter) => {
              const answer = transitionApproval(state, { type: "vote", voter, decision: "approve", reason: "fine", at });
              return answer.ok && reaches(answer.value.state, from + later);
            }),
          );
        const reached = reaches(opened, 0);
        // Which of two records of one id is right the machine learns with a vote, the plan never.
        const oneRecordEach = new Set(start.crowd.map(({ id }) => id.normalize("NFC"))).size === start.crowd.length;
        agree(decidable, oneRecordEach ? reached : decidable && reached, { ...start, plan: planned(flow, start) });
        return [decidable ? "decidable" : "undecidable"];
      });
    },
    timeout,
  );
});
