/**
 * The core in parts, each with the tests that are to notice a change in it, in the order in which they are asked.
 * A change is tried against those that reach it, up to the first that fails; so a part names the tests nearest to
 * it, not all that would notice in the end.
 */
export const parts = {
  kernel: ["test/core/kernel", "test/core/define", "test/core/evaluate", "test/core/query", "test/oracle/conditions.test.ts"],
  time: [
    "test/core/time",
    "test/core/evaluate/schedule-status.test.ts",
    "test/core/evaluate/compute-grant-window.test.ts",
    "test/zones",
    "test/oracle/schedule.test.ts",
    "test/laws/grant-window.test.ts",
  ],
  flow: ["test/core/define", "test/core/evaluate"],
  facts: [
    "test/core/evaluate",
    "test/core/define",
    "test/core/approval",
    "test/oracle/requestor.test.ts",
    "test/laws/conditions.test.ts",
    "test/laws/requestor.test.ts",
  ],
  query: [
    "test/core/query",
    "test/core/evaluate/match-query.test.ts",
    "test/core/evaluate/select-by-query.test.ts",
    "test/oracle/query.test.ts",
    "test/laws/queries.test.ts",
  ],
  define: ["test/core/define", "test/core/time/duration.test.ts", "test/core/evaluate", "test/core/query", "test/laws/definition.test.ts"],
  evaluate: [
    "test/core/evaluate",
    "test/core/query",
    "test/oracle/conditions.test.ts",
    "test/oracle/requestor.test.ts",
    "test/oracle/targets.test.ts",
    "test/oracle/window.test.ts",
    "test/laws/conditions.test.ts",
    "test/laws/requestor.test.ts",
    "test/laws/targets.test.ts",
    "test/laws/grant-window.test.ts",
    "test/laws/inventory-index.test.ts",
  ],
  fleet: ["test/core/fleet", "test/laws/fleet.test.ts"],
  approval: [
    "test/core/approval",
    "test/oracle/approval.test.ts",
    "test/oracle/plan.test.ts",
    "test/laws/approval.test.ts",
    "test/laws/made-states.test.ts",
  ],
  request: ["test/core/request", "test/oracle/request.test.ts", "test/laws/request.test.ts"],
  explain: ["test/core/explain", "test/laws/explanation.test.ts"],
};
