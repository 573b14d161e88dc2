import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runExample } from "./run-demo.js";

/* From the sources; example 03 is a test, and runs as one. */
describe("the examples", () => {
  it.each(["01-first-decision", "02-serverless-vote", "04-lambda-handler", "05-fetch-handler", "06-express-host"])(
    "%s writes the committed output",
    (name) => {
      const { exit, out } = runExample(`examples/${name}/main.ts`);
      const committed = readFileSync(new URL(`../../examples/${name}/output.txt`, import.meta.url), "utf8");
      expect({ exit, out }).toEqual({ exit: 0, out: committed });
    },
  );
});
