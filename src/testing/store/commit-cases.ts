import type { RequestStore, RequestWrite } from "../../ports/request-store.js";
import type { ConformanceCase } from "../conformance-case.js";
import { expectRejected, expectSame } from "../expect-same.js";
import { committed, nextWrite, sampleEffect, sampleState, start, writeOf } from "./sample-write.js";
import { type MakeStore, storeCase } from "./store-under-test.js";

/** What a commit is: one write by compare-and-set, or nothing at all. */
export function commitCases(make: MakeStore): readonly ConformanceCase[] {
  return [
    storeCase(make, "commit: what was committed is loaded, with every field", async (store) => {
      const state = sampleState("r1", { grantee: "ben", voters: ["eve"] });
      expectSame("before", await store.load("r1"), null);
      await committed(store, writeOf(state));
      expectSame("after", await store.load("r1"), state);
    }),

    storeCase(make, "commit: load, list, held, due and events see a commit that was acknowledged", async (store) => {
      const first = await committed(store, writeOf(sampleState("r1")));
      const second = await committed(store, nextWrite(first, {}, { status: "scheduled", wakeAt: start + 1 }));
      expectSame("load", await store.load("r1"), second);
      expectSame("list", await store.list({ limit: 10 }), { items: [second], next: null });
      expectSame("held", await store.held("ana"), [{ request: "r1", status: "scheduled", entitlements: second.request.entitlements }]);
      expectSame("due", await store.due({ now: start + 1, limit: 10 }), [{ id: "r1", wakeAt: start + 1 }]);
      expectSame("revisions", await revisions(store, "r1"), [1, 2]);
    }),

    storeCase(make, "commit: `expected: null` is a conflict where the request exists, and changes nothing", async (store) => {
      const state = await committed(store, writeOf(sampleState("r1")));
      const other = writeOf(sampleState("r1", { requestor: "mallory" }), { effects: [sampleEffect("r1:1:9")] });
      expectSame("outcome", await store.commit(other), { outcome: "conflict" });
      expectSame("state", await store.load("r1"), state);
      expectSame("revisions", await revisions(store, "r1"), [1]);
      expectSame("effects", await claimedKeys(store), []);
    }),

    storeCase(make, "commit: another revision than the stored one is a conflict, and changes nothing", async (store) => {
      const first = await committed(store, writeOf(sampleState("r1")));
      const second = await committed(store, nextWrite(first));
      const third = nextWrite(second, { effects: [sampleEffect("r1:x")] });
      const late = nextWrite(first, { effects: [sampleEffect("r1:y")] }, { status: "withdrawn" });
      const early = nextWrite(third.state, { effects: [sampleEffect("r1:z")] });
      expectSame("an older one", await store.commit(late), { outcome: "conflict" });
      expectSame("a newer one", await store.commit(early), { outcome: "conflict" });
      expectSame("one of no request", await store.commit(nextWrite(sampleState("r2"))), { outcome: "conflict" });
      expectSame("state", await store.load("r1"), second);
      expectSame("no request", await store.load("r2"), null);
      expectSame("revisions", await revisions(store, "r1"), [1, 2]);
      expectSame("effects", await claimedKeys(store), []);
    }),

    storeCase(make, "commit: a write that does not lead to the next revision is refused, and changes nothing", async (store) => {
      const first = await committed(store, writeOf(sampleState("r1")));
      const write = nextWrite(first);
      const gap = { ...write, state: { ...write.state, revision: 3 }, event: { ...write.event, revision: 3 } };
      await expectRejected("a gap", store.commit(gap));
      await expectRejected("an event of another revision", store.commit({ ...write, event: { ...write.event, revision: 3 } }));
      await expectRejected("a first revision of 2", store.commit({ ...gap, id: "r2", expected: null }));
      expectSame("state", await store.load("r1"), first);
      expectSame("revisions", await revisions(store, "r1"), [1]);
    }),

    storeCase(make, "commit: a fault in the middle leaves nothing of the write", async (store) => {
      const first = await committed(store, writeOf(sampleState("r1"), { effects: [sampleEffect("r1:1:0"), sampleEffect("r1:1:1")] }));
      const [caused] = await store.claimEffects({ now: start, leaseMs: 1000, limit: 1, worker: "w" });
      const settle = { key: "r1:1:0", lease: caused?.lease ?? "" };
      const command = { actor: "ana", key: "k", bodyHash: "h" };
      // Its last effect has a key that is recorded already.
      const broken = nextWrite(first, { effects: [sampleEffect("r1:2:0"), sampleEffect("r1:1:1")], settle, command });
      await expectRejected("the broken write", store.commit(broken));
      expectSame("state", await store.load("r1"), first);
      expectSame("revisions", await revisions(store, "r1"), [1]);
      expectSame("new effects", await claimedKeys(store), ["r1:1:1"]);
      // The command key and the lease are as before: the mended write uses both.
      await committed(store, nextWrite(first, { effects: [sampleEffect("r1:2:0")], settle, command }));
    }),

    storeCase(make, "commit: values are copied on the way in and on the way out", async (store) => {
      const write = structured(writeOf(sampleState("r1"), { effects: [sampleEffect("r1:1:0")] }));
      const asGiven = structured(write.state);
      await committed(store, write);
      tamper(write);
      expectSame("after the write was changed", await store.load("r1"), asGiven);
      tamper(await store.load("r1"));
      tamper(await store.list({ limit: 10 }));
      tamper(await store.events("r1", 0));
      expectSame("after what was read was changed", await store.load("r1"), asGiven);
      expectSame("its event", (await store.events("r1", 0))[0]?.type, "submitted");
      expectSame("its effect", await claimedKeys(store), ["r1:1:0"]);
    }),

    storeCase(make, "events: after a revision, in order, without gaps, of one request", async (store) => {
      let state = await committed(store, writeOf(sampleState("r1")));
      await committed(store, writeOf(sampleState("r2")));
      const writes: RequestWrite[] = [];
      for (let revision = 2; revision <= 12; revision += 1) {
        const write = nextWrite(state);
        writes.push(write);
        state = await committed(store, write);
      }
      expectSame("all", await revisions(store, "r1"), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
      const last = writes.slice(-2).map(({ event }) => event);
      expectSame("the last two", await store.events("r1", 10), last);
      expectSame("after the last", await store.events("r1", 12), []);
      expectSame("of no request", await store.events("r3", 0), []);
    }),
  ];
}

async function revisions(store: RequestStore, id: string): Promise<readonly number[]> {
  return (await store.events(id, 0)).map(({ revision }) => revision);
}

async function claimedKeys(store: RequestStore): Promise<readonly string[]> {
  return (await store.claimEffects({ now: start, leaseMs: 1000, limit: 100, worker: "w" })).map(({ effect }) => effect.key);
}

function structured<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}

/** Changes every text in a value that lets itself be changed; a frozen one does not. */
function tamper(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  const record = value as Record<string, unknown>;
  for (const key of Object.keys(record)) {
    tamper(record[key]);
    if (typeof record[key] === "string" && !Object.isFrozen(record)) record[key] = "tampered";
  }
}
