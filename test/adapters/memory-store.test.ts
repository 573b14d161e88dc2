import { memoryStore } from "accessflow/adapters/memory";
import { type StoreUnderTest, storeConformance } from "accessflow/testing";
import { describe, it } from "vitest";

const make = async (): Promise<StoreUnderTest> => ({ store: memoryStore(), close: async () => {} });

describe("memoryStore", () => {
  for (const { name, run } of storeConformance(make, { keepsData: false })) it(name, run);
});
