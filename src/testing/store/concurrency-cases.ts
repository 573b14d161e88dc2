import type { CommitOutcome, RequestStore } from "../../ports/request-store.js";
import type { ConformanceCase } from "../conformance-case.js";
import { expectSame } from "../expect-same.js";
import { committed, nextWrite, sampleEffect, sampleState, start, writeOf } from "./sample-write.js";
import { type MakeStore, storeCase } from "./store-under-test.js";

const writers: readonly number[] = Array.from({ length: 8 }, (_, position) => position);

/** What holds while many write at once (TH13). A store that is right passes these every time. */
export function concurrencyCases(make: MakeStore): readonly ConformanceCase[] {
  return [
    storeCase(make, "concurrency: of parallel commits of one revision exactly one is committed", async (store) => {
      let state = await committed(store, writeOf(sampleState("r1")));
      for (let round = 0; round < 5; round += 1) {
        const writes = writers.map((writer) =>
          nextWrite(state, { effects: [sampleEffect(`r1:${round}:${writer}`)] }, { mfa: { id: `writer-${writer}`, at: start } }),
        );
        const outcomes = await Promise.all(writes.map((write) => store.commit(write)));
        expectSame("outcomes", counted(outcomes), { committed: 1, conflict: writers.length - 1 });
        const winner = writes[outcomes.findIndex(({ outcome }) => outcome === "committed")];
        if (winner === undefined) throw new Error("no commit won");
        expectSame("the state is the winner's", await store.load("r1"), winner.state);
        const effects = await store.claimEffects({ now: start, leaseMs: 1e6, limit: 100, worker: "w" });
        expectSame(
          "the effects are the winner's",
          effects.map(({ effect }) => effect),
          winner.effects.map(({ effect }) => effect),
        );
        state = winner.state;
      }
      expectSame(
        "revisions",
        (await store.events("r1", 0)).map(({ revision }) => revision),
        [1, 2, 3, 4, 5, 6],
      );
    }),

    storeCase(make, "concurrency: of parallel first commits of one id exactly one is committed", async (store) => {
      const outcomes = await Promise.all(writers.map((writer) => store.commit(writeOf(sampleState("r1", { requestor: `w${writer}` })))));
      expectSame("outcomes", counted(outcomes), { committed: 1, conflict: writers.length - 1 });
      const winner = outcomes.findIndex(({ outcome }) => outcome === "committed");
      expectSame("the winner's", (await store.load("r1"))?.request.requestor.id, `w${winner}`);
      expectSame("revisions", (await store.events("r1", 0)).length, 1);
    }),

    storeCase(make, "concurrency: no vote is lost where everybody reads, writes, and begins again after a conflict", async (store) => {
      await committed(store, writeOf(sampleState("r1")));
      const each = 3;
      await Promise.all(writers.map((writer) => votes(store, writer, each)));
      const state = await store.load("r1");
      const expected = writers.flatMap((writer) => Array.from({ length: each }, (_, vote) => `v${writer}-${vote}`));
      expectSame("votes", state?.approval?.votes.map(({ voter }) => voter).sort(), expected.sort());
      expectSame("revision", state?.revision, 1 + expected.length);
      const revisions = (await store.events("r1", 0)).map(({ revision }) => revision);
      expectSame(
        "events",
        revisions,
        Array.from({ length: 1 + expected.length }, (_, position) => position + 1),
      );
    }),

    storeCase(make, "concurrency: a command sent many times at once is carried out once", async (store) => {
      const command = { actor: "ana", key: "k", bodyHash: "h" };
      const outcomes = await Promise.all(writers.map(() => store.commit(writeOf(sampleState("r1"), { command }))));
      const repeated = { outcome: "repeated", id: "r1", revision: 1 };
      expectSame("outcomes", counted(outcomes), { committed: 1, repeated: writers.length - 1 });
      for (const outcome of outcomes) if (outcome.outcome === "repeated") expectSame("the answer", outcome, repeated);

      const other = { actor: "ana", key: "k2", bodyHash: "h" };
      const apart = await Promise.all(writers.map((writer) => store.commit(writeOf(sampleState(`s${writer}`), { command: other }))));
      expectSame("on several requests", counted(apart), { committed: 1, repeated: writers.length - 1 });
      const made = (await store.list({ limit: 100 })).items.filter(({ request }) => request.id.startsWith("s"));
      expectSame("requests made", made.length, 1);
      for (const outcome of apart) if (outcome.outcome === "repeated") expectSame("the answer", outcome.id, made[0]?.request.id);
    }),

    storeCase(make, "concurrency: one key sent with many bodies at once belongs to one of them", async (store) => {
      const outcomes = await Promise.all(
        writers.map((writer) =>
          store.commit(writeOf(sampleState(`r${writer}`), { command: { actor: "ana", key: "k", bodyHash: `h${writer}` } })),
        ),
      );
      expectSame("outcomes", counted(outcomes), { committed: 1, keyReused: writers.length - 1 });
      expectSame("requests made", (await store.list({ limit: 100 })).items.length, 1);
    }),

    storeCase(make, "concurrency: an effect is claimed by one worker", async (store) => {
      const keys = Array.from({ length: 40 }, (_, position) => `r1:1:${position}`);
      await committed(store, writeOf(sampleState("r1"), { effects: keys.map((key) => sampleEffect(key)) }));
      const claims = await Promise.all(
        writers.map((writer) => store.claimEffects({ now: start, leaseMs: 1e6, limit: 7, worker: `w${writer}` })),
      );
      // A worker may come away with fewer than there are, when others look at the same ones; what is left is claimed next.
      const rest = await store.claimEffects({ now: start, leaseMs: 1e6, limit: 100, worker: "last" });
      expectSame("claimed", [...claims.flat(), ...rest].map(({ effect }) => effect.key).sort(), [...keys].sort());
    }),

    storeCase(make, "concurrency: a lane has one effect under way, in the order of recording, while others are recorded", async (store) => {
      const carriedOut: string[] = [];
      let underWay = 0;
      let recording = true;
      const work = async (worker: string): Promise<void> => {
        for (let idle = 0; recording || idle < 2; idle += 1) {
          for (const { effect, lease } of await store.claimEffects({ now: start, leaseMs: 1e6, limit: 5, worker })) {
            idle = 0;
            underWay += 1;
            if (underWay > 1) throw new Error(`two effects of one lane are under way, one of them ${effect.key}`);
            // Whoever looks now must not get another one of the lane.
            await store.load("r0");
            underWay -= 1;
            carriedOut.push(effect.key);
            await store.settleEffect({ key: effect.key, lease, outcome: "done" });
          }
        }
      };
      const record = async (writer: number): Promise<void> => {
        let state = await committed(store, writeOf(sampleState(`r${writer}`), { effects: [sampleEffect(`${writer}:1`, "A")] }));
        for (let revision = 2; revision <= 5; revision += 1) {
          state = await committed(store, nextWrite(state, { effects: [sampleEffect(`${writer}:${revision}`, "A")] }));
        }
      };
      const workers = ["w1", "w2", "w3"].map(work);
      await Promise.all(writers.map(record)).finally(() => {
        recording = false;
      });
      await Promise.all(workers);
      for (const writer of writers) {
        const own = carriedOut.filter((key) => key.startsWith(`${writer}:`));
        expectSame(
          `the effects of request r${writer}`,
          own,
          [1, 2, 3, 4, 5].map((revision) => `${writer}:${revision}`),
        );
      }
    }),
  ];
}

/** Casts votes the way a host does: read, add, write with the revision that was read, and again after a conflict. */
async function votes(store: RequestStore, writer: number, count: number): Promise<void> {
  for (let vote = 0; vote < count; ) {
    const state = await store.load("r1");
    if (state === null) throw new Error("the request is gone");
    const voters = [...(state.approval?.votes ?? []).map(({ voter }) => voter), `v${writer}-${vote}`];
    const { approval } = sampleState("r1", { voters });
    const { outcome } = await store.commit(nextWrite(state, {}, { approval }));
    if (outcome === "committed") vote += 1;
    else expectSame("the outcome of a late vote", outcome, "conflict");
  }
}

function counted(outcomes: readonly CommitOutcome[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { outcome } of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
