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

/** Stores with one fault each, by its name. */
export const faultyStores: Readonly<Record<string, () => RequestStore>> = {
  "has no lanes": () => {
    const store = memoryStore();
    const withoutLanes = (write: Parameters<RequestStore["commit"]>[0]) => write.effects.map((one) => ({ ...one, lane: null }));
    return { ...store, commit: (write) => store.commit({ ...write, effects: withoutLanes(write) }) };
  },
  "takes capitals for small letters": () => {
    const store = memoryStore();
    const folded = (id: string): string => id.toLowerCase();
    return { ...store, load: (id) => store.load(folded(id)), held: (grantee) => store.held(folded(grantee)) };
  },
  "keeps command keys without their actor": () => {
    const store = memoryStore();
    return { ...store, commit: (write) => store.commit({ ...write, command: write.command && { ...write.command, actor: "" } }) };
  },
  "answers every known command with `repeated`": () => {
    const store = memoryStore();
    return { ...store, commit: (write) => store.commit({ ...write, command: write.command && { ...write.command, bodyHash: "" } }) };
  },
  "settles before it commits": () => {
    const store = memoryStore();
    return {
      ...store,
      commit: async (write) => {
        if (write.settle !== null) await store.settleEffect({ ...write.settle, outcome: "done" });
        return store.commit({ ...write, settle: null });
      },
    };
  },
  "records effects before it commits": () => {
    const store = memoryStore();
    const early = new Map<string, string>();
    return {
      ...store,
      commit: async (write) => {
        for (const { effect } of write.effects) early.set(effect.key, write.id);
        return store.commit(write);
      },
      claimEffects: async (input) => {
        const claimed = await store.claimEffects(input);
        for (const { effect } of claimed) early.delete(effect.key);
        const left = [...early].map(([key, request]) => ({ request, effect: { key, type: "audit" as const }, lane: null }));
        early.clear();
        return [...claimed, ...left.map((one) => ({ ...one, lease: "", leaseEnds: 0, attempt: 1, handle: null }))];
      },
    };
  },
  "settles whatever lease it is shown": () => {
    const store = memoryStore();
    return { ...store, settleEffect: async (input) => store.settleEffect(input).then(() => "settled") };
  },
  "forgets handles": () => {
    const store = memoryStore();
    const forgetful: RequestStore["settleEffect"] = (input) =>
      store.settleEffect(input.outcome === "done" ? input : { ...input, outcome: { ...input.outcome, handle: null } });
    return { ...store, settleEffect: forgetful };
  },
  "lists the requests of every voter": () => {
    const store = memoryStore();
    return { ...store, list: (query) => store.list({ ...query, voter: undefined }) };
  },
  "gives one page only": () => {
    const store = memoryStore();
    return { ...store, list: async (query) => ({ ...(await store.list(query)), next: null }) };
  },
  "holds what is over": () => {
    const store = memoryStore();
    const everything: RequestStore["held"] = async (grantee) => {
      const { items } = await store.list({ grantee, limit: 1000 });
      return items.map(({ request, status }) => ({ request: request.id, status, entitlements: request.entitlements }));
    };
    return { ...store, held: everything };
  },
  "is late with what is due": () => {
    const store = memoryStore();
    return { ...store, due: ({ now, limit }) => store.due({ now: now - 1, limit }) };
  },
  "changes what UTF-8 cannot say": () => {
    const store = memoryStore();
    const sent = (text: string): string => new TextDecoder().decode(new TextEncoder().encode(text));
    const resent: RequestStore["commit"] = (write) =>
      store.commit(JSON.parse(JSON.stringify(write), (_, value) => (typeof value === "string" ? sent(value) : value)));
    return { ...store, commit: resent, load: (id) => store.load(sent(id)) };
  },
};
