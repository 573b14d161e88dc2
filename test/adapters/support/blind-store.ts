import { memoryStore } from "accessflow/adapters/memory";
import type { RequestStore } from "../../../src/ports/request-store.js";

/**
 * The negative control: a store that writes whatever it is given, as if the revision it finds were the one that
 * was read. It keeps events, effects, keys and leases as it should, and loses votes.
 */
export function blindStore(): RequestStore {
  const store = memoryStore();
  return {
    ...store,
    commit: async (write) => {
      for (;;) {
        const expected = (await store.load(write.id))?.revision ?? null;
        const revision = (expected ?? 0) + 1;
        const blind = { ...write, expected, state: { ...write.state, revision }, event: { ...write.event, revision } };
        const outcome = await store.commit(blind);
        if (outcome.outcome !== "conflict") return outcome;
      }
    },
  };
}
