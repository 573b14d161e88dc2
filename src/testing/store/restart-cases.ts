import type { ConformanceCase } from "../conformance-case.js";
import { expectSame } from "../expect-same.js";
import { committed, nextWrite, sampleEffect, sampleState, start, writeOf } from "./sample-write.js";
import { type MakeStore, storeCase } from "./store-under-test.js";

/** What is still there after the process has ended: everything that was acknowledged. */
export function restartCases(make: MakeStore): readonly ConformanceCase[] {
  return [
    storeCase(make, "restart: states, events, commands, effects, leases and handles are kept", async (store, { restart }) => {
      if (restart === undefined) throw new Error("`make` gives no `restart`: give one, or say `keepsData: false`");
      const command = { actor: "ana", key: "k", bodyHash: "h" };
      const effects = [sampleEffect("retried", "A"), sampleEffect("second", "A"), sampleEffect("leased"), sampleEffect("done")];
      const first = await committed(store, writeOf(sampleState("r1"), { command, effects }));
      const second = await committed(store, nextWrite(first));
      const claimed = await store.claimEffects({ now: start, leaseMs: 1000, limit: 10, worker: "w" });
      const lease = (key: string) => claimed.find(({ effect }) => effect.key === key)?.lease ?? "";
      await store.settleEffect({ key: "retried", lease: lease("retried"), outcome: { retryAt: start + 5, handle: "job-1" } });
      await store.settleEffect({ key: "done", lease: lease("done"), outcome: "done" });

      const again = await restart();
      expectSame("state", await again.load("r1"), second);
      expectSame(
        "events",
        (await again.events("r1", 0)).map(({ revision }) => revision),
        [1, 2],
      );
      expectSame("command", await again.commit(writeOf(first, { command })), { outcome: "repeated", id: "r1", revision: 1 });
      expectSame("due", await again.due({ now: start + 1e9, limit: 10 }), [{ id: "r1", wakeAt: second.wakeAt }]);
      const next = await again.claimEffects({ now: start + 5, leaseMs: 1000, limit: 10, worker: "w" });
      const seen = next.map(({ effect, attempt, handle }) => ({ key: effect.key, attempt, handle }));
      expectSame("effects", seen, [{ key: "retried", attempt: 2, handle: "job-1" }]);
      expectSame("the lease", await again.settleEffect({ key: "leased", lease: lease("leased"), outcome: "done" }), "settled");
      await committed(again, nextWrite(second));
    }),
  ];
}
