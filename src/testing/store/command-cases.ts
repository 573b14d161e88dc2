import type { ConformanceCase } from "../conformance-case.js";
import { expectSame } from "../expect-same.js";
import { committed, nextWrite, sampleState, writeOf } from "./sample-write.js";
import { type MakeStore, storeCase } from "./store-under-test.js";

/** What a command key is: one actor's name for one command, carried out once (TH22). */
export function commandCases(make: MakeStore): readonly ConformanceCase[] {
  const command = { actor: "ana", key: "k1", bodyHash: "h1" };
  return [
    storeCase(make, "commands: repeated with the same body, it answers the first result and changes nothing", async (store) => {
      const first = await committed(store, writeOf(sampleState("r1"), { command }));
      const repeated = { outcome: "repeated", id: "r1", revision: 1 };
      expectSame("the same write", await store.commit(writeOf(sampleState("r1"), { command })), repeated);
      expectSame("on its next revision", await store.commit(nextWrite(first, { command })), repeated);
      expectSame("on another request", await store.commit(writeOf(sampleState("r2"), { command })), repeated);
      expectSame("state", await store.load("r1"), first);
      expectSame("no other request", await store.load("r2"), null);
      await committed(store, nextWrite(first));
      expectSame("later", await store.commit(writeOf(sampleState("r1"), { command })), repeated);
    }),

    storeCase(make, "commands: a key used again with another body is `keyReused`, and changes nothing", async (store) => {
      const first = await committed(store, writeOf(sampleState("r1"), { command }));
      const other = { ...command, bodyHash: "h2" };
      expectSame("on the request", await store.commit(nextWrite(first, { command: other })), { outcome: "keyReused" });
      expectSame("on another", await store.commit(writeOf(sampleState("r2"), { command: other })), { outcome: "keyReused" });
      expectSame("state", await store.load("r1"), first);
      expectSame("no other request", await store.load("r2"), null);
    }),

    storeCase(make, "commands: a key belongs to its actor", async (store) => {
      const first = await committed(store, writeOf(sampleState("r1"), { command }));
      await committed(store, nextWrite(first, { command: { ...command, actor: "ben", bodyHash: "h2" } }));
      // Actor and key are not merely joined: these are four keys.
      const pairs = [
        ["a", "b:c"],
        ["a:b", "c"],
        ["a/b", "c"],
        ["a", "b/c"],
      ] as const;
      for (const [position, [actor, key]] of pairs.entries()) {
        await committed(store, writeOf(sampleState(`p${position}`), { command: { actor, key, bodyHash: `${position}` } }));
      }
    }),

    storeCase(make, "commands: a conflict does not use the key up", async (store) => {
      const first = await committed(store, writeOf(sampleState("r1")));
      const second = await committed(store, nextWrite(first));
      expectSame("late", await store.commit(nextWrite(first, { command })), { outcome: "conflict" });
      await committed(store, nextWrite(second, { command }));
    }),
  ];
}
