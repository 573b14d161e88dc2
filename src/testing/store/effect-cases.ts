import type { ClaimedEffect, RequestStore } from "../../ports/request-store.js";
import type { ConformanceCase } from "../conformance-case.js";
import { expectSame } from "../expect-same.js";
import { committed, nextWrite, sampleEffect, sampleState, start, writeOf } from "./sample-write.js";
import { type MakeStore, storeCase } from "./store-under-test.js";

const leaseMs = 1000;

/** What becomes of effects: claimed in order, one lane at a time, leased, tried again, settled once. */
export function effectCases(make: MakeStore): readonly ConformanceCase[] {
  return [
    storeCase(make, "effects: claimed in the order in which they were recorded, as many as asked for", async (store) => {
      const keys = Array.from({ length: 12 }, (_, position) => `r1:1:${position}`);
      await committed(store, writeOf(sampleState("r1"), { effects: keys.map((key) => sampleEffect(key)) }));
      await committed(store, writeOf(sampleState("a2"), { effects: [sampleEffect("a2:1:0")] }));
      expectSame("the first five", keysOf(await claim(store, start, 5)), keys.slice(0, 5));
      expectSame("the rest", keysOf(await claim(store, start)), [...keys.slice(5), "a2:1:0"]);
      expectSame("no more", await claim(store, start), []);
    }),

    storeCase(make, "effects: a claim says all that was recorded, and how long it is leased", async (store) => {
      const recorded = sampleEffect("r1:1:0", "grantee:ana");
      await committed(store, writeOf(sampleState("r1"), { effects: [recorded] }));
      const [one] = await claim(store, start + 5);
      const { lease, ...rest } = one ?? none;
      expectSame("the lease is a text", typeof lease === "string" && lease !== "", true);
      const { effect, lane } = recorded;
      expectSame("the claim", rest, { request: "r1", effect, lane, leaseEnds: start + 5 + leaseMs, attempt: 1, handle: null });
    }),

    storeCase(make, "effects: not claimed before `notBefore`", async (store) => {
      await committed(store, writeOf(sampleState("r1"), { effects: [sampleEffect("later", null, start + 1), sampleEffect("now")] }));
      expectSame("before", keysOf(await claim(store, start)), ["now"]);
      expectSame("then", keysOf(await claim(store, start + 1)), ["later"]);
    }),

    storeCase(make, "lanes: at most the first effect of a lane that is not settled, across requests", async (store) => {
      const first = [sampleEffect("a0", "A"), sampleEffect("a1", "A"), sampleEffect("b0", "B"), sampleEffect("free")];
      await committed(store, writeOf(sampleState("r2"), { effects: first }));
      await committed(store, writeOf(sampleState("r1"), { effects: [sampleEffect("a2", "A"), sampleEffect("b1", "B")] }));
      const claimed = await claim(store, start);
      expectSame("the first of each", keysOf(claimed), ["a0", "b0", "free"]);
      expectSame("while they are leased", await claim(store, start), []);
      await settle(store, claimed, "a0");
      expectSame("after the first of A", keysOf(await claim(store, start)), ["a1"]);
      await settle(store, claimed, "b0");
      expectSame("after the first of B", keysOf(await claim(store, start)), ["b1"]);
    }),

    storeCase(make, "lanes: one that waits for its time, or for another try, keeps its place", async (store) => {
      await committed(store, writeOf(sampleState("r1"), { effects: [sampleEffect("a0", "A", start + 10), sampleEffect("a1", "A")] }));
      expectSame("before its time", await claim(store, start), []);
      const [first] = await claim(store, start + 10);
      expectSame("in its time", first?.effect.key, "a0");
      const outcome = { retryAt: start + 500, handle: null };
      expectSame("tried again", await store.settleEffect({ key: "a0", lease: first?.lease ?? "", outcome }), "settled");
      expectSame("before the next try", await claim(store, start + 499), []);
      expectSame("the next try", keysOf(await claim(store, start + 500)), ["a0"]);
    }),

    storeCase(make, "leases: an effect is nobody else's until its lease ends, and anybody's from then on", async (store) => {
      await committed(store, writeOf(sampleState("r1"), { effects: [sampleEffect("e")] }));
      const [first] = await claim(store, start);
      expectSame("a moment before", await claim(store, start + leaseMs - 1), []);
      const [second] = await claim(store, start + leaseMs);
      expectSame("at the end", { key: second?.effect.key, attempt: second?.attempt }, { key: "e", attempt: 2 });
      expectSame("another lease", second?.lease === first?.lease, false);
    }),

    storeCase(make, "leases: a lost lease settles nothing", async (store) => {
      await committed(store, writeOf(sampleState("r1"), { effects: [sampleEffect("e")] }));
      const [first] = await claim(store, start);
      const [second] = await claim(store, start + leaseMs);
      const [lost, kept] = [first?.lease ?? "", second?.lease ?? ""];
      expectSame("done", await store.settleEffect({ key: "e", lease: lost, outcome: "done" }), "leaseLost");
      const again = { retryAt: start, handle: "h" };
      expectSame("retry", await store.settleEffect({ key: "e", lease: lost, outcome: again }), "leaseLost");
      expectSame("no such effect", await store.settleEffect({ key: "f", lease: kept, outcome: "done" }), "leaseLost");
      expectSame("still leased", await claim(store, start + leaseMs), []);
      expectSame("the lease that holds", await store.settleEffect({ key: "e", lease: kept, outcome: "done" }), "settled");
      expectSame("a second time", await store.settleEffect({ key: "e", lease: kept, outcome: "done" }), "leaseLost");
      expectSame("never again", await claim(store, start + 1e9), []);
    }),

    storeCase(make, "leases: a commit with a lost lease writes nothing", async (store) => {
      const first = await committed(store, writeOf(sampleState("r1"), { effects: [sampleEffect("e")] }));
      const [old] = await claim(store, start);
      const [held] = await claim(store, start + leaseMs);
      const command = { actor: "ana", key: "k", bodyHash: "h" };
      const withLease = (lease: string) => nextWrite(first, { settle: { key: "e", lease }, command, effects: [sampleEffect("r1:2:0")] });
      expectSame("the lost one", await store.commit(withLease(old?.lease ?? "")), { outcome: "leaseLost" });
      expectSame("state", await store.load("r1"), first);
      expectSame("events", (await store.events("r1", 1)).length, 0);
      expectSame("effects", await claim(store, start + leaseMs), []);
      await committed(store, withLease(held?.lease ?? ""));
      expectSame("what follows", keysOf(await claim(store, start + 1e9)), ["r1:2:0"]);
      const again = nextWrite({ ...first, revision: 2 }, { settle: { key: "e", lease: held?.lease ?? "" } });
      expectSame("settled before", await store.commit(again), { outcome: "leaseLost" });
    }),

    storeCase(make, "leases: a conflict leaves the effect with its lease", async (store) => {
      const first = await committed(store, writeOf(sampleState("r1"), { effects: [sampleEffect("e")] }));
      await committed(store, nextWrite(first));
      const [held] = await claim(store, start);
      const lease = held?.lease ?? "";
      expectSame("late", await store.commit(nextWrite(first, { settle: { key: "e", lease } })), { outcome: "conflict" });
      expectSame("the lease", await store.settleEffect({ key: "e", lease, outcome: "done" }), "settled");
    }),

    storeCase(make, "retries: an effect comes back at `retryAt`, with its handle and its next attempt", async (store) => {
      await committed(store, writeOf(sampleState("r1"), { effects: [sampleEffect("e", "A")] }));
      let at = start;
      for (const [attempt, handle] of [null, "job-1", "job-2", null].entries()) {
        const [one] = await claim(store, at);
        expectSame("the claim", { attempt: one?.attempt, handle: one?.handle }, { attempt: attempt + 1, handle });
        const next = ["job-1", "job-2", null, "job-3"][attempt] ?? null;
        at += 100;
        const outcome = { retryAt: at, handle: next };
        expectSame("settling", await store.settleEffect({ key: "e", lease: one?.lease ?? "", outcome }), "settled");
        expectSame("before its time", await claim(store, at - 1), []);
      }
    }),

    storeCase(make, "retries: a handle outlives a worker that was lost", async (store) => {
      await committed(store, writeOf(sampleState("r1"), { effects: [sampleEffect("e")] }));
      const [first] = await claim(store, start);
      await store.settleEffect({ key: "e", lease: first?.lease ?? "", outcome: { retryAt: start, handle: "job-1" } });
      await claim(store, start);
      const [third] = await claim(store, start + leaseMs);
      expectSame("the claim", { attempt: third?.attempt, handle: third?.handle }, { attempt: 3, handle: "job-1" });
    }),
  ];
}

const none = { lease: null };

function claim(store: RequestStore, now: number, limit = 100): Promise<readonly ClaimedEffect[]> {
  return store.claimEffects({ now, leaseMs, limit, worker: "w" });
}

function keysOf(claimed: readonly ClaimedEffect[]): readonly string[] {
  return claimed.map(({ effect }) => effect.key);
}

async function settle(store: RequestStore, claimed: readonly ClaimedEffect[], key: string): Promise<void> {
  const lease = claimed.find(({ effect }) => effect.key === key)?.lease ?? "";
  expectSame(`settling ${key}`, await store.settleEffect({ key, lease, outcome: "done" }), "settled");
}
