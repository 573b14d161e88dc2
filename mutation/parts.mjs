import { readdirSync } from "node:fs";

/**
 * The core in parts, each with the tests that are to notice a change in it, in the order in which they are asked.
 * A change is tried against those that reach it, up to the first that fails; so a part names the tests nearest to
 * it, not all that would notice in the end.
 */
const answers = "test/answers/answers.test.ts";

export const parts = {
  kernel: ["test/core/kernel", "test/core/define", "test/core/evaluate", "test/core/query", "test/oracle/conditions.test.ts", answers],
  time: [
    "test/core/time",
    "test/core/evaluate/schedule-status.test.ts",
    "test/core/evaluate/compute-grant-window.test.ts",
    "test/zones",
    answers,
    "test/oracle/schedule.test.ts",
  ],
  flow: ["test/core/define", "test/core/evaluate", answers],
  facts: [
    "test/core/evaluate",
    "test/core/define",
    "test/core/approval",
    "test/core/fleet",
    answers,
    "test/oracle/requestor.test.ts",
    "test/laws/requestor.test.ts",
  ],
  query: [
    "test/core/query",
    "test/core/evaluate/match-query.test.ts",
    "test/core/evaluate/select-by-query.test.ts",
    "test/core/evaluate/resolve-targets.test.ts",
    answers,
    "test/oracle/query.test.ts",
  ],
  define: ["test/core/define", "test/core/time/duration.test.ts", "test/laws/definition.test.ts", answers],
  evaluate: [
    "test/core/evaluate",
    "test/core/query",
    answers,
    "test/oracle/conditions.test.ts",
    "test/oracle/requestor.test.ts",
    "test/oracle/targets.test.ts",
    "test/oracle/window.test.ts",
    "test/laws/inventory-index.test.ts",
  ],
  fleet: ["test/core/fleet", "test/laws/fleet.test.ts"],
  approval: ["test/core/approval", answers, "test/oracle/approval.test.ts", "test/oracle/plan.test.ts"],
  request: ["test/core/request", answers, "test/oracle/request.test.ts"],
  explain: ["test/core/explain", answers, "test/laws/explanation.test.ts"],
};

/** Run by themselves: they measure memory, start processes, or look at the project's files. */
const left = ["is-eligible-memory.test.ts", "frozen-intrinsics.test.ts"];

/** @param {string} part */
export function testFilesOf(part) {
  const { ACCESSFLOW_MUTATE_TESTS: some } = process.env;
  return (some?.split(",") ?? parts[part]).flatMap((place) =>
    place.endsWith(".ts")
      ? [place]
      : readdirSync(place, { recursive: true })
          .filter((file) => file.endsWith(".test.ts") && !left.some((name) => file.endsWith(name)))
          .map((file) => `${place}/${file}`),
  );
}
