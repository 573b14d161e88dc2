import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { conditionTruth } from "../../src/core/evaluate/condition-truth.js";
import { agree, compare } from "./support.js";

const isNot = { attribute: "group", operator: "isNot", values: ["b"] } as const;

describe("a comparison", () => {
  it("that finds a disagreement tells the smallest case in the form of the corpus, and its seed", () => {
    const folder = mkdtempSync(join(tmpdir(), "accessflow-oracle-"));
    vi.stubEnv("ACCESSFLOW_REPORT", join(folder, "report"));
    try {
      const letter = fc.constantFrom("a", "b");
      const groups = fc.tuple(letter, letter).map((group) => ({ id: "ada", attributes: { group } }));
      const input = (identity: object) => ({ condition: isNot, identity });
      // A rule that nobody has: the first group alone decides.
      const wrong = () =>
        compare(
          "C1–C10",
          groups,
          {},
          (identity) => {
            agree(identity.attributes.group[0] === "b" ? "fails" : "holds", conditionTruth(isNot, identity), identity);
            return [];
          },
          (identity) => ({ rule: "C3", operation: "conditionTruth", input: input(identity) }),
        );
      expect(wrong).toThrow("For test/oracle/corpus.json");
      const told = JSON.parse(readFileSync(join(folder, "report"), "utf8"));
      expect(told.disagreement).toEqual({
        ...{ rule: "C3", title: `found with seed ${told.seed}`, operation: "conditionTruth" },
        input: input({ id: "ada", attributes: { group: ["a", "b"] } }),
        expected: "fails",
      });
    } finally {
      vi.unstubAllEnvs();
      rmSync(folder, { recursive: true });
    }
  });
});
