import type { RequestStore } from "accessflow/service";

/**
 * A store that nobody but this process works on: its folder is locked. A lease is for the others, and there are none,
 * so what a killed run had under way is free at once and need not wait until its lease is over.
 */
export function ownStore<Store extends RequestStore>(store: Store): Store {
  return {
    ...store,
    async claimEffects(question) {
      const leaseEnds = question.now + question.leaseMs;
      const claimed = await store.claimEffects({ ...question, leaseMs: 0 });
      return claimed.map((effect) => ({ ...effect, leaseEnds }));
    },
  };
}
