import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/*
 * Inputs larger than anybody's, each in a process that is stopped after minutes. What is linear in them takes a second;
 * what tries every pair of their parts does not come to its end, and what recurses into them overflows.
 */
describe("exhaustion", () => {
  const folder = mkdtempSync(join(tmpdir(), "accessflow-exhaustion-"));
  const program = join(folder, "worst.mjs");

  beforeAll(async () => {
    const contents = `
      import * as core from "./src/index.ts";
      import * as apono from "./src/apono/index.ts";
      import { worst } from "./test/threats/worst-cases.ts";
      console.log(JSON.stringify(worst[process.argv[2]]({ ...core, ...apono })));`;
    const resolveDir = new URL("../..", import.meta.url).pathname;
    await build({ stdin: { contents, resolveDir, loader: "ts" }, bundle: true, format: "esm", platform: "neutral", outfile: program });
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  // Shown to fail: without `withMarksInOrder` (the runtime sorts marks by insertion), and without the limit of votes. One
  // expression for a separator, what is not seen, and a sign takes five seconds for a tenth of the line breaks in `cells`. Where each fault of
  // a published document was compared with all before it, `faults` did not come to its end in four minutes.
  it.each([
    ["query", [true, "query_value_quotes", "query_too_deep"]],
    ["faults", [90_001, 90_001, 90_000]],
    ["votes", ["pending", [["too_much_asked", 1_000]]]],
    ["texts", [true, true, true]],
    ["cells", true],
  ])("TH20: %s", (name, answer) => {
    const output = execFileSync(process.execPath, [program, name], { encoding: "utf8", timeout: 240_000, maxBuffer: 1e8 });
    expect(JSON.parse(output)).toEqual(answer);
  });
});
