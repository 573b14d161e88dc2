import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { runExample } from "../demo/run-demo.js";

it("A14: two votes at once lose nothing, load to save (examples/02-serverless-vote)", () => {
  const run = runExample("examples/02-serverless-vote/main.ts");
  expect(run.out).toBe(readFileSync(new URL("../../examples/02-serverless-vote/output.txt", import.meta.url), "utf8"));
});
