/**
 * The core in parts, each with the tests that are to notice a change in it. A mutant runs those of them that reach
 * it; so a part names the tests nearest to it, not all that would notice in the end.
 */
export const parts = {
  kernel: ["test/core/kernel", "test/core/define", "test/oracle/conditions.test.ts"],
  time: ["test/core/time", "test/oracle/schedule.test.ts", "test/zones"],
  flow: ["test/core/define"],
  facts: ["test/core/evaluate", "test/core/define", "test/oracle/requestor.test.ts"],
  query: ["test/core/query", "test/oracle/query.test.ts"],
  define: ["test/core/define", "test/core/time/duration.test.ts"],
  evaluate: [
    "test/core/evaluate",
    "test/oracle/conditions.test.ts",
    "test/oracle/requestor.test.ts",
    "test/oracle/targets.test.ts",
    "test/oracle/window.test.ts",
  ],
  fleet: ["test/core/fleet", "test/laws/fleet.test.ts"],
  approval: ["test/core/approval", "test/oracle/approval.test.ts", "test/oracle/plan.test.ts"],
  request: ["test/core/request", "test/oracle/request.test.ts"],
  explain: ["test/core/explain", "test/laws/explanation.test.ts"],
};
