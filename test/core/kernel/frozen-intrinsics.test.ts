import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

describe("under frozen intrinsics and without `__proto__`", () => {
  const folder = mkdtempSync(join(tmpdir(), "accessflow-frozen-"));
  const library = join(folder, "library.mjs");

  beforeAll(async () => {
    const entry = new URL("../../../src/index.ts", import.meta.url).pathname;
    await build({ entryPoints: [entry], bundle: true, format: "esm", platform: "neutral", outfile: library });
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ["a definition", "defineAccessFlow({})", "AccessFlowError missing_key"],
    ["an instant", 'isEligible(flow, { requestor: { id: "ann" }, at: "tomorrow" })', "AccessFlowError instant_invalid"],
    ["a schedule", "nextOpening({ kind: 'never' }, 0)", "AccessFlowError unknown_kind"],
  ])("TH9: %s that is refused throws an AccessFlowError", (_, call, thrown) => {
    expect(outcomeOf(call)).toBe(thrown);
  });

  it("TH9: a decision is made", () => {
    expect(outcomeOf('evaluateRequestor(flow, { requestor: { id: "ann", attributes: { group: ["a"] } }, at: 0 }).outcome')).toBe(
      "eligible",
    );
  });

  /** What a call gives, or what it throws, in a process whose intrinsics are frozen before the library is loaded. */
  function outcomeOf(call: string): string {
    const script = join(folder, "run.mjs");
    writeFileSync(
      script,
      `for (const intrinsic of [Object, Array, String, Number, Boolean, Function, Error, TypeError, RangeError, Map, Set, WeakMap, WeakSet, RegExp, Date, Promise, Symbol]) {
        Object.freeze(intrinsic);
        Object.freeze(intrinsic.prototype);
      }
      Object.freeze(Reflect);
      Object.freeze(JSON);
      const { defineAccessFlow, evaluateRequestor, isEligible, nextOpening } = await import(${JSON.stringify(pathToFileURL(library).href)});
      const flow = defineAccessFlow({
        name: "frozen",
        requestors: { conditions: [{ attribute: "group", values: ["a"] }] },
        targets: [{ kind: "bundle", bundle: "b" }],
      });
      try {
        console.log(${call});
      } catch (error) {
        console.log(error.name, error.code);
      }`,
    );
    return execFileSync(process.execPath, ["--disable-proto=throw", script], { encoding: "utf8" }).trim();
  }
});
