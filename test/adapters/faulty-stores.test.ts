import { type StoreUnderTest, storeConformance } from "accessflow/testing";
import { describe, expect, it } from "vitest";
import type { RequestStore } from "../../src/ports/request-store.js";
import { blindStore, faultyStores } from "./support/faulty-stores.js";

async function failedCases(makeStore: () => RequestStore): Promise<readonly string[]> {
  const make = async (): Promise<StoreUnderTest> => ({ store: makeStore(), close: async () => {} });
  const failed: string[] = [];
  for (const { name, run } of storeConformance(make, { keepsData: false })) await run().catch(() => failed.push(name));
  return failed;
}

describe("a store that writes blindly", () => {
  it("TH13: fails the cases about revisions, and no others", async () => {
    expect(await failedCases(blindStore)).toEqual([
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

/** The case that is meant to find a fault; others may find it too. */
const found: Readonly<Record<string, string>> = {
  "has no lanes": "lanes: at most the first effect of a lane that is not settled, across requests",
  "takes capitals for small letters": "text: request ids compare byte by byte",
  "keeps command keys without their actor": "commands: a key belongs to its actor",
  "answers every known command with `repeated`": "commands: a key used again with another body is `keyReused`, and changes nothing",
  "settles before it commits": "leases: a conflict leaves the effect with its lease",
  "records effects before it commits": "commit: a fault in the middle leaves nothing of the write",
  "settles whatever lease it is shown": "leases: a lost lease settles nothing",
  "forgets handles": "retries: an effect comes back at `retryAt`, with its handle and its next attempt",
  "lists the requests of every voter": "list: every filter that is given must hold",
  "gives one page only": "list: pages hold every request once, in the order of their ids, byte by byte",
  "holds what is over": "held: the grantee's requests that are not over, with what they ask for",
  "is late with what is due": "due: what has come to its time, the earliest first, as many as asked for",
  "changes what UTF-8 cannot say": "text: what a store cannot keep it refuses, changing nothing",
};

describe("a store with one fault is found out", () => {
  it.each(Object.entries(faultyStores))("one that %s", async (fault, makeStore) => {
    expect(await failedCases(makeStore)).toContain(found[fault]);
  });
});
