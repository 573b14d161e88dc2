import { isEnd, requestStatuses } from "../../core/request/request-status.js";
import type { RequestQuery, RequestStore } from "../../ports/request-store.js";
import type { ConformanceCase } from "../conformance-case.js";
import { expectSame } from "../expect-same.js";
import { committed, nextWrite, sampleState, start, writeOf } from "./sample-write.js";
import { type MakeStore, storeCase } from "./store-under-test.js";

const open = requestStatuses.filter((status) => !isEnd(status));

/** How requests are found again: by list, by grantee, by time. */
export function readingCases(make: MakeStore): readonly ConformanceCase[] {
  return [
    storeCase(make, "list: every filter that is given must hold", async (store) => {
      await committed(store, writeOf(sampleState("r1", { requestor: "ana", grantee: null, flow: "f1", voters: ["eve", "gus"] })));
      await committed(store, writeOf(sampleState("r2", { requestor: "ana", grantee: "ben", flow: "f2", voters: ["eve"] })));
      await committed(store, writeOf(sampleState("r3", { requestor: "ben", grantee: "ana", flow: "f1", status: "active" })));
      const found = async (query: Omit<RequestQuery, "limit">) => ids(await store.list({ ...query, limit: 10 }));
      expectSame("all", await found({}), ["r1", "r2", "r3"]);
      expectSame("undefined filters", await found({ requestor: undefined, statuses: undefined, after: undefined }), ["r1", "r2", "r3"]);
      expectSame("requestor", await found({ requestor: "ana" }), ["r1", "r2"]);
      expectSame("grantee, oneself included", await found({ grantee: "ana" }), ["r1", "r3"]);
      expectSame("voter", await found({ voter: "eve" }), ["r1", "r2"]);
      expectSame("another voter", await found({ voter: "gus" }), ["r1"]);
      expectSame("flow", await found({ flow: "f1" }), ["r1", "r3"]);
      expectSame("one status", await found({ statuses: ["active"] }), ["r3"]);
      expectSame("two statuses", await found({ statuses: ["active", "awaitingApproval"] }), ["r1", "r2", "r3"]);
      expectSame("together", await found({ requestor: "ana", voter: "eve", flow: "f2", statuses: ["awaitingApproval"] }), ["r2"]);
      expectSame("nobody", await found({ requestor: "ana", grantee: "eve" }), []);
    }),

    storeCase(make, "list: follows what a request has become", async (store) => {
      const first = await committed(store, writeOf(sampleState("r1")));
      const voted = { ...sampleState("r1", { voters: ["eve"] }), revision: 2, status: "rejected" as const };
      await committed(store, writeOf(voted));
      expectSame("its old status", ids(await store.list({ statuses: [first.status], limit: 10 })), []);
      expectSame("its new status", ids(await store.list({ statuses: ["rejected"], limit: 10 })), ["r1"]);
      expectSame("its voter", ids(await store.list({ voter: "eve", limit: 10 })), ["r1"]);
    }),

    storeCase(make, "list: pages hold every request once, in the order of their ids, byte by byte", async (store) => {
      // Capitals before small letters, digits before both: no language's order.
      const ordered = ["-", "0", "10", "2", "A", "B", "Za", "_", "a", "a-", "a.b", "aB", "aa", "b", "z"];
      for (const id of [...ordered].reverse()) await committed(store, writeOf(sampleState(id, { requestor: id < "a" ? "ana" : "ben" })));
      for (const limit of [1, 2, 7, 14, 15, 16]) {
        expectSame(`in pages of ${limit}`, await allPages(store, { limit }), ordered);
        const small = ordered.filter((id) => id >= "a");
        expectSame(`filtered, in pages of ${limit}`, await allPages(store, { limit, requestor: "ben" }), small);
      }
    }),

    storeCase(make, "list: a full last page has no next", async (store) => {
      for (const id of ["r1", "r2"]) await committed(store, writeOf(sampleState(id)));
      const page = await store.list({ limit: 2 });
      expectSame("next", page.next, null);
      expectSame("of nothing", await store.list({ limit: 2, flow: "none" }), { items: [], next: null });
    }),

    storeCase(make, "held: the grantee's requests that are not over, with what they ask for", async (store) => {
      for (const status of requestStatuses) await committed(store, writeOf(sampleState(`own-${status}`, { status })));
      await committed(store, writeOf(sampleState("for-ana", { requestor: "ben", grantee: "ana", status: "active" })));
      await committed(store, writeOf(sampleState("for-ben", { requestor: "ana", grantee: "ben", status: "active" })));
      const held = await store.held("ana");
      expectSame("requests", held.map(({ request }) => request).sort(), ["for-ana", ...open.map((status) => `own-${status}`)].sort());
      for (const one of held) {
        expectSame("its status", one.status, one.request === "for-ana" ? "active" : one.request.slice(4));
        expectSame("its entitlements", one.entitlements, [{ resource: "db-7", permission: "read" }]);
      }
      const active = await store.load("own-active");
      if (active !== null) await committed(store, nextWrite(active, {}, { status: "revoked" }));
      expectSame(
        "over now",
        (await store.held("ana")).some(({ request }) => request === "own-active"),
        false,
      );
    }),

    storeCase(make, "due: what has come to its time, the earliest first, as many as asked for", async (store) => {
      const times = { r1: start + 30, r2: start + 10, r3: null, r4: start + 20, r5: start + 31 };
      for (const [id, wakeAt] of Object.entries(times)) await committed(store, writeOf(sampleState(id, { wakeAt })));
      const due = async (now: number, limit = 10) => store.due({ now, limit });
      expectSame("before all", await due(start + 9), []);
      expectSame("at the first", await due(start + 10), [{ id: "r2", wakeAt: start + 10 }]);
      expectSame(
        "later",
        (await due(start + 30)).map(({ id }) => id),
        ["r2", "r4", "r1"],
      );
      expectSame(
        "two of them",
        (await due(start + 30, 2)).map(({ id }) => id),
        ["r2", "r4"],
      );
      await committed(store, nextWrite(sampleState("r2"), {}, { wakeAt: null }));
      expectSame(
        "one that has passed",
        (await due(start + 30)).map(({ id }) => id),
        ["r4", "r1"],
      );
    }),
  ];
}

function ids(page: { readonly items: readonly { readonly request: { readonly id: string } }[] }): readonly string[] {
  return page.items.map(({ request }) => request.id);
}

/** The ids of all pages; a store that never comes to an end is stopped. */
async function allPages(store: RequestStore, query: RequestQuery): Promise<readonly string[]> {
  const found: string[] = [];
  let after: string | null | undefined;
  for (let pages = 0; after !== null; pages += 1) {
    if (pages > 100) throw new Error("the pages of a list have no end");
    const page = await store.list({ ...query, after });
    if (page.items.length > query.limit) throw new Error(`a page of ${page.items.length} where ${query.limit} were asked for`);
    found.push(...ids(page));
    after = page.next;
  }
  return found;
}
