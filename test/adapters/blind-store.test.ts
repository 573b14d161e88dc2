import { type StoreUnderTest, storeConformance } from "accessflow/testing";
import { describe, expect, it } from "vitest";
import { blindStore } from "./support/blind-store.js";

const make = async (): Promise<StoreUnderTest> => ({ store: blindStore(), close: async () => {} });

describe("a store that writes blindly", () => {
  it("TH13: fails the cases about revisions, and no others", async () => {
    const failed: string[] = [];
    for (const { name, run } of storeConformance(make, { keepsData: false })) await run().catch(() => failed.push(name));
    expect(failed).toEqual([
      "commit: `expected: null` is a conflict where the request exists, and changes nothing",
      "commit: another revision than the stored one is a conflict, and changes nothing",
      "commit: a write that does not lead to the next revision is refused, and changes nothing",
      "commands: a conflict does not use the key up",
      "leases: a conflict leaves the effect with its lease",
      "concurrency: of parallel commits of one revision exactly one is committed",
      "concurrency: of parallel first commits of one id exactly one is committed",
      "concurrency: no vote is lost where everybody reads, writes, and begins again after a conflict",
    ]);
  });
});
